package io.bonito.transport;

import static io.bonito.transport.PeerHealth.Verdict.CLOSE;
import static io.bonito.transport.PeerHealth.Verdict.NOTHING;
import static io.bonito.transport.PeerHealth.Verdict.PROBE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerHealthTest {
  private final PeerHealth health = new PeerHealth();

  @Test
  void nothingIsDoneBeforeTwentySecondsOfSilence() {
    assertThat(judge(0, 0)).isEqualTo(NOTHING);
    assertThat(judge(19, 19)).isEqualTo(NOTHING);
    assertThat(judge(20, 20)).isEqualTo(PROBE);
  }

  @Test
  void oneProbeAtATime() {
    assertThat(judge(20, 20)).isEqualTo(PROBE);
    assertThat(judge(21, 21)).isEqualTo(NOTHING);
    assertThat(judge(29, 29)).isEqualTo(NOTHING);
  }

  /** The whole course: 45 s and a tick after the last sign of life. */
  @Test
  void twoSilentProbesFifteenSecondsApartCloseWithinAMinute() {
    assertThat(judge(20, 20)).isEqualTo(PROBE);
    health.silent(); // at 30
    assertThat(judge(31, 31)).isEqualTo(NOTHING);
    assertThat(judge(34, 34)).isEqualTo(NOTHING);
    assertThat(judge(35, 35)).isEqualTo(PROBE);
    assertThat(judge(40, 40)).isEqualTo(NOTHING);
    health.silent(); // at 45
    assertThat(judge(46, 46)).isEqualTo(CLOSE);
  }

  @Test
  void anyAnswerIsLife() {
    assertThat(judge(20, 20)).isEqualTo(PROBE);
    health.silent();
    assertThat(judge(35, 35)).isEqualTo(PROBE);
    health.heard();
    assertThat(judge(36, 1)).isEqualTo(NOTHING);
    assertThat(judge(55, 20)).isEqualTo(PROBE);
    health.silent();
    assertThat(judge(69, 34)).isEqualTo(NOTHING);
  }

  @Test
  void aCallThatEndedMeanwhileBeginsItAnew() {
    assertThat(judge(20, 20)).isEqualTo(PROBE);
    health.silent();
    assertThat(judge(31, 0)).isEqualTo(NOTHING);
    assertThat(judge(60, 20)).isEqualTo(PROBE);
    health.silent();
    assertThat(judge(74, 34)).isEqualTo(NOTHING);
  }

  private PeerHealth.Verdict judge(long seconds, long silentSeconds) {
    return health.judge(TimeUnit.SECONDS.toNanos(seconds), TimeUnit.SECONDS.toNanos(silentSeconds));
  }
}
