package io.bonito.jdbc;

import io.bonito.protocol.Version;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.option.CompatibilityOptions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is known of the server, and what it can be asked about its databases.
 *
 * <pre>
 *   SupportedFeatures ◀─ ServerBehaviour ◀─ ServerLimits      constants, most of them
 *   CatalogQueries                                             questions to information_schema
 * </pre>
 *
 * <p>Libraries tell the database, its version and the driver by the names here, so these are chosen
 * for them: the product by the server and not by the URL, and a driver's name that is no rival's.
 */
final class JdbcDatabaseMetaData implements ServerLimits, CatalogQueries {
  private static final int JDBC_MAJOR = 4;
  private static final int JDBC_MINOR = 3;

  private final JdbcConnection connection;
  private final String url;

  /** -1 until the server was asked. */
  private int lowerCaseTableNames = -1;

  /**
   * @param url without a prefix of ours, and without secrets
   */
  JdbcDatabaseMetaData(JdbcConnection connection, String url) {
    this.connection = connection;
    this.url = url;
  }

  @Override
  public JdbcConnection connection() {
    return connection;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  // ---- the server

  private ServerVersion server() {
    return connection.taken().state().server();
  }

  @Override
  public String getDatabaseProductName() {
    boolean asMySql = connection.options().get(CompatibilityOptions.USE_MYSQL_METADATA);
    return server().mariaDb() && !asMySql ? "MariaDB" : "MySQL";
  }

  /** In the server's words: they tell forks and clouds. */
  @Override
  public String getDatabaseProductVersion() {
    return server().text();
  }

  @Override
  public int getDatabaseMajorVersion() {
    return server().major();
  }

  @Override
  public int getDatabaseMinorVersion() {
    return server().minor();
  }

  @Override
  public String getURL() {
    return url;
  }

  @Override
  public String getUserName() throws SQLException {
    return connection.ask("SELECT USER()");
  }

  @Override
  public int lowerCaseTableNames() throws SQLException {
    if (lowerCaseTableNames < 0) {
      lowerCaseTableNames =
          connection.link().profile().known()
              ? connection.link().profile().lowerCaseTableNames()
              : Integer.parseInt(connection.ask("SELECT @@lower_case_table_names"));
    }
    return lowerCaseTableNames;
  }

  // ---- the driver

  /** A name that begins like a rival's would make libraries take any server for that rival's. */
  @Override
  public String getDriverName() {
    return "Bonito";
  }

  @Override
  public String getDriverVersion() {
    return Version.text();
  }

  @Override
  public int getDriverMajorVersion() {
    return Version.major();
  }

  @Override
  public int getDriverMinorVersion() {
    return Version.minor();
  }

  @Override
  public int getJDBCMajorVersion() {
    return JDBC_MAJOR;
  }

  @Override
  public int getJDBCMinorVersion() {
    return JDBC_MINOR;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrappers.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
