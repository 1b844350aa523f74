package io.bonito.protocol;

import io.bonito.protocol.message.ServerVersion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process knows of the servers it has been connected to, whatever the transport. The
 * first connection to a host asks; those that come meanwhile do not wait for it, and look again
 * later.
 */
public final class KnownServers {
  /** With the version, so that a server that was upgraded is asked again. */
  private record Host(String target, ServerVersion version) {}

  /** Far more than there are; a server that says another version each time fills no memory. */
  private static final int MOST_KNOWN = 1024;

  /** Empty while a connection asks. */
  private static final Map<Host, Optional<ServerProfile>> KNOWN = new ConcurrentHashMap<>();

  private KnownServers() {}

  /**
   * What a connection of this process has learnt; empty as long as none has.
   *
   * @param target as {@code ConnectionOptions.target()} names the host
   */
  public static Optional<ServerProfile> profile(String target, ServerVersion version) {
    return KNOWN.getOrDefault(new Host(target, version), Optional.empty());
  }

  /**
   * Begins to ask, where no connection has asked or is asking; else there is nothing to ask. To be
   * closed, whatever has come of it.
   */
  public static ProfileInquiry inquire(String target, ServerVersion version) {
    if (KNOWN.size() >= MOST_KNOWN) {
      KNOWN.clear();
    }
    Host host = new Host(target, version);
    return KNOWN.putIfAbsent(host, Optional.empty()) != null
        ? ProfileInquiry.NEEDLESS
        : new ProfileInquiry(
            answers -> KNOWN.put(host, Optional.of(answers.profile(version))),
            () -> KNOWN.remove(host, Optional.empty()));
  }
}
