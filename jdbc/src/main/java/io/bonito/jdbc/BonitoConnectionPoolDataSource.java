package io.bonito.jdbc;

import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for a pool that is not ours, by the contract of javax.sql: handles, and
 * listeners that hear of their end. Each is opened with one command more, which has the server tell
 * of what borrowers change.
 */
public final class BonitoConnectionPoolDataSource extends ConfiguredDataSource
    implements ConnectionPoolDataSource {
  /** For containers, which set properties one by one. */
  public BonitoConnectionPoolDataSource() {}

  /** Takes a JDBC URL of any of the five prefixes. */
  public BonitoConnectionPoolDataSource(String url) {
    setUrl(url);
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return new JdbcPooledConnection(open());
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new JdbcPooledConnection(open(user, password));
  }

  /** Takes a user and a password; a sharding key makes its {@code build()} fail. */
  @Override
  public PooledConnectionBuilder createPooledConnectionBuilder() {
    return new Builder();
  }

  private final class Builder implements PooledConnectionBuilder {
    private final BuilderChoices choices = new BuilderChoices();

    @Override
    public PooledConnectionBuilder user(@Nullable String user) {
      choices.user = user;
      return this;
    }

    @Override
    public PooledConnectionBuilder password(@Nullable String password) {
      choices.password = password;
      return this;
    }

    @Override
    public PooledConnectionBuilder shardingKey(@Nullable ShardingKey key) {
      choices.shardingKey = key;
      return this;
    }

    @Override
    public PooledConnectionBuilder superShardingKey(@Nullable ShardingKey key) {
      choices.superShardingKey = key;
      return this;
    }

    @Override
    public PooledConnection build() throws SQLException {
      return new JdbcPooledConnection(choices.open(BonitoConnectionPoolDataSource.this));
    }
  }
}
