package io.bonito.pool.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Lincheck makes short programs of the pool's calls. What each call says must be what it could have
 * said if all had been made one after another, and each must end.
 *
 * <p>The build lets threads race. {@code -Dbonito.stress.programs=N} instead tries, for each of N
 * programs, interleavings at each access to memory, where the pool's own simulation lets threads
 * change places at a slot's word only: some ten seconds for each.
 */
class InterleavingsTest {
  private static final int CHOSEN = Integer.getInteger("bonito.stress.programs", 0);

  /** No loan takes any time: holds are brief, and returned slots are competed for. */
  public static final class Brief extends Uses {
    public Brief() {
      super(0);
    }
  }

  /** Each loan takes its time, so returned slots are handed over. */
  public static final class Lengthy extends Uses {
    public Lengthy() {
      super(1_000_000);
    }
  }

  @Test
  void callsThatCompeteAreAsIfMadeOneAfterAnother() {
    check(new Brief());
  }

  @Test
  void callsThatAreHandedSlotsAreAsIfMadeOneAfterAnother() {
    check(new Lengthy());
  }

  /** Else the next loan would seem to be its last borrower's own until the next one is named. */
  @Test
  void whatIsFreeNamesNobody() throws LendingException {
    assertThat(new Lengthy().ownerOfWhatIsFree()).isNull();
  }

  private static void check(Uses calls) {
    calls.warmUp();
    if (CHOSEN == 0) {
      check(calls, new StressOptions().iterations(8).invocationsPerIteration(300));
    } else {
      check(
          calls,
          new ModelCheckingOptions()
              .addGuarantee(
                  forClasses("java.lang.String").methods("formatted", "format", "join").ignore())
              .iterations(CHOSEN)
              .invocationsPerIteration(300));
    }
  }

  private static <O extends Options<O, ?>> void check(Uses calls, O options) {
    options.threads(2).actorsPerThread(3).actorsBefore(1).actorsAfter(1).check(calls.getClass());
  }
}
