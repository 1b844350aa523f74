package io.bonito.pool.lending;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** One gives a loan back while another has it closed. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "given back")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "closed")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "both or neither")
@State
public class EvictionRace {
  private final PoolOfOne one = new PoolOfOne();

  @Actor
  public void gives(ZZ_Result r) {
    r.r1 = one.pool.giveBack(one.slot, one.ticket);
  }

  @Actor
  public void evicts(ZZ_Result r) {
    r.r2 = one.pool.invalidate(one.slot, one.ticket, null);
  }
}
