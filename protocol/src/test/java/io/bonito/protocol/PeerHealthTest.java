package io.bonito.protocol;

import static io.bonito.protocol.PeerHealth.Verdict.CLOSE;
import static io.bonito.protocol.PeerHealth.Verdict.NOTHING;
import static io.bonito.protocol.PeerHealth.Verdict.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerHealthTest {
  private static final int WAITING = 1;
  private static final int IDLE = 2;

  private final PeerHealth<String> health = new PeerHealth<>();
  private final Map<String, Integer> beats = new HashMap<>();

  @Test
  void nothingIsDoneBeforeTwentySecondsOfSilence() {
    connection("a", WAITING);
    assertThat(lookAt(0)).isEqualTo(NOTHING);
    assertThat(lookAt(19)).isEqualTo(NOTHING);
    assertThat(lookAt(20)).isEqualTo(PROBE);
    assertThat(health.longestSilent()).isEqualTo("a");
  }

  @Test
  void whoWaitsForNothingIsNotMissed() {
    connection("a", IDLE);
    assertThat(lookAt(0)).isEqualTo(NOTHING);
    assertThat(lookAt(100)).isEqualTo(NOTHING);
    assertThat(health.longestSilent()).isNull();
  }

  @Test
  void oneProbeAtATimeForAllOfAHost() {
    connection("a", WAITING);
    connection("b", WAITING);
    assertThat(lookAt(20)).isEqualTo(PROBE);
    assertThat(lookAt(21)).isEqualTo(NOTHING);
    assertThat(lookAt(29)).isEqualTo(NOTHING);
  }

  /** The whole course: 45 s and a look after the last sign of life. */
  @Test
  void twoSilentProbesFifteenSecondsApartCloseWithinAMinute() {
    connection("a", WAITING);
    assertThat(lookAt(20)).isEqualTo(PROBE);
    health.silent(); // at 30
    assertThat(lookAt(31)).isEqualTo(NOTHING);
    assertThat(lookAt(34)).isEqualTo(NOTHING);
    assertThat(lookAt(35)).isEqualTo(PROBE);
    assertThat(lookAt(40)).isEqualTo(NOTHING);
    health.silent(); // at 45
    assertThat(lookAt(46)).isEqualTo(CLOSE);
    assertThat(health.giveUp(seconds(46)))
        .containsExactly(
            entry(
                "a",
                "the server has sent nothing for 46 s,"
                    + " and its host answered neither of two probes"));
  }

  @Test
  void onlyThoseAreClosedThatHaveWaitedAsLong() {
    connection("old", WAITING);
    connection("idle", IDLE);
    assertThat(lookAt(20)).isEqualTo(PROBE);
    health.silent();
    beats.put("idle", WAITING + 2); // asks now
    assertThat(lookAt(35)).isEqualTo(PROBE);
    health.silent();
    assertThat(lookAt(46)).isEqualTo(CLOSE);
    assertThat(health.giveUp(seconds(46))).containsOnlyKeys("old");
    assertThat(lookAt(47)).isEqualTo(NOTHING);
  }

  @Test
  void anyAnswerIsLifeAndAllBeginsAnew() {
    connection("a", WAITING);
    assertThat(lookAt(20)).isEqualTo(PROBE);
    health.silent();
    assertThat(lookAt(35)).isEqualTo(PROBE);
    health.heard(seconds(36));
    assertThat(lookAt(55)).isEqualTo(NOTHING);
    assertThat(lookAt(56)).isEqualTo(PROBE);
    health.silent();
    assertThat(lookAt(70)).isEqualTo(NOTHING);
  }

  @Test
  void aCallThatEndedMeanwhileBeginsItAnew() {
    connection("a", WAITING);
    assertThat(lookAt(20)).isEqualTo(PROBE);
    health.silent();
    beats.put("a", WAITING + 2);
    assertThat(lookAt(31)).isEqualTo(NOTHING);
    assertThat(lookAt(51)).isEqualTo(PROBE);
    health.silent();
    assertThat(lookAt(65)).isEqualTo(NOTHING);
  }

  @Test
  void whoHasLeftIsNotMissed() {
    connection("a", WAITING);
    health.remove("a");
    assertThat(health.isEmpty()).isTrue();
    assertThat(lookAt(20)).isEqualTo(NOTHING);
  }

  private void connection(String name, int beat) {
    beats.put(name, beat);
    health.add(name, beat, 0);
  }

  private PeerHealth.Verdict lookAt(long seconds) {
    return health.look(seconds(seconds), beats::get);
  }

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }
}
