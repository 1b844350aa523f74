package io.bonito.async;

import io.bonito.netty.LoopCommand;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.SqlStates;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.value.ConversionException;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One statement, from the call to the end of its answer; all on the loop but for what says
 * otherwise.
 *
 * <pre>
 *   WAITING ──its turn──▶ (PREPARING) ──▶ UNDER_WAY ──answered──▶ (kill settles) ──▶ OVER
 *      └──cancelled, too late──▶ OVER         └──cancelled: passed over, killed if that takes long
 * </pre>
 */
final class Command extends Delivery implements Turn {
  /**
   * How long the rest of an answer that nobody wants may take before the server is told: whoever
   * takes the first row of a few has the others already.
   */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The server's code for a statement that it does not know (ER_UNKNOWN_STMT_HANDLER). */
  private static final int UNKNOWN_STATEMENT = 1243;

  private enum State {
    WAITING,
    PREPARING,
    UNDER_WAY,
    OVER
  }

  /** Who gave the command its turn. */
  interface Owner {
    /** It can be executed now. */
    void prepared(Command command);

    void over(Command command);
  }

  private final Line line;
  private final Query query;
  private final boolean paced;
  private final Owner owner;
  private final boolean alone;

  private State state = State.WAITING;
  private boolean late;

  private boolean preparing;

  /** Whether the server would not prepare it, so that its values are written into it. */
  private boolean text;

  private @Nullable ServerStatement statement;
  private @Nullable LoopCommand command;
  private @Nullable Future<?> timer;
  private @Nullable Future<?> grace;
  private @Nullable Kill kill;

  /**
   * @param paced whether the receiver sets the pace once the first of the answer is there, so that
   *     the statement's timeout ends then
   * @param alone whether no other command is under way together with this one; else none is killed
   */
  Command(Line line, Query query, Receiver receiver, boolean paced, Owner owner, boolean alone) {
    super(receiver, paced);
    this.line = line;
    this.query = query;
    this.paced = paced;
    this.owner = owner;
    this.alone = alone;
  }

  // ---- what the caller wants

  @Override
  void onLoop(Runnable action) {
    line.onLoop(action);
  }

  @Override
  boolean isOnLoop() {
    return line.turns().isOnLoop();
  }

  @Override
  void resume() {
    LoopCommand begun = command;
    if (begun != null) {
      begun.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void giveUp(boolean all) {
    if (all || paced) {
      tellFailed(AsyncException.cancelled());
      abandon();
    }
  }

  // ---- its turn

  /** Begins to count down, where there is a limit; the wait for its turn is included. */
  void startTimer() {
    long nanos = query.timeoutNanos();
    if (nanos > 0 && alone) {
      timer = line.after(nanos, this::timeUp);
    }
  }

  @Override
  public void begin() {
    line.closeEvicted();
    prepare();
  }

  /**
   * Whether others may be sent behind it. Once it is given up none is, nor where it has a limit on
   * time: where it ends only because the server is told to, nothing else must be there to be hit.
   */
  @Override
  public boolean isShared() {
    return query.isIndependent() && query.timeoutNanos() == 0 && isUnderWay() && isHeard();
  }

  @Override
  public boolean mayJoin() {
    return query.isIndependent()
        && isHeard()
        && query.timeoutNanos() == 0
        && !needsPreparation()
        && (statement != null || query.isConstant());
  }

  @Override
  public void left() {
    if (!isHeard()) {
      abandon();
    }
  }

  @Override
  public void refuse(AsyncException why) {
    finish();
    tellFailed(why);
  }

  /** Sees to what the server must know first, and tells the owner, now or later. */
  void prepare() {
    if (!needsPreparation()) {
      owner.prepared(this);
      return;
    }
    state = State.PREPARING;
    preparing = true;
    ServerStatement begun = new ServerStatement(query.sql());
    line.connection()
        .submit(limited(new PrepareExchange(begun)), new Preparation(line, this, begun));
  }

  boolean needsPreparation() {
    if (!isHeard() || text || state == State.OVER || query.exchange() != null) {
      return false;
    }
    if (!line.isBinary(query)) {
      return false;
    }
    if (statement == null) {
      // Kept until it is executed, as others of a pipeline may drive it out of the cache.
      statement = line.prepared(query);
      text = statement == null && line.pauses();
    }
    return statement == null && !text;
  }

  /** Whether its preparation is under way, or was its end. */
  boolean isPreparing() {
    return preparing;
  }

  boolean isOver() {
    return state == State.OVER;
  }

  String sql() {
    return query.sql();
  }

  /** Gives the statement to the connection; it is prepared, if it has to be. */
  void execute() {
    if (!isHeard()) {
      over();
      return;
    }
    state = State.UNDER_WAY;
    Exchange exchange;
    try {
      exchange = line.exchange(query, statement);
    } catch (AsyncException | ConversionException e) {
      failed(e);
      return;
    }
    command = line.connection().submit(limited(exchange), this);
  }

  /** Where nothing can be killed, a limit on time ends the connection. */
  private <E extends Exchange> E limited(E exchange) {
    if (!alone && query.timeoutNanos() > 0) {
      exchange.deadline(System.nanoTime() + query.timeoutNanos());
    }
    return exchange;
  }

  // ---- before its time

  @Override
  void abandon() {
    switch (state) {
      case WAITING -> {
        if (line.turns().remove(this)) {
          finish();
        }
        // Else it is one of a pipeline, which goes on without it.
      }
      case PREPARING, OVER -> {}
      case UNDER_WAY -> {
        LoopCommand begun = command;
        if (begun != null) {
          begun.discard();
        }
        if (isUnderWay() && isAlone() && kill == null && grace == null) {
          grace = line.after(GRACE_NANOS, this::killNow);
        }
      }
    }
  }

  /** Whether a kill can hit nothing else; a batch has its turn as a whole. */
  private boolean isAlone() {
    return alone && line.turns().isSole(this);
  }

  private boolean isUnderWay() {
    return state == State.UNDER_WAY;
  }

  private void timeUp() {
    timer = null;
    switch (state) {
      case WAITING -> {
        if (line.turns().remove(this)) {
          finish();
          tellFailed(AsyncException.timedOut(allowedMillis(), null));
        }
      }
      case PREPARING, UNDER_WAY -> {
        late = true;
        killNow();
      }
      case OVER -> {}
    }
  }

  private long allowedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(query.timeoutNanos());
  }

  private void killNow() {
    grace = null;
    if (kill == null && state != State.OVER && line.connection().isOpen()) {
      LoopCommand begun = command;
      if (begun != null) {
        // Where the kill comes to nothing, this ends the wait and the connection.
        begun.exchange().deadline(System.nanoTime() + Kill.NANOS);
      }
      Kill begunKill = new Kill(line);
      kill = begunKill;
      begunKill.begin();
    }
  }

  // ---- the answer

  @Override
  void firstAnswer() {
    if (paced && timer != null && kill == null) {
      stopTimer();
    }
  }

  @Override
  public void done() {
    answered(null);
  }

  @Override
  public void refused(ServerError error) {
    line.refused(error);
    if (error.code() == UNKNOWN_STATEMENT) {
      line.forget(query.sql());
    }
    answered(error);
  }

  private void answered(@Nullable ServerError error) {
    stopTimer();
    Kill begun = kill;
    if (begun == null) {
      settled(error);
    } else {
      begun.completed(error, () -> settled(error));
    }
  }

  private void settled(@Nullable ServerError error) {
    if (stopHearing()) {
      tellEnd(error);
    }
    over();
  }

  private void tellEnd(@Nullable ServerError error) {
    Kill begun = kill;
    boolean killed = begun != null && begun.isKilled();
    boolean interrupted = error == null || SqlStates.QUERY_CANCELLED.equals(SqlStates.of(error));
    if (late && killed && interrupted) {
      tell(AsyncException.timedOut(allowedMillis(), error));
    } else if (error != null) {
      tell(AsyncException.of(error));
    } else {
      tell(null);
    }
  }

  @Override
  public void failed(Throwable failure) {
    Kill begun = kill;
    boolean lost = failure instanceof ConnectionException;
    if (begun != null) {
      if (!lost) {
        begun.completed(null, () -> failedAndSettled(failure));
        return;
      }
      begun.connectionLost();
    }
    failedAndSettled(failure);
  }

  private void failedAndSettled(Throwable failure) {
    tellFailed(
        failure instanceof IllegalStateException
            ? AsyncException.outOfTurn(String.valueOf(failure.getMessage()))
            : AsyncException.of(line.reason(failure)));
    over();
  }

  private void over() {
    finish();
    owner.over(this);
  }

  private void finish() {
    state = State.OVER;
    stopTimer();
    Future<?> begun = grace;
    if (begun != null) {
      begun.cancel(false);
      grace = null;
    }
  }

  private void stopTimer() {
    Future<?> begun = timer;
    if (begun != null) {
      begun.cancel(false);
      timer = null;
    }
  }

  void prepared(ServerStatement ready) {
    statement = ready;
    prepared((ServerError) null);
  }

  /** The server would not prepare it. */
  void goAsText() {
    text = true;
    prepared((ServerError) null);
  }

  /**
   * Goes on without a statement of the server's.
   *
   * @param error why it has not prepared it; null where its values go as text
   */
  void prepared(@Nullable ServerError error) {
    Kill begun = kill;
    if (begun != null) {
      // A PREPARE hardly takes long, but whatever has been sent to end it must have had its effect.
      begun.completed(error, () -> preparedAndSettled(error));
    } else if (error != null) {
      answered(error);
    } else {
      preparing = false;
      owner.prepared(this);
    }
  }

  private void preparedAndSettled(@Nullable ServerError error) {
    if (isHeard() && late) {
      tellFailed(AsyncException.timedOut(allowedMillis(), error));
    }
    settled(error);
  }
}
