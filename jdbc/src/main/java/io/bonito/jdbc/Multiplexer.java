package io.bonito.jdbc;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has statements of many threads share few connections, by pipelining: what waits is sent together,
 * and each answer goes to the thread that waits for it.
 *
 * <pre>
 *   threads ──▶ waiting ──▶ line 1 ═══ connection ═══▶ server
 *                      └──▶ line 2 ═══ connection ═══▶
 * </pre>
 *
 * <p>Only single statements in autocommit that {@linkplain
 * io.bonito.protocol.sql.SessionUse#STANDS_ALONE stand alone} are shared. With anything else a
 * connection that was given out gets one of its own, for as long as it is open; nobody need do
 * anything for it.
 *
 * <p>Each line takes statements as it has room for them, so that a slow one delays only those that
 * were sent behind it. A line that has nothing to do for a minute closes its connection and ends.
 */
public final class Multiplexer {
  /** Opens connections of this driver. */
  @FunctionalInterface
  public interface Source {
    Connection open() throws SQLException;
  }

  /** Texts beyond that are read anew; most applications have some hundreds. */
  private static final int MOST_TEXTS = 2_000;

  private static final int LONGEST_TEXT = 1 << 16;

  /** What a statement waits to be sent where connectTimeout sets no bound. */
  private static final long UNSENT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Source shared;
  private final Source own;
  private final SharedLine[] lines;
  private final ConcurrentLinkedQueue<SharedStatement> waiting = new ConcurrentLinkedQueue<>();
  private final Map<String, SharedSql> texts = new ConcurrentHashMap<>();

  private final ReentrantLock opening = new ReentrantLock();
  private final AtomicReference<@Nullable PhysicalConnection> spare = new AtomicReference<>();
  private volatile @Nullable Home home;
  private volatile boolean closed;

  /** What is the same for all connections, as the first one told it. */
  private record Home(
      PhysicalConnection physical,
      SqlRules rules,
      ConnectionOptions options,
      String schema,
      boolean readOnly) {}

  /**
   * @param connections how many are shared at most; above 0
   * @param shared opens those
   * @param own opens, or lends, what is used by one connection alone, and closed with it
   */
  public Multiplexer(int connections, Source shared, Source own) {
    if (connections <= 0) {
      throw new IllegalArgumentException("multiplexing over " + connections + " connections");
    }
    this.shared = shared;
    this.own = own;
    this.lines = new SharedLine[connections];
    for (int i = 0; i < connections; i++) {
      lines[i] = new SharedLine(this, i + 1);
    }
  }

  /**
   * Gives out a connection that has none of its own yet.
   *
   * @throws SQLException where there is no connection yet that could be shared, and none can be
   *     opened
   */
  public Connection connection() throws SQLException {
    return new MultiplexedConnection(this, home().physical());
  }

  /**
   * Closes what is shared, when what was sent has been answered. Connections that were given out
   * stay, with those of their own that they have.
   */
  public void close() {
    closed = true;
    PhysicalConnection unused = spare.getAndSet(null);
    if (unused != null) {
      unused.link.cancels().closeLink();
    }
    for (SharedLine line : lines) {
      line.wakeIfResting();
    }
    refuseWaiting(SqlExceptions.connectionClosed());
  }

  boolean isClosed() {
    return closed;
  }

  // ---- what is known of the server, and of texts

  private Home home() throws SQLException {
    requireOpen();
    Home known = home;
    return known == null ? firstHome() : known;
  }

  private Home firstHome() throws SQLException {
    opening.lock();
    try {
      Home known = home;
      if (known == null) {
        PhysicalConnection first = open();
        Link link = first.link;
        known =
            new Home(
                first,
                link.rules(),
                link.options(),
                link.state().schema(),
                first.restoration.readOnly());
        home = known;
        spare.set(first);
        lines[0].wakeOrStart(); // it rests, and is closed where nothing comes
      }
      return known;
    } finally {
      opening.unlock();
    }
  }

  private void requireOpen() throws SQLException {
    if (closed) {
      throw SqlExceptions.connectionClosed();
    }
  }

  SqlRules rules() {
    return known().rules();
  }

  String schema() {
    return known().schema();
  }

  boolean isReadOnly() {
    return known().readOnly();
  }

  private Home known() {
    Home known = home;
    if (known == null) {
      throw new IllegalStateException("no connection has been given out");
    }
    return known;
  }

  SharedSql find(String sql) {
    SharedSql found = texts.get(sql);
    return found == null ? add(SqlTemplate.of(sql, rules())) : found;
  }

  SharedSql find(SqlTemplate template) {
    SharedSql found = texts.get(template.sql());
    return found == null ? add(template) : found;
  }

  private SharedSql add(SqlTemplate template) {
    ServerPreparation preparation = known().options().get(Options.USE_SERVER_PREP_STMTS);
    boolean literal =
        preparation == ServerPreparation.NEVER
            || (template.placeholderCount() == 0 && preparation != ServerPreparation.ALWAYS)
            || template.placeholderCount() > JdbcPreparedStatement.MOST_PARAMETERS;
    SharedSql made = new SharedSql(template, literal);
    if (template.sql().length() <= LONGEST_TEXT) {
      if (texts.size() >= MOST_TEXTS) {
        texts.clear();
      }
      texts.put(template.sql(), made);
    }
    return made;
  }

  // ---- executing

  /**
   * @param timeoutNanos 0 for that of the options
   */
  Answer execute(SharedStatement statement, long timeoutNanos) throws SQLException {
    requireOpen();
    ConnectionOptions options = known().options();
    statement.timeout(
        timeoutNanos > 0 ? timeoutNanos : options.get(Options.STATEMENT_TIMEOUT).toNanos());
    add(statement);
    long connecting = options.get(Options.CONNECT_TIMEOUT).toNanos();
    return statement.await(connecting > 0 ? connecting : UNSENT_NANOS);
  }

  /** Has it sent by whichever line is free first. */
  void add(SharedStatement statement) {
    waiting.add(statement);
    wake();
  }

  /** Sees to it that somebody is at what waits. */
  void wake() {
    if (closed) {
      refuseWaiting(SqlExceptions.connectionClosed());
      return;
    }
    if (waiting.isEmpty()) {
      return;
    }
    for (SharedLine line : lines) {
      if (line.wakeIfResting()) {
        return;
      }
    }
    for (SharedLine line : lines) {
      if (line.startIfStopped()) {
        return;
      }
    }
  }

  Connection openOwn() throws SQLException {
    return own.open();
  }

  // ---- for lines

  @Nullable SharedStatement poll() {
    return waiting.poll();
  }

  boolean isAnythingWaiting() {
    return !waiting.isEmpty();
  }

  /** Whether another line could send what this one cannot. */
  boolean hasOtherThan(SharedLine line) {
    for (SharedLine other : lines) {
      if (other != line && other.isConnected()) {
        return true;
      }
    }
    return false;
  }

  /** What waits now has waited for a connection that there is not. */
  void refuseWaiting(SQLException e) {
    for (int left = waiting.size(); left > 0; left--) {
      SharedStatement statement = waiting.poll();
      if (statement == null) {
        return;
      }
      statement.failed(e);
    }
  }

  /** The first connection, if nobody has it yet. */
  @Nullable PhysicalConnection takeSpare() {
    return spare.getAndSet(null);
  }

  /** Opens another one to be shared. */
  PhysicalConnection open() throws SQLException {
    Connection opened = shared.open();
    try {
      if (opened.isWrapperFor(Leasable.class)
          && opened.unwrap(Leasable.class) instanceof PhysicalConnection physical) {
        SharedLine.begin(physical);
        return physical;
      }
      throw SqlExceptions.misuse("only this driver's own connections can be shared");
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }
}
