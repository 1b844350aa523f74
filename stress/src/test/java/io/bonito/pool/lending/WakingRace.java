package io.bonito.pool.lending;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** One returns what another is about to wait for. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "who waited has it")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "not given back, or lent to nobody")
@State
public class WakingRace {
  private final PoolOfOne one = new PoolOfOne();

  @Actor
  public void returns(ZZ_Result r) {
    r.r1 = one.pool.giveBack(one.slot, one.ticket);
  }

  @Actor
  public void waits(ZZ_Result r) {
    Slot<Object> slot = one.borrow();
    r.r2 = one.pool.giveBack(slot, slot.ticket());
  }
}
