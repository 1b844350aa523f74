package io.bonito.jdbc;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A pooled connection that can work in branches of global transactions. */
final class JdbcXaConnection extends JdbcPooledConnection implements XAConnection {
  private final JdbcXaResource resource;

  JdbcXaConnection(PhysicalConnection physical) throws SQLException {
    super(physical);
    this.resource = new JdbcXaResource(physical.link);
  }

  @Override
  public XAResource getXAResource() {
    return resource;
  }

  @Override
  @Nullable String branch() {
    return resource.branch();
  }
}
