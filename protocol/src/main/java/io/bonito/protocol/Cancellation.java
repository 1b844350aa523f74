package io.bonito.protocol;

import io.bonito.protocol.message.ServerError;
import org.jspecify.annotations.Nullable;

/**
 * The end of one command before its time, over a second connection to the same server.
 *
 * <pre>
 *   RUNNING ──begin──▶ PROVING ──same server──▶ KILLING ──answered──▶ KILLED
 *      │                  │                        │
 *      │                  └──not shown, no answer──┴──▶ FAILED: close the command's connection
 *      └──completed──▶ OVER ◀──completed── PROVING
 * </pre>
 *
 * <p>A KILL QUERY names a connection and not a command. So it is sent only over a connection that
 * has shown that it leads to the same server: the process list there has our connection, with the
 * port of our socket. Behind a balancer it may lead elsewhere, where the same number is a
 * stranger's. And from {@link #begin} to its end no other command may be sent, for it could be the
 * one that is killed: that is the fence, {@link #mustWait}. Where the command was over before the
 * kill arrived, the kill waits for the next one: {@link #wantsSweep} asks for one to spend it on.
 *
 * <p>Whoever drives this moves the bytes, tells the time, and sees to it that one thread at a time
 * is here.
 */
public final class Cancellation {
  /** The server's word for a command that was killed (ER_QUERY_INTERRUPTED). */
  private static final int INTERRUPTED = 1317;

  /** The same of MariaDB's own limit on time (ER_STATEMENT_TIMEOUT). */
  private static final int TIMED_OUT = 1969;

  /** Takes the place of a command that a late kill would hit. */
  public static final String SWEEP = "DO 0";

  private enum State {
    RUNNING,
    PROVING,
    KILLING,
    KILLED,
    FAILED,
    OVER
  }

  private final long connectionId;
  private final int localPort;
  private State state = State.RUNNING;
  private boolean complete;
  private boolean interrupted;
  private boolean swept;

  /**
   * @param connectionId the server's number of the connection that the command runs on
   * @param localPort of that connection's socket; 0 where it is one without ports
   */
  public Cancellation(long connectionId, int localPort) {
    this.connectionId = connectionId;
    this.localPort = localPort;
  }

  /**
   * Begins to cancel.
   *
   * @return false where there is nothing to be done: the command is over, or somebody is at it
   */
  public boolean begin() {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.PROVING;
    return true;
  }

  /** What to ask over the second connection: one row of one column, or none. */
  public String proof() {
    return "SELECT HOST FROM information_schema.PROCESSLIST WHERE ID = "
        + Long.toUnsignedString(connectionId);
  }

  /**
   * Takes the answer to {@link #proof}.
   *
   * @param host null where there was no row
   * @return whether {@link #kill} is to be sent now
   */
  public boolean prove(@Nullable String host) {
    require(State.PROVING);
    if (complete) {
      state = State.OVER;
      return false;
    }
    if (!isShownBy(host)) {
      state = State.FAILED;
      return false;
    }
    state = State.KILLING;
    return true;
  }

  /** Whether this answer to {@link #proof} shows the command's connection; decides nothing yet. */
  public boolean isShownBy(@Nullable String host) {
    return host != null && isOurs(host);
  }

  /** {@code 10.0.0.7:51234}, or a name in place of the address; localhost for a Unix socket. */
  private boolean isOurs(String host) {
    int colon = host.lastIndexOf(':');
    return localPort > 0 ? host.substring(colon + 1).equals("" + localPort) : colon < 0;
  }

  public String kill() {
    return "KILL QUERY " + Long.toUnsignedString(connectionId);
  }

  /** The server has answered the kill with OK. */
  public void killed() {
    require(State.KILLING);
    state = State.KILLED;
  }

  /** There was no second connection, or no answer over it. */
  public void failed() {
    if (state == State.PROVING || state == State.KILLING) {
      state = complete && state == State.PROVING ? State.OVER : State.FAILED;
    }
  }

  /**
   * The command's answer is complete.
   *
   * @param error null for none
   */
  public void completed(@Nullable ServerError error) {
    complete = true;
    interrupted = error != null && (error.code() == INTERRUPTED || error.code() == TIMED_OUT);
    if (state == State.RUNNING) {
      state = State.OVER;
    }
  }

  /** Whether another command has to wait: a kill is, or may be, on its way. */
  public boolean mustWait() {
    return state == State.PROVING || state == State.KILLING;
  }

  /** Whether the kill has reached the server while the command was not known to be over. */
  public boolean isKilled() {
    return state == State.KILLED;
  }

  /** Whether it is not known what the server will do: then only the end of the connection helps. */
  public boolean mustClose() {
    return state == State.FAILED;
  }

  /** Whether {@link #SWEEP} is to be sent before any other command; true once. */
  public boolean wantsSweep() {
    boolean wants = state == State.KILLED && !interrupted && !swept;
    swept |= wants;
    return wants;
  }

  private void require(State due) {
    if (state != due) {
      throw new IllegalStateException(state + " where " + due + " was due");
    }
  }
}
