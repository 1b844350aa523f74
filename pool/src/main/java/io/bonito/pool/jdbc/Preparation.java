package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What each new connection is told, before anybody has it. Null leaves what the driver has. */
public record Preparation(
    @Nullable Boolean autoCommit,
    @Nullable Boolean readOnly,
    @Nullable Integer isolation,
    @Nullable String catalog,
    @Nullable String schema,
    @Nullable String sql) {

  /** Leaves all as it is. */
  public static final Preparation NONE = new Preparation(null, null, null, null, null, null);

  /** Whether nobody is to write. */
  boolean isReadOnly() {
    return readOnly != null && readOnly;
  }

  /** Tells it. */
  public void apply(Connection connection) throws SQLException {
    if (readOnly != null) {
      connection.setReadOnly(readOnly);
    }
    if (isolation != null) {
      connection.setTransactionIsolation(isolation);
    }
    if (catalog != null) {
      connection.setCatalog(catalog);
    }
    if (schema != null) {
      connection.setSchema(schema);
    }
    if (sql != null) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
    if (autoCommit != null) {
      connection.setAutoCommit(autoCommit);
    }
  }
}
