package io.bonito.protocol.option;

/**
 * How far the server is away, as the transport found it when it opened the channel. On the two near
 * ones nothing leaves the machine, so they count as verified.
 */
public enum Peer {
  REMOTE,
  LOOPBACK,
  UNIX_SOCKET;

  public boolean isLocal() {
    return this != REMOTE;
  }
}
