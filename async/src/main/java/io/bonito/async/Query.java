package io.bonito.async;

import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.value.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A statement and its values, ready to be executed on its connection; immutable, and nothing is
 * sent before one of the methods below is called. Each call executes it once more.
 *
 * <pre>
 *   run()             what it came to; rows are passed over
 *   list(mapper)      all rows, kept in memory
 *   first(mapper)     the first row, where there is one
 *   publish(mapper)   a Flow.Publisher, as fast as its subscriber asks
 *   start(receiver)   callbacks, row by row, all results of a statement with several
 * </pre>
 *
 * <p>Futures fail with an {@link AsyncException}, or with what a mapper has thrown; cancelling one
 * cancels the statement, and so does its time running out ({@code orTimeout}). Where a statement
 * has several results, {@code list}, {@code first} and {@code publish} take the rows of the first
 * that has any, and {@code run} what the last one came to.
 */
public final class Query {
  static final Parameters NO_VALUES = new Parameters(0);

  private final Line line;
  private final String sql;
  private final @Nullable Parameters values;
  private final boolean asksForPreparation;
  private final long timeoutNanos;
  private final @Nullable Exchange exchange;
  private final boolean independent;

  Query(
      Line line,
      String sql,
      @Nullable Parameters values,
      boolean asksForPreparation,
      long timeoutNanos,
      @Nullable Exchange exchange) {
    this(line, sql, values, asksForPreparation, timeoutNanos, exchange, /* independent= */ false);
  }

  private Query(
      Line line,
      String sql,
      @Nullable Parameters values,
      boolean asksForPreparation,
      long timeoutNanos,
      @Nullable Exchange exchange,
      boolean independent) {
    this.line = line;
    this.sql = sql;
    this.values = values;
    this.asksForPreparation = asksForPreparation;
    this.timeoutNanos = timeoutNanos;
    this.exchange = exchange;
    this.independent = independent;
  }

  /**
   * The same, that must be answered within this time of the call, else it is cancelled. Where rows
   * are taken at the caller's pace only the first of the answer must come in time. In a pipeline
   * the connection is closed instead.
   *
   * @param timeout zero for the option {@code statementTimeout}, which is none by default
   */
  public Query timeout(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout of " + timeout);
    }
    long nanos = timeout.isZero() ? line.statementTimeoutNanos() : timeout.toNanos();
    return new Query(line, sql, values, asksForPreparation, nanos, exchange, independent);
  }

  /**
   * The same, that needs nothing of what the statements given before it come to: where those say so
   * too, it is sent while they are not answered, and answered behind them. It is executed even if
   * they fail. Whoever takes rows slowly holds up those behind.
   *
   * <p>It waits for its turn all the same where it has a timeout, where the server has not prepared
   * it yet, where its values go as text, and where one before it is being cancelled. One that is
   * cancelled while another is sent behind it is executed to its end by the server, and its answer
   * passed over: a kill could hit the other.
   */
  public Query independent() {
    return independent
        ? this
        : new Query(line, sql, values, asksForPreparation, timeoutNanos, exchange, true);
  }

  // ---- executing

  /** Executes it and passes over rows. */
  public CompletableFuture<Outcome> run() {
    return submitted(new Answer.Run());
  }

  /**
   * Executes it and keeps what the mapper makes of each row; as many bytes of rows as {@code
   * maxResultBytes} allows.
   */
  public <T extends @Nullable Object> CompletableFuture<List<T>> list(RowMapper<T> mapper) {
    return submitted(new Answer.Rows<>(mapper, maxResultBytes()));
  }

  /** Executes it and takes the first row; the others are given up. */
  public <T> CompletableFuture<Optional<T>> first(RowMapper<? extends @Nullable T> mapper) {
    return submitted(new Answer.First<>(mapper));
  }

  /**
   * The rows, executed anew for each subscriber when it first asks for one. Subscribers are called
   * on the event loop and must not wait. The mapper must not give null.
   */
  public <T> Flow.Publisher<T> publish(RowMapper<T> mapper) {
    return new RowPublisher<>(this, mapper);
  }

  /** Executes it and tells as it comes; no row before {@link Execution#request}. */
  public Execution start(Receiver receiver) {
    return submitted(receiver, /* paced= */ true);
  }

  private <T extends @Nullable Object> Answer<T> submitted(Answer<T> answer) {
    answer.execution(submitted(answer, /* paced= */ false));
    return answer;
  }

  private Command submitted(Receiver receiver, boolean paced) {
    Command command = command(receiver, paced);
    give(command);
    return command;
  }

  /** A command that is not given yet. */
  Command command(Receiver receiver, boolean paced) {
    return new Command(line, this, receiver, paced, line.alone(), /* alone= */ true);
  }

  void give(Command command) {
    if (line.turns().isOnLoop()) {
      giveOnLoop(command);
    } else if (!line.onLoop(() -> giveOnLoop(command))) {
      command.refuse(AsyncException.closed());
    }
  }

  private void giveOnLoop(Command command) {
    command.startTimer();
    line.turns().add(command);
  }

  // ---- reading

  Line line() {
    return line;
  }

  String sql() {
    return sql;
  }

  @Nullable Parameters values() {
    return values;
  }

  /** Whether it is to be prepared though it has no values. */
  boolean asksForPreparation() {
    return asksForPreparation;
  }

  /** Whether a server could prepare it; the driver's own statements need not be. */
  boolean isPreparable() {
    return values != null || asksForPreparation;
  }

  boolean isIndependent() {
    return independent;
  }

  /** Whether its text is all there is; what is written into one may depend on the session. */
  boolean isConstant() {
    Parameters given = values;
    return exchange == null && (given == null || given.count() == 0);
  }

  /** 0 for none. */
  long timeoutNanos() {
    return timeoutNanos;
  }

  /** What to give to the connection where it is no statement. */
  @Nullable Exchange exchange() {
    return exchange;
  }

  long maxResultBytes() {
    return line.connection().options().maxResultBytes();
  }

  @Override
  public String toString() {
    return sql;
  }
}
