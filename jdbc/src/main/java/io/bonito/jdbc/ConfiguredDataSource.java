package io.bonito.jdbc;

import io.bonito.protocol.auth.CredentialsProvider;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.HostAddress;
import io.bonito.protocol.option.JdbcUrl;
import io.bonito.protocol.option.Option;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.Slot;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.value.Codec;
import io.bonito.protocol.value.Codecs;
import io.bonito.transport.SocketOpener;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the three data sources have in common: where connections lead, as whom, and how.
 *
 * <p>What has no setter of its own is set by {@link #setProperty} or {@link #set}, or stands in the
 * URL. Set everything before the first connection; after that it may be used by any thread.
 */
public abstract sealed class ConfiguredDataSource implements CommonDataSource
    permits BonitoDataSource, BonitoConnectionPoolDataSource, BonitoXADataSource {
  private final ConnectionOptions.Builder options = ConnectionOptions.builder();
  private ConnectionOptions ofUrl = ConnectionOptions.builder().build();
  private String url = "";

  ConfiguredDataSource() {}

  // ---- configuration

  /**
   * Where connections lead, and how; in place of what an earlier URL said. Setters prevail over it,
   * whichever is called first: containers keep no order.
   *
   * @throws OptionException where the URL is outside the grammar
   */
  public final void setUrl(String url) {
    ofUrl = JdbcUrl.parse(url).options(new Properties());
    this.url = url;
  }

  /** The same; what some pools call it. */
  public final void setJdbcUrl(String url) {
    setUrl(url);
  }

  public final String getUrl() {
    return url.isEmpty() ? "" : JdbcUrl.parse(url).toString();
  }

  public final void setHost(String host) {
    set(Options.HOST, host);
  }

  /** The same; what rivals' data sources call it. */
  public final void setServerName(String host) {
    setHost(host);
  }

  public final void setPort(int port) {
    set(Options.PORT, port);
  }

  public final void setPortNumber(int port) {
    setPort(port);
  }

  public final void setDatabase(String database) {
    set(Options.DATABASE, database);
  }

  public final void setDatabaseName(String database) {
    setDatabase(database);
  }

  public final void setUser(String user) {
    set(Options.USER, user);
  }

  public final void setPassword(String password) {
    set(Options.PASSWORD, Secret.of(password));
  }

  public final void setSslMode(TlsMode mode) {
    set(TlsOptions.SSL_MODE, mode);
  }

  public final void setConnectTimeout(Duration timeout) {
    set(Options.CONNECT_TIMEOUT, timeout);
  }

  /** Sets any option, in either rival's spelling too. */
  public final void setProperty(String name, String value) {
    options.set(name, value);
  }

  public final <T> void set(Option<T> option, T value) {
    options.set(option, value);
  }

  // ---- objects

  /** Asked for user and password at each connect; goes before those that are set. */
  public final void setCredentialsProvider(CredentialsProvider provider) {
    object(CredentialsProvider.SLOT, provider);
  }

  public final void setSslContext(SSLContext context) {
    object(TlsOptions.SSL_CONTEXT, context);
  }

  /** Makes the sockets, which the driver connects. */
  public final void setSocketFactory(SocketFactory factory) {
    setSocketOpener(SocketOpener.of(factory));
  }

  /** Makes connected sockets. */
  public final void setSocketOpener(SocketOpener opener) {
    object(SocketOpener.SLOT, opener);
  }

  /** Java types to add or replace; the first that fits is taken. */
  public final void setCodecs(List<? extends Codec<?>> codecs) {
    object(Codecs.SLOT, new Codecs(codecs));
  }

  public final <T> void object(Slot<T> slot, T object) {
    options.object(slot, object);
  }

  // ---- connections

  /** What is set, of one option. */
  final <T> T option(Option<T> option) throws SQLException {
    return build(all()).get(option);
  }

  final PhysicalConnection open() throws SQLException {
    return open(all());
  }

  final PhysicalConnection open(@Nullable String user, @Nullable String password)
      throws SQLException {
    return openAs(user == null ? "" : user, password == null ? "" : password);
  }

  /** With what is not null in place of what was set. */
  final PhysicalConnection openAs(@Nullable String user, @Nullable String password)
      throws SQLException {
    ConnectionOptions.Builder chosen = all();
    if (user != null) {
      chosen.set(Options.USER, user);
    }
    if (password != null) {
      chosen.set(Options.PASSWORD, Secret.of(password));
    }
    return open(chosen);
  }

  private ConnectionOptions.Builder all() {
    return ofUrl.toBuilder().add(options);
  }

  private static PhysicalConnection open(ConnectionOptions.Builder builder) throws SQLException {
    ConnectionOptions built = build(builder);
    return Connector.openPhysical(built, shownUrl(built));
  }

  private static ConnectionOptions build(ConnectionOptions.Builder builder) throws SQLException {
    try {
      return builder.build();
    } catch (OptionException e) {
      throw SqlExceptions.option(e);
    }
  }

  /** A URL that leads to the same place. */
  private static JdbcUrl shownUrl(ConnectionOptions options) {
    return new JdbcUrl(
        options.scheme(),
        /* prefixed= */ false,
        "",
        List.of(new HostAddress(options.host(), options.port())),
        options.database(),
        Map.of());
  }

  // ---- what java.sql wants

  @Override
  public final int getLoginTimeout() throws SQLException {
    return (int) build(all()).get(Options.CONNECT_TIMEOUT).toSeconds();
  }

  @Override
  public final void setLoginTimeout(int seconds) {
    set(Options.CONNECT_TIMEOUT, Duration.ofSeconds(seconds));
  }

  @Override
  public final @Nullable PrintWriter getLogWriter() {
    return null;
  }

  /** Nothing is written to it: this driver logs through System.Logger. */
  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw SqlExceptions.notSupported("this driver logs through System.Logger");
  }

  /** The servers know no sharding keys. */
  @Override
  public final ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    throw SqlExceptions.notSupported(BuilderChoices.NO_SHARDING_KEYS);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + (url.isEmpty() ? "" : getUrl()) + "]";
  }
}
