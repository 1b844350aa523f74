package io.bonito.integrationkit;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What any transport must pass. Extend it in your tests, give it a driver, and run it with JUnit:
 *
 * <pre>{@code
 * class MyTransportContractTest extends TransportContract {
 *   protected TransportDriver driver() {
 *     return options -> new MyDrivenConnection(MyTransport.open(options));
 *   }
 * }
 * }</pre>
 *
 * <p>All of it runs over real sockets on the loopback, with peers that say what real servers have
 * said, or what no server should. No call of the transport is waited for longer than {@link
 * #patience}, so that one that never ends is a failure and not a build that stands still.
 */
public abstract class TransportContract {
  /** Opens connections of the transport under test. */
  protected abstract TransportDriver driver();

  /** How long the kit waits for what the transport is to do; costs nothing where it does it. */
  protected Duration patience() {
    return Duration.ofSeconds(60);
  }

  /** How long the deadlines are that are to pass; each costs this time. */
  protected Duration deadline() {
    return Duration.ofMillis(100);
  }

  /**
   * Whether rows that nobody takes hold up the server. False for a transport that keeps whole
   * results on purpose; it must say so to its users.
   */
  protected boolean streams() {
    return true;
  }

  private Trial trial() {
    return new Trial(driver(), patience());
  }

  private ConversationChecks conversations() {
    return new ConversationChecks(trial(), deadline());
  }

  private FailureChecks failures() {
    return new FailureChecks(trial(), deadline());
  }

  private TlsChecks tls() {
    return new TlsChecks(trial(), deadline());
  }

  private FlowChecks flow() {
    return new FlowChecks(trial());
  }

  // ---- recorded conversations

  /** Bytes may arrive in any pieces; what is sent and told is the same. */
  @TestFactory
  public final Stream<DynamicTest> conversationsInPiecesOfEverySize() {
    return conversations().inPieces();
  }

  /** What had come before the end is told, then the connection is lost, and closed. */
  @TestFactory
  public final Stream<DynamicTest> theStreamEndsAtEveryByte() {
    return conversations().endsOfStream();
  }

  /** As at the end of the stream, but for what the RST takes with it. */
  @TestFactory
  public final Stream<DynamicTest> theConnectionBreaksAnywhere() {
    return conversations().resets();
  }

  /** What is no answer closes the connection before it is told. */
  @TestFactory
  public final Stream<DynamicTest> nonsenseComesAfterEveryEvent() {
    return conversations().nonsense();
  }

  /** The server stalls; the command's deadline ends the wait. */
  @TestFactory
  public final Stream<DynamicTest> aDeadlinePassesAfterEveryEvent() {
    return conversations().deadlines();
  }

  /** Nothing is told after the listener itself has aborted. */
  @TestFactory
  public final Stream<DynamicTest> theListenerAbortsAtEveryEvent() {
    return conversations().abortsByTheListener();
  }

  /** The server stalls; an abort from elsewhere ends the wait. */
  @TestFactory
  public final Stream<DynamicTest> anotherThreadAbortsAfterEveryEvent() {
    return conversations().abortsByAnotherThread();
  }

  /** The rest of an answer is passed over, and the next command is answered. */
  @TestFactory
  public final Stream<DynamicTest> anAnswerIsCancelledAtEveryEvent() {
    return conversations().cancelledAnswers();
  }

  // ---- servers that are not there, or not well

  @Test
  public final void aPortWhereNobodyListensRefuses() throws Exception {
    failures().nobodyListens();
  }

  @Test
  public final void aGreetingThatNeverComesTimesOut() throws Exception {
    failures().noGreetingComes();
  }

  /** The deadline is of all bytes together. */
  @Test
  public final void aGreetingThatTricklesTimesOut() throws Exception {
    failures().theGreetingTrickles();
  }

  @Test
  public final void aLoginThatIsNotAnsweredTimesOut() throws Exception {
    failures().theLoginIsNotAnswered();
  }

  @Test
  public final void aServerThatIsFullRejects() throws Exception {
    failures().theServerIsFull();
  }

  @Test
  public final void aPeerOfAnotherProtocolIsMalformedAndSentNothing() throws Exception {
    failures().thePeerSpeaksAnotherProtocol();
  }

  @Test
  public final void afterAFailureTheNextConnectionStartsAnew() throws Exception {
    failures().theNextConnectionStartsAnew();
  }

  @Test
  public final void aRefusalLeavesTheConnectionUsable() throws Exception {
    failures().aRefusalIsNoFailure();
  }

  @Test
  public final void closingTakesLeave() throws Exception {
    failures().closingTakesLeave();
  }

  @Test
  public final void aServersLeaveIsToldAndNothingHasRun() throws Exception {
    failures().theServerTakesItsLeave();
  }

  @Test
  public final void nothingIsAnsweredAfterTheEnd() throws Exception {
    failures().nothingIsAnsweredAfterTheEnd();
  }

  @Test
  public final void aServerThatTakesNoMoreBytesIsGivenUpAtTheDeadline() throws Exception {
    failures().theServerTakesNoMoreBytes();
  }

  @Test
  public final void aConnectionThatWaitsHoldsUpNoOther() throws Exception {
    failures().aConnectionThatWaitsHoldsUpNoOther();
  }

  // ---- TLS

  @Test
  public final void answersComeThroughTls() throws Exception {
    tls().answersComeThroughTls();
  }

  @Test
  public final void aCertificateOfAnUnknownAuthorityIsRefused() throws Exception {
    tls().anUnknownAuthorityIsRefused();
  }

  @Test
  public final void aServerWithoutTlsIsRefusedBeforeAnythingIsSent() throws Exception {
    tls().aServerWithoutTlsIsRefusedBeforeAnythingIsSent();
  }

  @Test
  public final void bytesInTheClearBeforeTlsAreRefused() throws Exception {
    tls().bytesInTheClearBeforeTlsAreRefused();
  }

  @Test
  public final void aServerThatGoesOnInTheClearIsRefused() throws Exception {
    tls().aServerThatGoesOnInTheClearIsRefused();
  }

  @Test
  public final void aHandshakeThatStallsTimesOut() throws Exception {
    tls().aHandshakeThatStallsTimesOut();
  }

  @Test
  public final void aDeadlinePassesInTlsToo() throws Exception {
    tls().aDeadlinePassesInTlsToo();
  }

  // ---- much data

  @Test
  public final void packetsOf16MebibytesAreSplitAndJoined() throws Exception {
    flow().packetsAreSplitAndJoined();
  }

  @Test
  public final void whatAStatementLoadsArrivesWhole() throws Exception {
    flow().whatIsLoadedArrivesWhole();
  }

  @Test
  public final void aServerThatAsksForAFileGetsNothing() throws Exception {
    flow().aServerThatAsksForAFileGetsNothing();
  }

  /** Not asked of a transport that does not stream. */
  @TestFactory
  public final Stream<DynamicTest> rowsThatNobodyTakesHoldUpTheServer() {
    return streams()
        ? Stream.of(
            DynamicTest.dynamicTest(
                "rows that nobody takes", flow()::rowsThatNobodyTakesHoldUpTheServer))
        : Stream.empty();
  }
}
