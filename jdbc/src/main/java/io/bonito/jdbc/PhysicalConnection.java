package io.bonito.jdbc;

import io.bonito.protocol.exchange.StatementCache;
import io.bonito.protocol.option.CompatibilityOptions;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.SessionStart;
import io.bonito.protocol.option.SessionZone;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.sql.SqlTemplateCache;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.Parameters;
import io.bonito.transport.BlockingTransport;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a loan: the session, what was prepared on it and learnt of it. Where nobody pools,
 * there is one {@link JdbcConnection} on it for its whole life.
 */
final class PhysicalConnection implements Leasable {
  /** Templates are small, and made by reading the whole text. */
  private static final int FEWEST_TEMPLATES = 100;

  final Link link;
  final JdbcType.Choices choices;
  final String url;
  final @Nullable StatementCache statements;
  private final Codecs codecs;
  final ParameterObjects parameterObjects;
  final Routines routines = new Routines();
  final InsertTables insertTables;
  final MultiRowStatements multiRowStatements;
  final Restoration restoration;
  private final boolean sendsFractions;
  private final SqlTemplateCache templates;

  /**
   * @param url as {@code DatabaseMetaData.getURL()} tells it
   */
  PhysicalConnection(BlockingTransport transport, String url) throws SQLException {
    this.link = new Link(transport);
    ConnectionOptions options = transport.options();
    SessionZone zone = zone(options, link);
    SessionStart start = StrictMode.add(SessionStart.of(options, zone), options, link.profile());
    tell(start);
    this.insertTables = new InsertTables(link);
    this.multiRowStatements = new MultiRowStatements(link);
    this.choices = JdbcType.Choices.of(options, zone);
    this.url = url;
    this.restoration = new Restoration(link, start);
    int kept =
        options.get(Options.CACHE_PREP_STMTS) ? options.get(Options.PREP_STMT_CACHE_SIZE) : 0;
    this.templates = new SqlTemplateCache(Math.max(kept, FEWEST_TEMPLATES));
    this.statements =
        kept == 0
            ? null
            : new StatementCache(
                kept, () -> link.profile().maxPreparedStatements(), link.session()::closeStatement);
    this.codecs = transport.session().codecs();
    this.sendsFractions = options.get(CompatibilityOptions.SEND_FRACTIONAL_SECONDS);
    this.parameterObjects =
        new ParameterObjects(
            codecs, zone, options.get(CompatibilityOptions.SEND_FRACTIONAL_SECONDS_FOR_TIME));
  }

  private static SessionZone zone(ConnectionOptions options, Link link) throws SQLException {
    // It must be asked for even where it does not count, so that a wrong one is told.
    return SessionZone.isServers(options)
        ? SessionZone.ofServer(options, zoneOfServer(link))
        : SessionZone.of(options);
  }

  private static ZoneId zoneOfServer(Link link) throws SQLException {
    String name = link.profile().timeZone();
    if (name.equals("SYSTEM")) {
      name = link.profile().systemTimeZone();
    }
    if (name.isEmpty()) {
      name = link.ask("SELECT IF(@@time_zone = 'SYSTEM', @@system_time_zone, @@time_zone)");
    }
    try {
      // Not the short names: CST is in America and in China.
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw SqlExceptions.misuse(
          "the server calls its zone '"
              + name
              + "', which may be any of several: write connectionTimeZone with a name such as"
              + " Europe/Berlin in place of SERVER");
    }
  }

  /** The statement cut at its placeholders. */
  SqlTemplate template(String sql) {
    return templates.get(sql, link.rules());
  }

  /** Tells the session, or has the first command do so. */
  private void tell(SessionStart start) throws SQLException {
    if (start.isCertain()) {
      link.setup().tell(start.setting());
      return;
    }
    for (String sql : start.statements()) {
      link.run(sql);
    }
    link.autocommit().ended();
  }

  /** Slots for values. */
  Parameters parameters(int count) {
    Parameters parameters = new Parameters(count, codecs, choices.zone().now());
    if (!sendsFractions) {
      parameters.setWholeSeconds();
    }
    return parameters;
  }

  @Override
  public void closeAndAwaitServer(Duration most) {
    // With answers on their way there would be no goodbye, and nothing to wait for.
    isReady(most.toNanos());
    link.transport().closeAndAwaitServer(most);
    link.cancels().close();
  }

  @Override
  public boolean mayBeInTransaction() {
    return link.autocommit().mayBeInTransaction();
  }

  @Override
  public void haveChangesTold() throws SQLException {
    restoration.haveChangesTold();
  }

  @Override
  public void rememberState() {
    restoration.remember();
  }

  @Override
  public boolean restore(TransactionEnd end) {
    return restoration.restore(end);
  }

  @Override
  public boolean isReady(long nanos) {
    return restoration.isReady(nanos);
  }

  @Override
  public boolean isReadyAtOnce() {
    return restoration.isReadyAtOnce();
  }

  @Override
  public boolean answers(long nanos) {
    long end = System.nanoTime() + nanos;
    return restoration.isReady(nanos) && link.isAlive(Math.max(1, end - System.nanoTime()));
  }

  @Override
  public boolean isConnected() {
    return link.isConnected();
  }

  @Override
  public void onError(@Nullable Consumer<SQLException> listener) {
    link.onError(listener);
  }

  @Override
  public @Nullable String latestSql() {
    return link.latestSql();
  }

  @Override
  public boolean isExecuting() {
    return link.cancels().isRunning();
  }
}
