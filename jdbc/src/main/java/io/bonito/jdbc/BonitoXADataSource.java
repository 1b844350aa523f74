package io.bonito.jdbc;

import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for a transaction manager: each has an {@link javax.transaction.xa.XAResource},
 * whose branches the server prepares and completes.
 *
 * <p>Recovery on MySQL 8 needs the privilege XA_RECOVER_ADMIN.
 */
public final class BonitoXADataSource extends ConfiguredDataSource implements XADataSource {
  /** For containers, which set properties one by one. */
  public BonitoXADataSource() {}

  /** Takes a JDBC URL of any of the five prefixes. */
  public BonitoXADataSource(String url) {
    setUrl(url);
  }

  @Override
  public XAConnection getXAConnection() throws SQLException {
    return new JdbcXaConnection(open());
  }

  @Override
  public XAConnection getXAConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new JdbcXaConnection(open(user, password));
  }

  /** Takes a user and a password; a sharding key makes its {@code build()} fail. */
  @Override
  public XAConnectionBuilder createXAConnectionBuilder() {
    return new Builder();
  }

  private final class Builder implements XAConnectionBuilder {
    private final BuilderChoices choices = new BuilderChoices();

    @Override
    public XAConnectionBuilder user(@Nullable String user) {
      choices.user = user;
      return this;
    }

    @Override
    public XAConnectionBuilder password(@Nullable String password) {
      choices.password = password;
      return this;
    }

    @Override
    public XAConnectionBuilder shardingKey(@Nullable ShardingKey key) {
      choices.shardingKey = key;
      return this;
    }

    @Override
    public XAConnectionBuilder superShardingKey(@Nullable ShardingKey key) {
      choices.superShardingKey = key;
      return this;
    }

    @Override
    public XAConnection build() throws SQLException {
      return new JdbcXaConnection(choices.open(BonitoXADataSource.this));
    }
  }
}
