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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, each one a new one: what pools stand on.
 *
 * <pre>{@code
 * BonitoDataSource source = new BonitoDataSource();
 * source.setHost("db.example.org");
 * source.setDatabase("shop");
 * source.setUser("app");
 * source.setCredentialsProvider((host, port) -> Credentials.of("app", token()));
 * }</pre>
 *
 * <p>What has no setter of its own is set by {@link #setProperty} or {@link #set}, or stands in the
 * URL. Set everything before the first connection; after that it may be used by any thread.
 */
public final class BonitoDataSource implements DataSource {
  private ConnectionOptions.Builder options = ConnectionOptions.builder();
  private String url = "";

  /** For containers, which set properties one by one. */
  public BonitoDataSource() {}

  /** Takes a JDBC URL of any of the five prefixes; what was set before is forgotten. */
  public BonitoDataSource(String url) {
    setUrl(url);
  }

  // ---- configuration

  /**
   * Takes over everything that a URL says. What was set before is forgotten, so this comes first.
   *
   * @throws OptionException where the URL is outside the grammar
   */
  public void setUrl(String url) {
    options = JdbcUrl.parse(url).options(new Properties()).toBuilder();
    this.url = url;
  }

  /** The same; what some pools call it. */
  public void setJdbcUrl(String url) {
    setUrl(url);
  }

  public String getUrl() {
    return url.isEmpty() ? "" : JdbcUrl.parse(url).toString();
  }

  public void setHost(String host) {
    set(Options.HOST, host);
  }

  /** The same; what rivals' data sources call it. */
  public void setServerName(String host) {
    setHost(host);
  }

  public void setPort(int port) {
    set(Options.PORT, port);
  }

  public void setPortNumber(int port) {
    setPort(port);
  }

  public void setDatabase(String database) {
    set(Options.DATABASE, database);
  }

  public void setDatabaseName(String database) {
    setDatabase(database);
  }

  public void setUser(String user) {
    set(Options.USER, user);
  }

  public void setPassword(String password) {
    set(Options.PASSWORD, Secret.of(password));
  }

  public void setSslMode(TlsMode mode) {
    set(TlsOptions.SSL_MODE, mode);
  }

  public void setConnectTimeout(Duration timeout) {
    set(Options.CONNECT_TIMEOUT, timeout);
  }

  /** Sets any option, in either rival's spelling too. */
  public void setProperty(String name, String value) {
    options.set(name, value);
  }

  public <T> void set(Option<T> option, T value) {
    options.set(option, value);
  }

  // ---- objects

  /** Asked for user and password at each connect; goes before those that are set. */
  public void setCredentialsProvider(CredentialsProvider provider) {
    object(CredentialsProvider.SLOT, provider);
  }

  public void setSslContext(SSLContext context) {
    object(TlsOptions.SSL_CONTEXT, context);
  }

  /** Makes the sockets, which the driver connects. */
  public void setSocketFactory(SocketFactory factory) {
    setSocketOpener(SocketOpener.of(factory));
  }

  /** Makes connected sockets. */
  public void setSocketOpener(SocketOpener opener) {
    object(SocketOpener.SLOT, opener);
  }

  /** Java types to add or replace; the first that fits is taken. */
  public void setCodecs(List<? extends Codec<?>> codecs) {
    object(Codecs.SLOT, new Codecs(codecs));
  }

  public <T> void object(Slot<T> slot, T object) {
    options.object(slot, object);
  }

  // ---- connections

  @Override
  public Connection getConnection() throws SQLException {
    return open(options);
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return open(
        build(options).toBuilder()
            .set(Options.USER, user == null ? "" : user)
            .set(Options.PASSWORD, Secret.of(password == null ? "" : password)));
  }

  private static Connection open(ConnectionOptions.Builder builder) throws SQLException {
    ConnectionOptions built = build(builder);
    return Connector.open(built, shownUrl(built));
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
  public int getLoginTimeout() throws SQLException {
    return (int) build(options).get(Options.CONNECT_TIMEOUT).toSeconds();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    set(Options.CONNECT_TIMEOUT, Duration.ofSeconds(seconds));
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  /** Nothing is written to it: this driver logs through System.Logger. */
  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw SqlExceptions.notSupported("this driver logs through System.Logger");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrappers.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public String toString() {
    return "BonitoDataSource[" + (url.isEmpty() ? "" : getUrl()) + "]";
  }
}
