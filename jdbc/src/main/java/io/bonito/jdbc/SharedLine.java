package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.exchange.StatementCache;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.message.SessionChanges;
import io.bonito.protocol.sql.SqlDigest;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is shared, and the thread that writes to it and reads from it.
 *
 * <pre>
 *   STOPPED ──start──▶ BUSY ──nothing waits──▶ RESTING ──a minute──▶ STOPPED
 *                       ▲──────── woken ──────────┘
 * </pre>
 *
 * <p>A thread of its own, since one of those that wait would have to go on reading others' answers
 * when its own has come or its time is over, and whoever were to take over from it might be behind
 * thousands of virtual threads that want to run.
 */
final class SharedLine {
  /** Statements that are sent and not answered: what a slow one can have behind it. */
  static final int MOST_UNANSWERED = 32;

  private static final System.Logger LOGGER = System.getLogger("io.bonito.jdbc");

  private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** After a rest of that length it is looked whether the server is still there. */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Has changes told that are none of a variable: users' variables, temporary tables. */
  private static final String TELL_CHANGES = "SET SESSION session_track_state_change = 1";

  private static final int NEED_REPREPARE = 1615;
  private static final int UNKNOWN_STATEMENT = 1243;

  /** How often a statement is sent anew where the server has not executed it. */
  private static final int MOST_EXECUTIONS = 3;

  private static final int LONGEST_LOGGED = 200;

  private static final long UNCANCELLED = 0;

  private enum State {
    STOPPED,
    BUSY,
    RESTING
  }

  private final Multiplexer multiplexer;
  private final String name;
  private final AtomicReference<State> state = new AtomicReference<>(State.STOPPED);
  private volatile @Nullable Thread thread;

  /** Not to be started before that, after a connection that could not be opened; 0 for at once. */
  private volatile long pausedUntilNanos;

  // The thread's.

  private volatile @Nullable PhysicalConnection connection;

  /** Taken, and not sent yet. */
  private @Nullable SharedStatement unsent;

  /** Being sent or answered just now; neither unsent nor unanswered. */
  private @Nullable SharedStatement inHand;

  private final ArrayDeque<Sent> unanswered = new ArrayDeque<>(MOST_UNANSWERED);
  private long answeredAtNanos;

  private record Sent(SharedStatement statement, ResultExchange exchange, Answer answer) {}

  SharedLine(Multiplexer multiplexer, int number) {
    this.multiplexer = multiplexer;
    this.name = "bonito-shared-" + number;
  }

  // ---- for any thread

  boolean wakeIfResting() {
    if (state.get() == State.RESTING && state.compareAndSet(State.RESTING, State.BUSY)) {
      LockSupport.unpark(thread);
      return true;
    }
    return false;
  }

  boolean startIfStopped() {
    if (state.get() != State.STOPPED
        || isPaused()
        || !state.compareAndSet(State.STOPPED, State.BUSY)) {
      return false;
    }
    Thread started = new Thread(this::run, name);
    started.setDaemon(true);
    thread = started;
    started.start();
    return true;
  }

  void wakeOrStart() {
    if (!wakeIfResting()) {
      startIfStopped();
    }
  }

  private boolean isPaused() {
    long until = pausedUntilNanos;
    return until != 0
        && until - System.nanoTime() > 0
        && !isConnected()
        && multiplexer.hasOtherThan(this);
  }

  boolean isConnected() {
    PhysicalConnection used = connection;
    return used != null && used.link.transport().isOpen();
  }

  // ---- the thread

  private void run() {
    try {
      connection = multiplexer.takeSpare();
      for (SharedStatement next = next(); next != null; next = next()) {
        serve(next);
      }
    } finally {
      giveUp("the driver failed"); // where an unforeseen exception has ended this
      leave();
      state.set(State.STOPPED);
      // Somebody may have come while it was neither resting nor stopped.
      multiplexer.wake();
    }
  }

  private void leave() {
    PhysicalConnection used = connection;
    connection = null;
    if (used != null) {
      used.link.cancels().closeLink();
    }
  }

  /** Waits for something to do; null where it is time to end. */
  private @Nullable SharedStatement next() {
    while (!multiplexer.isClosed() && !isPaused()) {
      SharedStatement next = multiplexer.poll();
      if (next != null) {
        return next;
      }
      state.set(State.RESTING);
      // Whoever came before that has not seen it rest.
      if (multiplexer.isAnythingWaiting() || multiplexer.isClosed()) {
        state.set(State.BUSY);
      } else if (!rest()) {
        return multiplexer.poll();
      }
    }
    return null;
  }

  /** False where nobody has come. */
  private boolean rest() {
    long until = System.nanoTime() + REST_NANOS;
    while (state.get() == State.RESTING) {
      long left = until - System.nanoTime();
      if (left <= 0 && state.compareAndSet(State.RESTING, State.BUSY)) {
        return false;
      }
      LockSupport.parkNanos(this, left);
      Thread.interrupted(); // nobody has a reason to
    }
    return true;
  }

  private void serve(SharedStatement first) {
    PhysicalConnection used;
    unsent = first;
    try {
      used = connected();
    } catch (SQLException e) {
      unsent = null;
      pausedUntilNanos = System.nanoTime() + PAUSE_NANOS;
      if (multiplexer.hasOtherThan(this)) {
        multiplexer.add(first);
      } else {
        first.failed(e);
        multiplexer.refuseWaiting(e);
      }
      return;
    }
    Link link = used.link;
    String reason = "the connection was lost";
    link.lock();
    try {
      link.ready();
      do {
        send(used);
        Sent head = unanswered.poll();
        if (head != null) {
          inHand = head.statement();
          read(used, head);
          inHand = null;
        }
      } while (link.transport().isOpen() && (unsent != null || !unanswered.isEmpty()));
    } catch (SQLException e) {
      link.transport().abort();
    } catch (RuntimeException | Error e) {
      link.transport().abort();
      reason = "the driver failed (" + e + ")";
      throw e;
    } finally {
      link.unlock();
      giveUp(reason);
    }
    answeredAtNanos = System.nanoTime();
  }

  private PhysicalConnection connected() throws SQLException {
    PhysicalConnection used = connection;
    if (used != null && used.link.transport().isOpen()) {
      boolean trusted = System.nanoTime() - answeredAtNanos < TRUSTED_NANOS;
      if (trusted || used.link.isConnected()) {
        return used;
      }
    }
    leave();
    used = multiplexer.open();
    connection = used;
    pausedUntilNanos = 0;
    return used;
  }

  /** What was not sent goes to others; of what was, nobody knows what became. */
  private void giveUp(String reason) {
    SharedStatement left = unsent;
    unsent = null;
    SharedStatement broken = inHand;
    inHand = null;
    if (broken != null) {
      broken.failed(unanswered(reason));
    }
    for (Sent sent = unanswered.poll(); sent != null; sent = unanswered.poll()) {
      sent.statement().failed(unanswered(reason));
    }
    if (left != null) {
      multiplexer.add(left);
    }
  }

  private static SQLException unanswered(String reason) {
    return SqlExceptions.lost(
        "before the answer came to a statement that shared its connection with others, "
            + reason
            + ": it may have been executed");
  }

  // ---- sending

  /**
   * Sends what waits as far as there is room; one that is to be prepared waits until all else is
   * answered.
   */
  private void send(PhysicalConnection used) throws SQLException {
    Link link = used.link;
    while (unanswered.size() < MOST_UNANSWERED && link.transport().isOpen()) {
      SharedStatement next = unsent;
      if (next == null) {
        next = multiplexer.poll();
        unsent = next;
      }
      if (next == null) {
        return;
      }
      ServerStatement prepared = null;
      if (!next.sql().isLiteral()) {
        prepared = find(used, next);
        if (prepared == null) {
          if (!unanswered.isEmpty()) {
            return;
          }
          prepare(used, next);
          continue;
        }
      }
      unsent = null;
      if (next.send()) {
        submit(link, next, prepared);
      }
    }
  }

  private void submit(Link link, SharedStatement next, @Nullable ServerStatement prepared) {
    inHand = next;
    try {
      Parameters values = next.values();
      ResultExchange exchange =
          prepared != null && values != null
              ? link.execute(prepared, values)
              : link.query(text(link, next));
      Answer answer = new Answer(link, exchange, /* streams= */ false, next.maxRows(), UNCANCELLED);
      unanswered.add(new Sent(next, exchange, answer));
    } catch (SQLException e) {
      next.failed(e); // a value that cannot be written: nothing was sent
    }
    inHand = null;
  }

  private static String text(Link link, SharedStatement next) throws SQLException {
    Parameters values = next.values();
    return values == null
        ? next.sql().template().sql()
        : LiteralText.of(next.sql().template(), values, link.state().clientCharset());
  }

  private static @Nullable ServerStatement find(PhysicalConnection used, SharedStatement next) {
    StatementCache cache = used.statements;
    Parameters values = next.values();
    SessionState session = used.link.state();
    ServerStatement found =
        cache == null ? null : cache.get(session.schema(), next.sql().template().sql());
    return found == null
            || values == null
            || found.isOutdated(session)
            || found.wouldConvert(values, session)
        ? null
        : found;
  }

  /** Has the server prepare it; where it cannot, or where none are kept, it is sent as text. */
  private void prepare(PhysicalConnection used, SharedStatement next) throws SQLException {
    Link link = used.link;
    StatementCache cache = used.statements;
    if (cache == null || next.values() == null) {
      next.sql().beLiteral();
      return;
    }
    ServerStatement made = new ServerStatement(next.sql().template().sql());
    PrepareExchange prepare = link.prepare(made);
    if (next.timeoutNanos() > 0) {
      link.limit(prepare, next.timeoutNanos() + Cancels.CANCEL_NANOS);
    }
    if (link.next() == Event.PREPARED) {
      cache.put(link.state().schema(), made);
      int count = next.sql().template().placeholderCount();
      if (made.parameters().size() != count) {
        next.sql().needSession();
        refuse(
            next,
            SqlExceptions.misuse(
                "the server counts "
                    + made.parameters().size()
                    + " parameters where "
                    + count
                    + " were found"));
      }
      return;
    }
    ServerError error = link.session().error();
    if (ErrorKind.isUnpreparable(error)) {
      next.sql().beLiteral();
    } else {
      refuse(next, SqlExceptions.of(error));
    }
  }

  private void refuse(SharedStatement next, SQLException e) {
    unsent = null;
    next.failed(e);
  }

  // ---- reading

  private void read(PhysicalConnection used, Sent head) throws SQLException {
    Link link = used.link;
    SharedStatement statement = head.statement();
    if (statement.timeoutNanos() > 0) {
      // From now on, since it could not begin before: its own thread does not wait for that.
      link.limit(head.exchange(), statement.timeoutNanos() + Cancels.CANCEL_NANOS);
    }
    String sql = statement.sql().template().sql();
    Measurement measured = link.observation().begin(sql, statement.values() != null, 1);
    statement.measured(measured);
    try {
      head.answer().begin();
    } catch (SQLException e) {
      Measurement.end(measured, 0, e);
      refused(used, statement, e);
      return;
    }
    head.answer().share();
    Measurement.end(measured, head.answer().rowCount(), null);
    if (isTouched(link, head.exchange().ok())) {
      statement.sql().needSession();
      link.transport().abort();
      LOGGER.log(
          System.Logger.Level.WARNING,
          "a shared connection is closed, since a statement has changed its session; it will have"
              + " one of its own from now on: "
              + SqlDigest.of(sql, multiplexer.rules(), LONGEST_LOGGED));
    }
    statement.done(head.answer());
  }

  private void refused(PhysicalConnection used, SharedStatement statement, SQLException e) {
    boolean unexecuted =
        e.getErrorCode() == NEED_REPREPARE || e.getErrorCode() == UNKNOWN_STATEMENT;
    if (!unexecuted
        || !used.link.transport().isOpen()
        || statement.executions() == MOST_EXECUTIONS) {
      statement.failed(e);
      return;
    }
    StatementCache cache = used.statements;
    if (cache != null) {
      cache.remove(used.link.state().schema(), statement.sql().template().sql());
    }
    if (statement.again()) {
      multiplexer.add(statement);
    }
  }

  private boolean isTouched(Link link, Ok ok) {
    SessionState session = link.state();
    return session.inTransaction()
        || !session.autocommit()
        || session.variablesChanged()
        || !session.schema().equals(multiplexer.schema())
        || (ok.has(ServerStatus.SESSION_STATE_CHANGED) && ok.changes().equals(SessionChanges.NONE));
  }

  /** Makes a new connection one that is shared; its own thread, or that of whoever opens it. */
  static void begin(PhysicalConnection opened) throws SQLException {
    opened.haveChangesTold();
    try {
      opened.link.run(TELL_CHANGES);
    } catch (SQLException e) {
      if (!opened.link.transport().isOpen()) {
        throw e;
      }
      // A server or proxy that cannot tell.
    }
    if (!opened.link.autocommit().isOn()) {
      throw SqlExceptions.misuse(
          "connections are opened with autocommit off, so no statement of theirs can be shared:"
              + " leave out multiplexing, or what turns it off");
    }
    opened.rememberState();
  }
}
