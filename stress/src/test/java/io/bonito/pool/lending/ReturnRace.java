package io.bonito.pool.lending;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads that give back the same loan. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the first gave it back")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the second gave it back")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "given back twice or never")
@State
public class ReturnRace {
  private final PoolOfOne one = new PoolOfOne();

  @Actor
  public void first(ZZ_Result r) {
    r.r1 = one.pool.giveBack(one.slot, one.ticket);
  }

  @Actor
  public void second(ZZ_Result r) {
    r.r2 = one.pool.giveBack(one.slot, one.ticket);
  }
}
