package io.bonito.benchmarks.delay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DelayProxyTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private ServerSocket echo;

  /** Sends back whatever it is sent, on each connection until its end. */
  @BeforeEach
  void startEcho() throws Exception {
    echo = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    DelayProxy.start(
        "echo",
        () -> {
          while (!echo.isClosed()) {
            try (Socket client = echo.accept()) {
              client.getInputStream().transferTo(client.getOutputStream());
            } catch (java.io.IOException e) {
              // The test has ended.
            }
          }
        });
  }

  @AfterEach
  void stopEcho() throws Exception {
    echo.close();
  }

  private DelayProxy proxy(long nanos) throws Exception {
    return new DelayProxy("127.0.0.1", echo.getLocalPort(), nanos);
  }

  private static Socket connect(DelayProxy proxy) throws Exception {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  @Test
  void everyRoundTripTakesTheDelayAtLeast() throws Exception {
    long delay = 20 * MILLI;
    try (DelayProxy proxy = proxy(delay);
        Socket client = connect(proxy)) {
      for (int i = 0; i < 5; i++) {
        long sent = System.nanoTime();
        client.getOutputStream().write(i);
        assertThat(client.getInputStream().read()).isEqualTo(i);
        assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(delay);
      }
    }
  }

  @Test
  void aNewConnectionHasItsFirstAnswerAfterTheHandshakeToo() throws Exception {
    long delay = 20 * MILLI;
    try (DelayProxy proxy = proxy(delay)) {
      long began = System.nanoTime();
      try (Socket client = connect(proxy)) {
        client.getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(2 * delay);
      }
    }
  }

  @Test
  void bytesArriveWholeAndInTheirOrderUpToTheEnd() throws Exception {
    byte[] bytes = new byte[9_000_001];
    new Random(1).nextBytes(bytes);
    try (DelayProxy proxy = proxy(MILLI);
        Socket client = connect(proxy)) {
      DelayProxy.start("sender", () -> send(client, bytes));
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes);
    }
  }

  private static void send(Socket client, byte[] bytes) {
    try {
      OutputStream out = client.getOutputStream();
      out.write(bytes);
      client.shutdownOutput();
    } catch (java.io.IOException e) {
      // The reader will miss what was not sent.
    }
  }

  /** More than the kernel keeps for a peer that does not read. */
  @Test
  void bytesAreTakenWhileEarlierOnesAreStillUnderWay() throws Exception {
    try (DelayProxy proxy = proxy(TimeUnit.HOURS.toNanos(1));
        Socket client = connect(proxy)) {
      client.getOutputStream().write(new byte[48 << 20]);
      assertThat(client.getInputStream().available()).isZero();
    }
  }

  @Test
  void closingEndsTheConnections() throws Exception {
    DelayProxy proxy = proxy(MILLI);
    try (Socket client = connect(proxy)) {
      client.getOutputStream().write(1);
      InputStream in = client.getInputStream();
      assertThat(in.read()).isEqualTo(1);
      proxy.close();
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
