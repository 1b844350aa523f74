package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A connection's branch of a global transaction, one at a time, by the server's XA statements.
 *
 * <pre>
 *   start ─▶ ACTIVE ──end──▶ ENDED ──prepare──▶ PREPARED ──commit, rollback──▶ none
 *             ▲  │             └──commit in one phase, rollback──────────────▶ none
 *      resume │  ▼ suspend, fail
 *           SUSPENDED
 * </pre>
 *
 * <p>Joining and resuming need the connection that began the branch: no server hands a branch that
 * is not prepared from one session to another. So {@link #isSameRM} says yes to this connection
 * only, and a manager gives each connection a branch of its own. Between {@code end} and the
 * branch's completion the server takes no other statement of the connection.
 *
 * <p>Where the server detaches what is prepared (MySQL since 8.0.29) the connection is free then,
 * and any connection may complete the branch. Elsewhere only this one may, while it is open.
 */
final class JdbcXaResource implements XAResource {
  private enum Phase {
    ACTIVE,
    SUSPENDED,
    ENDED,
    PREPARED
  }

  private final Link link;

  // Under the link's lock.
  private @Nullable JdbcXid branch;
  private Phase phase = Phase.ENDED;

  /** It ended with TMFAIL: it can only be rolled back. */
  private boolean failed;

  JdbcXaResource(Link link) {
    this.link = link;
  }

  /** The branch in words; null where there is none. */
  @Nullable String branch() {
    link.lock();
    try {
      JdbcXid here = branch;
      return here == null
          ? null
          : "branch " + here + " is " + phase.name().toLowerCase(Locale.ROOT);
    } finally {
      link.unlock();
    }
  }

  private boolean isHere(JdbcXid xid) {
    JdbcXid here = branch;
    return here != null && here.equals(xid);
  }

  // ---- work

  @Override
  public void start(Xid given, int flags) throws XAException {
    JdbcXid xid = JdbcXid.of(given);
    link.lock();
    try {
      switch (flags) {
        case TMNOFLAGS -> {
          run("XA START ", xid, "");
          failed = false;
        }
        case TMRESUME -> resume(xid, Phase.SUSPENDED);
        case TMJOIN -> resume(xid, Phase.ENDED);
        default -> throw XaErrors.of(XAException.XAER_INVAL, "start with flags " + flags);
      }
      branch = xid;
      phase = Phase.ACTIVE;
    } finally {
      link.unlock();
    }
  }

  /** For the servers a branch that was suspended, and one that ended, are idle alike. */
  private void resume(JdbcXid xid, Phase due) throws XAException {
    if (!isHere(xid)) {
      throw XaErrors.of(
          XAException.XAER_NOTA,
          "a branch goes on over the connection that began it only: " + xid + " is not here");
    }
    if (phase != due) {
      throw XaErrors.of(XAException.XAER_PROTO, branch() + ", not " + due);
    }
    run("XA START ", xid, " RESUME");
  }

  @Override
  public void end(Xid given, int flags) throws XAException {
    JdbcXid xid = JdbcXid.of(given);
    if (flags != TMSUCCESS && flags != TMFAIL && flags != TMSUSPEND) {
      throw XaErrors.of(XAException.XAER_INVAL, "end with flags " + flags);
    }
    link.lock();
    try {
      if (!isHere(xid) || phase != Phase.SUSPENDED) {
        try {
          run("XA END ", xid, "");
        } catch (XAException e) {
          if (isHere(xid) && XaErrors.isRollback(e)) {
            phase = Phase.ENDED;
          }
          throw e;
        }
      }
      failed |= flags == TMFAIL;
      phase = flags == TMSUSPEND ? Phase.SUSPENDED : Phase.ENDED;
    } finally {
      link.unlock();
    }
  }

  // ---- completion

  @Override
  public int prepare(Xid given) throws XAException {
    JdbcXid xid = JdbcXid.of(given);
    link.lock();
    try {
      requireNotFailed(xid);
      try {
        run("XA PREPARE ", xid, "");
      } catch (XAException e) {
        over(xid, e);
        throw e;
      }
      phase = Phase.PREPARED;
      if (isDetached()) {
        branch = null;
      }
      return XA_OK;
    } finally {
      link.unlock();
    }
  }

  /** A session that has nothing open any more says so with its answer. */
  private boolean isDetached() {
    return !link.state().inTransaction();
  }

  /** Rolls back what ended with TMFAIL, and says so. */
  private void requireNotFailed(JdbcXid xid) throws XAException {
    if (failed && isHere(xid)) {
      run("XA ROLLBACK ", xid, "");
      branch = null;
      throw XaErrors.of(XAException.XA_RBROLLBACK, "the branch had failed and is rolled back");
    }
  }

  @Override
  public void commit(Xid given, boolean onePhase) throws XAException {
    JdbcXid xid = JdbcXid.of(given);
    link.lock();
    try {
      if (onePhase) {
        requireNotFailed(xid);
        complete("XA COMMIT ", xid, " ONE PHASE");
      } else {
        complete("XA COMMIT ", xid, "");
      }
    } finally {
      link.unlock();
    }
  }

  @Override
  public void rollback(Xid given) throws XAException {
    JdbcXid xid = JdbcXid.of(given);
    link.lock();
    try {
      complete("XA ROLLBACK ", xid, "");
    } finally {
      link.unlock();
    }
  }

  /**
   * Completes a branch. A refusal that is none of XA's (the server is read-only, or about to back
   * up) leaves it as it was, which only XAER_RMFAIL says: XAER_RMERR would mean that it is rolled
   * back.
   */
  private void complete(String command, JdbcXid xid, String clause) throws XAException {
    try {
      link.run(command + xid.sql() + clause);
    } catch (SQLException e) {
      if (XaErrors.isUnknownBranch(e) && !isHere(xid) && isPreparedElsewhere(xid)) {
        throw XaErrors.of(
            new SQLException(
                "another connection has the branch prepared, and must complete it or be closed",
                e.getSQLState(),
                /* vendorCode= */ 0,
                e),
            XAException.XAER_RMFAIL);
      }
      XAException exception = XaErrors.of(e, XAException.XAER_RMFAIL);
      over(xid, exception);
      throw exception;
    }
    if (isHere(xid)) {
      branch = null;
    }
  }

  private void over(JdbcXid xid, XAException exception) {
    if (isHere(xid) && (XaErrors.isRollback(exception) || !link.transport().isOpen())) {
      branch = null;
    }
  }

  /**
   * Whether the branch that the server does not find is there all the same. A manager that is told
   * "no such branch" takes it for completed, and locks would stay for ever.
   */
  private boolean isPreparedElsewhere(JdbcXid xid) {
    try {
      return List.of(recoverAll()).contains(xid);
    } catch (XAException e) {
      return false; // perhaps this account may not ask
    }
  }

  // ---- recovery

  /** All that is prepared comes at the scan's beginning, and nothing after it. */
  @Override
  public Xid[] recover(int flags) throws XAException {
    if ((flags & ~(TMSTARTRSCAN | TMENDRSCAN)) != 0) {
      throw XaErrors.of(XAException.XAER_INVAL, "recover with flags " + flags);
    }
    return (flags & TMSTARTRSCAN) == 0 ? new Xid[0] : recoverAll();
  }

  private Xid[] recoverAll() throws XAException {
    link.lock();
    try {
      List<Xid> found = new ArrayList<>();
      link.ready();
      QueryExchange exchange = link.query("XA RECOVER");
      link.limit(exchange, 0);
      XAException failure = null;
      for (Event event = link.next(); event != Event.DONE; event = link.next()) {
        if (event == Event.FAILED) {
          throw SqlExceptions.of(exchange.error());
        }
        if (event == Event.ROW && failure == null) {
          try {
            found.add(
                JdbcXid.of(
                    exchange.row().getLong(0),
                    exchange.row().getLong(1),
                    exchange.row().getLong(2),
                    data(exchange.row().getBytes(3))));
          } catch (XAException e) {
            failure = e; // the rest of the answer is still to be read
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
      return found.toArray(Xid[]::new);
    } catch (SQLException e) {
      throw XaErrors.of(e, XAException.XAER_RMERR);
    } finally {
      link.unlock();
    }
  }

  private static byte[] data(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  /** The servers decide nothing on their own, so there is nothing to forget. */
  @Override
  public void forget(Xid given) throws XAException {
    JdbcXid.of(given);
  }

  // ---- what there is to know

  @Override
  public boolean isSameRM(XAResource other) {
    return other instanceof JdbcXaResource resource && resource.link == link;
  }

  /** 0: the servers have no time limit for branches. */
  @Override
  public int getTransactionTimeout() {
    return 0;
  }

  /** False: the servers have no time limit for branches, and the manager keeps its own. */
  @Override
  public boolean setTransactionTimeout(int seconds) throws XAException {
    if (seconds < 0) {
      throw XaErrors.of(XAException.XAER_INVAL, "a timeout of " + seconds + " seconds");
    }
    return false;
  }

  private void run(String command, JdbcXid xid, String clause) throws XAException {
    try {
      link.run(command + xid.sql() + clause);
    } catch (SQLException e) {
      throw XaErrors.of(e, XAException.XAER_RMERR);
    }
  }
}
