package io.bonito.jdbc;

import io.bonito.jdbc.recording.Recorder;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.JdbcUrl;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Scheme;
import io.bonito.protocol.option.SessionStartOptions;
import io.bonito.transport.BlockingTransport;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** From a URL or from options to a connection: what drivers and data source have in common. */
final class Connector {
  private static final int UNKNOWN_DATABASE = 1049;

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
    boolean lacksDatabase = false;
    try {
      transport = connect(options);
    } catch (ConnectionException e) {
      lacksDatabase = isToBeMade(options, e);
      if (!lacksDatabase) {
        throw SqlExceptions.of(e);
      }
      transport = openWithoutDatabase(options, e);
    }
    boolean mariaDb = transport.session().state().server().mariaDb();
    // Libraries tell the database by the start of this URL, so it never has a prefix of ours.
    String shown = url.printFor(mariaDb ? Scheme.MARIADB : Scheme.MYSQL);
    try {
      PhysicalConnection opened = new PhysicalConnection(transport, shown);
      if (lacksDatabase) {
        make(options.database(), opened.link);
      }
      return opened;
    } catch (SQLException e) {
      transport.abort();
      throw e;
    }
  }

  private static boolean isToBeMade(ConnectionOptions options, ConnectionException failure) {
    return options.get(SessionStartOptions.CREATE_DATABASE_IF_NOT_EXIST)
        && failure.serverError().map(error -> error.code() == UNKNOWN_DATABASE).orElse(false);
  }

  private static BlockingTransport openWithoutDatabase(
      ConnectionOptions options, ConnectionException cause) throws SQLException {
    try {
      return connect(options.toBuilder().set(Options.DATABASE, "").build());
    } catch (ConnectionException e) {
      e.addSuppressed(cause);
      throw SqlExceptions.of(e);
    }
  }

  private static void make(String database, Link link) throws SQLException {
    link.run("CREATE DATABASE IF NOT EXISTS `" + database.replace("`", "``") + "`");
    link.use(database);
  }

  private static BlockingTransport connect(ConnectionOptions options) throws ConnectionException {
    Object event = Observation.RECORDER.connectBegins();
    BlockingTransport transport = null;
    ConnectionException failure = null;
    try {
      transport = BlockingTransport.open(options);
      return transport;
    } catch (ConnectionException e) {
      failure = e;
      throw e;
    } finally {
      if (event != null) {
        Observation.RECORDER.connected(event, told(options, transport, failure));
      }
    }
  }

  private static Recorder.Connected told(
      ConnectionOptions options,
      @Nullable BlockingTransport transport,
      @Nullable ConnectionException failure) {
    SessionState state = transport == null ? null : transport.session().state();
    return new Recorder.Connected(
        options.target(),
        options.database(),
        state == null ? "" : state.server().text(),
        state == null ? 0 : state.connectionId(),
        transport != null && transport.isEncrypted(),
        failure == null
            ? Recorder.Outcome.SUCCESS
            : new Recorder.Outcome(
                failure.getMessage(),
                failure.sqlState(),
                failure.serverError().map(ServerError::code).orElse(0)));
  }
}
