package io.bonito.transport;

import io.bonito.protocol.failure.ConnectionException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The addresses of a name, within a time limit.
 *
 * <p>The JVM's own look-up has none and can take half a minute. So it runs on a thread of its own,
 * which is left behind where it takes too long. Addresses and localhost need no look-up.
 */
final class Resolver {
  private Resolver() {}

  /**
   * @throws TimeoutException where the time ran out first
   * @throws ConnectionException where there is no such name
   */
  static InetAddress[] addresses(String host, long nanosLeft)
      throws ConnectionException, TimeoutException {
    try {
      if (nanosLeft == Line.NO_LIMIT || isAddress(host) || host.equalsIgnoreCase("localhost")) {
        return InetAddress.getAllByName(host);
      }
      FutureTask<InetAddress[]> lookUp = new FutureTask<>(() -> InetAddress.getAllByName(host));
      Threads.daemon("bonito-resolve-" + host, lookUp).start();
      return lookUp.get(nanosLeft, TimeUnit.NANOSECONDS);
    } catch (UnknownHostException e) {
      throw ConnectionException.unresolved(host, e);
    } catch (ExecutionException e) {
      throw ConnectionException.unresolved(host, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConnectionException.lost(
          host, "the thread was interrupted while it connected", /* commandMayHaveRun= */ false, e);
    }
  }

  /** IPv6 holds a colon; IPv4 nothing but digits and dots. */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
