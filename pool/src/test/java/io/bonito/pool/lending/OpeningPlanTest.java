package io.bonito.pool.lending;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.lending.OpeningPlan.Demand;
import org.junit.jupiter.api.Test;

class OpeningPlanTest {
  private static final long NOW = MILLISECONDS.toNanos(1_000_000);

  private final OpeningPlan plan =
      new OpeningPlan(Settings.named("p").limit(50).minimumIdle(5).build());

  /** Five are lent and may come back; opening takes 10 ms as far as is known. */
  private int due(long waitedMillis, int waiting, int opening, int ready) {
    long since = waiting == 0 ? Settings.NEVER : NOW - MILLISECONDS.toNanos(waitedMillis);
    plan.begun(NOW);
    return plan.due(new Demand(NOW, waiting, since, 5 + opening, 0, opening, ready));
  }

  @Test
  void whereNothingIsThereAsManyAreOpenedAsWait() {
    assertThat(plan.due(new Demand(NOW, 50, NOW, 0, 0, 0, 0))).isEqualTo(8);
    plan.begun(NOW);
    assertThat(plan.due(new Demand(NOW, 50, NOW, 8, 0, 8, 0))).isZero();
  }

  @Test
  void whatIsBeingClosedWillNotComeBackAndIsNotWaitedFor() {
    assertThat(plan.due(new Demand(NOW, 8, NOW, 8, 8, 0, 0))).isEqualTo(8);
    assertThat(plan.due(new Demand(NOW, 8, NOW, 8, 7, 0, 0))).isEqualTo(1);
  }

  @Test
  void whereSomethingMayComeBackOneIsOpenedAndTwiceAsManyWithEachWait() {
    assertThat(due(0, 45, 0, 0)).isEqualTo(1);
    assertThat(due(9, 45, 1, 0)).isZero();
    assertThat(plan.askAgainAt()).isEqualTo(NOW + MILLISECONDS.toNanos(1));
    assertThat(due(10, 45, 1, 0)).isEqualTo(1);
    assertThat(due(20, 45, 2, 0)).isEqualTo(2);
    assertThat(due(1000, 45, 2, 0)).isEqualTo(6);
  }

  @Test
  void idleOnesThatNobodyWaitsForAreOpenedOneAfterAnother() {
    assertThat(due(0, 0, 0, 0)).isEqualTo(1);
    assertThat(due(0, 0, 1, 0)).isZero();
    assertThat(due(0, 0, 0, 5)).isZero();
  }

  @Test
  void afterAFailureOneIsTriedAtMost200MillisecondsLaterWhileSomebodyWaits() {
    plan.failed(NOW - MILLISECONDS.toNanos(99), OpenFailure.UNREACHABLE, 5, 0.999);
    assertThat(due(5000, 45, 0, 0)).isZero();
    assertThat(plan.askAgainAt()).isBetween(NOW, NOW + MILLISECONDS.toNanos(101));
    plan.failed(NOW - MILLISECONDS.toNanos(200), OpenFailure.UNREACHABLE, 5, 0.999);
    assertThat(due(5000, 45, 0, 0)).isEqualTo(1);
  }

  @Test
  void whereAllAttemptsHangOneMoreIsBegunEachThirdSecond() {
    plan.begun(NOW);
    long third = NOW + MILLISECONDS.toNanos(3000);
    assertThat(plan.due(new Demand(third - 1, 8, NOW, 8, 0, 8, 0))).isZero();
    assertThat(plan.askAgainAt()).isEqualTo(third);
    assertThat(plan.due(new Demand(third, 8, NOW, 8, 0, 8, 0))).isEqualTo(1);
    assertThat(plan.askAgainAt()).isEqualTo(third + MILLISECONDS.toNanos(3000));
  }

  @Test
  void anAttemptThatHangsAfterAFailureDoesNotCountForTheOneThatWaits() {
    OpeningPlan plan = new OpeningPlan(Settings.named("p").build());
    plan.failed(NOW, OpenFailure.UNREACHABLE, 0, 0);
    plan.begun(NOW);
    long second = NOW + MILLISECONDS.toNanos(1000);
    assertThat(plan.due(new Demand(second - 1, 1, NOW, 1, 0, 1, 0))).isZero();
    assertThat(plan.due(new Demand(second, 1, NOW, 1, 0, 1, 0))).isEqualTo(1);
    assertThat(plan.due(new Demand(second, 0, Settings.NEVER, 1, 0, 1, 0))).isZero();
  }
}
