package io.bonito.jdbc;

import io.bonito.protocol.option.MultiplexingOptions;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, each one a new one: what pools stand on. With the option {@code multiplexing}
 * single statements share a few instead; {@code docs/multiplexing.md} says which.
 *
 * <pre>{@code
 * BonitoDataSource source = new BonitoDataSource();
 * source.setHost("db.example.org");
 * source.setDatabase("shop");
 * source.setUser("app");
 * source.setCredentialsProvider((host, port) -> Credentials.of("app", token()));
 * }</pre>
 */
public final class BonitoDataSource extends ConfiguredDataSource implements DataSource {
  private final ReentrantLock beginning = new ReentrantLock();
  private volatile @Nullable Multiplexer multiplexer;

  /** For containers, which set properties one by one. */
  public BonitoDataSource() {}

  /** Takes a JDBC URL of any of the five prefixes. */
  public BonitoDataSource(String url) {
    setUrl(url);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Multiplexer known = multiplexer;
    if (known != null) {
      return known.connection();
    }
    int connections = option(MultiplexingOptions.MULTIPLEXING);
    return connections == 0 ? openAlone() : multiplexer(connections).connection();
  }

  private Connection openAlone() throws SQLException {
    return new JdbcConnection(open());
  }

  private Multiplexer multiplexer(int connections) {
    Multiplexer known = multiplexer;
    if (known != null) {
      return known;
    }
    beginning.lock();
    try {
      known = multiplexer;
      if (known == null) {
        known = new Multiplexer(connections, this::openAlone, this::openAlone);
        multiplexer = known;
      }
      return known;
    } finally {
      beginning.unlock();
    }
  }

  /**
   * Closes connections that are shared, where {@code multiplexing} has some; those that were given
   * out have to be closed by whoever has them. The next one that is asked for begins anew.
   */
  public void close() {
    beginning.lock();
    try {
      Multiplexer known = multiplexer;
      multiplexer = null;
      if (known != null) {
        known.close();
      }
    } finally {
      beginning.unlock();
    }
  }

  /** A connection of its own, which shares nothing: what is shared is of one user. */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new JdbcConnection(open(user, password));
  }

  /** Takes a user and a password; a sharding key makes its {@code build()} fail. */
  @Override
  public ConnectionBuilder createConnectionBuilder() {
    return new Builder();
  }

  private final class Builder implements ConnectionBuilder {
    private final BuilderChoices choices = new BuilderChoices();

    @Override
    public ConnectionBuilder user(@Nullable String user) {
      choices.user = user;
      return this;
    }

    @Override
    public ConnectionBuilder password(@Nullable String password) {
      choices.password = password;
      return this;
    }

    @Override
    public ConnectionBuilder shardingKey(@Nullable ShardingKey key) {
      choices.shardingKey = key;
      return this;
    }

    @Override
    public ConnectionBuilder superShardingKey(@Nullable ShardingKey key) {
      choices.superShardingKey = key;
      return this;
    }

    @Override
    public Connection build() throws SQLException {
      return new JdbcConnection(choices.open(BonitoDataSource.this));
    }
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
