package io.bonito.netty;

import io.bonito.protocol.KnownServers;
import io.bonito.protocol.ProfileInquiry;
import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.row.Row;
import java.util.Optional;

/**
 * What a connection, logged in, has to find out of its server before anybody gets it: it asks, one
 * question after the other, where no connection of this process has asked.
 *
 * <p>Where another one asks just now it is not waited for. Then the pump looks again whenever a
 * command is given and none is under way, since nothing is pipelined before the answer.
 */
final class Acquaintance implements Sink {
  private final SessionPump pump;
  private final Deadline deadline;
  private final Sink whole;
  private final ProfileInquiry inquiry;

  /**
   * @param whole is told that it is done, or why the connection has failed
   */
  Acquaintance(SessionPump pump, Deadline deadline, Sink whole) {
    this.pump = pump;
    this.deadline = deadline;
    this.whole = whole;
    this.inquiry = KnownServers.inquire(pump.options().target(), version());
  }

  void begin() {
    pump.undecided(this);
    goOn();
  }

  private void goOn() {
    if (inquiry.asks()) {
      QueryExchange exchange = new QueryExchange(inquiry.question());
      if (deadline.exists()) {
        exchange.deadline(deadline.endNanos());
      }
      pump.submit(exchange, this, Long.MAX_VALUE);
      return;
    }
    inquiry.close();
    decide();
    whole.done();
  }

  /**
   * Whether to pipeline and how large commands may be, if it can be said by now; no command may be
   * under way.
   */
  void decide() {
    Optional<ServerProfile> found = KnownServers.profile(pump.options().target(), version());
    if (found.isPresent()) {
      pump.undecided(null);
      long largest = pump.options().get(Options.MAX_ALLOWED_PACKET);
      pump.session().largestCommand(found.get().largestCommand(largest));
      boolean wanted = !pump.options().get(Options.DISABLE_PIPELINE);
      pump.session().pipelining(wanted && found.get().mayPipeline(version()));
    }
  }

  private ServerVersion version() {
    return pump.session().state().server();
  }

  // ---- the answers

  @Override
  public boolean row(Row row) {
    inquiry.add(row);
    return true;
  }

  @Override
  public void done() {
    inquiry.answered();
    goOn();
  }

  /** An answer too: the server has no such variable, or a proxy no such query. */
  @Override
  public void refused(ServerError error) {
    done();
  }

  @Override
  public void failed(Throwable failure) {
    inquiry.close(); // the next connection asks
    whole.failed(failure);
  }
}
