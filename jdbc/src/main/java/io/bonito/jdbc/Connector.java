package io.bonito.jdbc;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.JdbcUrl;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Scheme;
import io.bonito.transport.BlockingTransport;
import java.sql.SQLException;
import java.util.Properties;

/** From a URL or from options to a connection: what drivers and data source have in common. */
final class Connector {
  private Connector() {}

  static JdbcConnection open(String url, Properties properties) throws SQLException {
    JdbcUrl parsed;
    ConnectionOptions options;
    try {
      parsed = JdbcUrl.parse(url);
      options = parsed.options(properties);
    } catch (OptionException e) {
      throw SqlExceptions.option(e);
    }
    return open(options, parsed);
  }

  static JdbcConnection open(ConnectionOptions options, JdbcUrl url) throws SQLException {
    return new JdbcConnection(openPhysical(options, url));
  }

  static PhysicalConnection openPhysical(ConnectionOptions options, JdbcUrl url)
      throws SQLException {
    OptionWarnings.log(options.warnings());
    BlockingTransport transport;
    try {
      transport = BlockingTransport.open(options);
    } catch (ConnectionException e) {
      throw SqlExceptions.of(e);
    }
    boolean mariaDb = transport.session().state().server().mariaDb();
    // Libraries tell the database by the start of this URL, so it never has a prefix of ours.
    String shown = url.printFor(mariaDb ? Scheme.MARIADB : Scheme.MYSQL);
    try {
      return new PhysicalConnection(transport, shown);
    } catch (SQLException e) {
      transport.abort();
      throw e;
    }
  }
}
