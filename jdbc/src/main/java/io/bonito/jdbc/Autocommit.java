package io.bonito.jdbc;

import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.SessionStartOptions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Autocommit as the application wants it. The server is told in one write with the next command, so
 * that a transaction's beginning costs no round trip of its own; and with it, in one statement, of
 * the {@linkplain Characteristics characteristics} that transactions are to have.
 *
 * <pre>
 *   as the server has it ──set──▶ due ──next command──▶ unanswered ──OK──▶ as the server has it
 *            ▲                     │                         └──ERR──▶ the connection is closed
 *            └──────set back───────┘
 * </pre>
 *
 * <p>The server executes a command behind a SET that it has refused. Whether what it did is durable
 * is then not what the application has asked for, so the connection is closed, and the error says
 * that the outcome is unknown. Where the command cannot follow at once (a proxy that bears no
 * commands ahead of answers, one that is large), the answer to SET is awaited first.
 *
 * <p>While a transaction may be open nothing waits: to turn autocommit on commits it.
 */
final class Autocommit {
  private final Link link;
  private final Session session;
  private @Nullable Boolean due;
  private @Nullable QueryExchange unanswered;

  private final Characteristics characteristics;

  /** What the unanswered one sets, or what the server had before. */
  private boolean sent;

  private String sentCommand = "";

  /** Whether anything was given since the latest COMMIT or ROLLBACK. */
  private boolean touched;

  Autocommit(Link link, Session session, ConnectionOptions options) {
    this.link = link;
    this.session = session;
    this.characteristics =
        new Characteristics(link, options.get(SessionStartOptions.READ_ONLY_PROPAGATES_TO_SERVER));
  }

  Characteristics characteristics() {
    return characteristics;
  }

  boolean isOn() {
    Boolean wanted = due;
    if (wanted != null) {
      return wanted;
    }
    return unanswered == null ? session.state().autocommit() : sent;
  }

  /** Under the lock, as all that follows. */
  void set(boolean on) throws SQLException {
    if (isOn() == on) {
      return;
    }
    if (unanswered != null) {
      await(0);
    }
    if (mayBeInTransaction()) {
      link.run(command(on));
      touched = !on;
    } else {
      leave(on);
    }
  }

  /** Has the next command tell the server, where it does not have it so already. */
  void leave(boolean on) {
    due = session.state().autocommit() == on ? null : on;
  }

  static String command(boolean on) {
    return on ? "SET autocommit=1" : "SET autocommit=0";
  }

  /**
   * Whether there may be something to commit or roll back. With autocommit off that is so after any
   * command: the status flag tells neither of a transaction while its first rows are still coming
   * in, nor of locks on the definitions of tables that know no transactions, nor after an error.
   */
  boolean mayBeInTransaction() {
    return session.state().inTransaction() || (touched && !session.state().autocommit());
  }

  /** The transaction has ended; whatever is answered to what is under way, nothing begins one. */
  void ended() {
    touched = false;
  }

  /** Puts what is due before a command that is about to be given. */
  void precede(Exchange command) throws SQLException {
    if (due != null || characteristics.areDue()) {
      precede(command, due);
    }
    touched = true;
  }

  private void precede(Exchange command, @Nullable Boolean wanted) throws SQLException {
    sent = isOn();
    String sql =
        wanted != null && !characteristics.areDue()
            ? command(wanted)
            : characteristics.command(wanted);
    sentCommand = sql;
    QueryExchange set = session.query(sql);
    due = null;
    unanswered = set;
    if (session.writesAtOnce(command)) {
      characteristics.sent();
      return;
    }
    unanswered = null;
    try {
      link.complete(set);
    } catch (SQLException e) {
      due = wanted; // nothing was executed, so it may be tried again
      throw e;
    }
    characteristics.sent();
  }

  boolean isUnanswered() {
    return unanswered != null;
  }

  /**
   * Awaits the answer to what was put before a command.
   *
   * @param timeoutNanos 0 for that of the connection's options
   */
  void await(long timeoutNanos) throws SQLException {
    QueryExchange set = unanswered;
    if (set == null) {
      return;
    }
    unanswered = null;
    link.limit(set, timeoutNanos);
    set.discard();
    Event event = link.next();
    while (!event.completesExchange()) {
      event = link.next();
    }
    if (event == Event.FAILED) {
      String reason = session.error().message();
      link.transport().abort();
      throw link.told(
          SqlExceptions.lost(
              "the server refused "
                  + sentCommand
                  + " ("
                  + reason
                  + "), and may have executed the statement sent with it:"
                  + " the connection is closed"));
    }
  }
}
