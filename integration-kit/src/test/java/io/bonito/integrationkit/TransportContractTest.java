package io.bonito.integrationkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit finds what is wrong with a transport, and nothing where nothing is. */
class TransportContractTest {
  /** A transport that waits for ever is not waited for so long. */
  private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(2);

  /** Enough of them for a flaw to show; all are played by the transports that have none. */
  private static final int MOST_CONVERSATIONS = 2;

  private static final class Contract extends TransportContract {
    private final Flaw flaw;

    Contract(Flaw flaw) {
      this.flaw = flaw;
    }

    @Override
    protected TransportDriver driver() {
      return options -> new FlawedTransport(flaw, options);
    }

    @Override
    protected Duration patience() {
      return flaw == Flaw.NONE ? super.patience() : LITTLE_PATIENCE;
    }
  }

  private interface Check {
    Object of(TransportContract contract) throws Exception;
  }

  private interface Plain {
    void of(TransportContract contract) throws Exception;
  }

  private static Check plain(Plain check) {
    return contract -> {
      check.of(contract);
      return Stream.empty();
    };
  }

  private static Arguments found(Flaw flaw, String by, Check check) {
    return Arguments.of(flaw, by, check);
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        found(Flaw.LOSES_A_BYTE, "pieces", TransportContract::conversationsInPiecesOfEverySize),
        found(Flaw.TAKES_NO_PIECES, "pieces", TransportContract::conversationsInPiecesOfEverySize),
        found(
            Flaw.LOOKS_AT_NO_CLOCK, "deadline", TransportContract::aDeadlinePassesAfterEveryEvent),
        found(
            Flaw.LOOKS_AT_NO_CLOCK,
            "greeting",
            plain(TransportContract::aGreetingThatNeverComesTimesOut)),
        found(
            Flaw.BEGINS_THE_TIME_ANEW,
            "trickle",
            plain(TransportContract::aGreetingThatTricklesTimesOut)),
        found(Flaw.GOES_ON_AFTER_THE_END, "end", TransportContract::theStreamEndsAtEveryByte),
        found(
            Flaw.GOES_ON_AFTER_THE_END,
            "after the end",
            plain(TransportContract::nothingIsAnsweredAfterTheEnd)),
        found(
            Flaw.TELLS_BEFORE_IT_CLOSES,
            "nonsense",
            TransportContract::nonsenseComesAfterEveryEvent),
        found(
            Flaw.NEVER_CLOSES,
            "another protocol",
            plain(TransportContract::aPeerOfAnotherProtocolIsMalformedAndSentNothing)),
        found(
            Flaw.IS_DEAF_TO_ABORT,
            "abort by another",
            TransportContract::anotherThreadAbortsAfterEveryEvent),
        found(
            Flaw.IS_DEAF_TO_ABORT,
            "abort by itself",
            TransportContract::theListenerAbortsAtEveryEvent),
        found(Flaw.READS_AHEAD, "rows", TransportContract::rowsThatNobodyTakesHoldUpTheServer),
        found(
            Flaw.TRUSTS_ANYONE,
            "certificate",
            plain(TransportContract::aCertificateOfAnUnknownAuthorityIsRefused)),
        found(Flaw.LOADS_HALF, "load", plain(TransportContract::whatAStatementLoadsArrivesWhole)),
        found(Flaw.LEAVES_WITHOUT_A_WORD, "quit", plain(TransportContract::closingTakesLeave)),
        found(Flaw.SAYS_THAT_NOTHING_HAS_RUN, "end", TransportContract::theStreamEndsAtEveryByte));
  }

  @ParameterizedTest(name = "{0} is found by {1}")
  @MethodSource("flaws")
  void aFlawIsFound(Flaw flaw, String by, Check check) {
    assertThatThrownBy(all(check, flaw)).isInstanceOf(AssertionError.class);
  }

  static Stream<Arguments> checks() {
    Set<Object> seen = new HashSet<>();
    return flaws()
        .map(flaw -> Arguments.of(flaw.get()[1], flaw.get()[2]))
        .filter(check -> seen.add(check.get()[0]));
  }

  @ParameterizedTest(name = "nothing is found by {0}")
  @MethodSource("checks")
  void nothingIsFoundWhereNothingIsWrong(String by, Check check) throws Throwable {
    all(check, Flaw.NONE).call();
  }

  private static ThrowingCallable all(Check check, Flaw flaw) {
    return () -> {
      if (check.of(new Contract(flaw)) instanceof Stream<?> tests) {
        for (Object test : tests.limit(MOST_CONVERSATIONS).toList()) {
          ((DynamicTest) test).getExecutable().execute();
        }
      }
    };
  }

  @Test
  void aTransportThatDoesNotStreamIsNotAskedTo() {
    TransportContract contract =
        new TransportContract() {
          @Override
          protected TransportDriver driver() {
            return options -> new FlawedTransport(Flaw.READS_AHEAD, options);
          }

          @Override
          protected boolean streams() {
            return false;
          }
        };
    assertThat(contract.rowsThatNobodyTakesHoldUpTheServer()).isEmpty();
  }
}
