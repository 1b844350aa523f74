package io.bonito.pool.lending;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two borrowers at one free slot. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the first has it")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the second has it")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "both or none have it")
@State
public class ClaimRace {
  private final Slot<Object> slot = new Slot<>(0);
  private final long free = Slot.in(Slot.IDLE, 0);

  public ClaimRace() {
    slot.become(free);
  }

  @Actor
  public void first(ZZ_Result r) {
    r.r1 = slot.change(free, Slot.lent(free));
  }

  @Actor
  public void second(ZZ_Result r) {
    r.r2 = slot.change(free, Slot.lent(free));
  }
}
