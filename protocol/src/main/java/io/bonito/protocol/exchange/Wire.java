package io.bonito.protocol.exchange;

import io.bonito.protocol.packet.PacketWriter;
import io.bonito.protocol.value.DecodingOptions;

/**
 * What the exchanges of one session have in common: where they write, what they know of the server,
 * and how values are to be read.
 */
public final class Wire {
  private final PacketWriter out;
  private final SessionState state;
  private final DecodingOptions decoding;
  private final ColumnsCache columns;

  public Wire(PacketWriter out, SessionState state, DecodingOptions decoding) {
    this.out = out;
    this.state = state;
    this.decoding = decoding;
    this.columns = new ColumnsCache(decoding);
  }

  public PacketWriter out() {
    return out;
  }

  public SessionState state() {
    return state;
  }

  DecodingOptions decoding() {
    return decoding;
  }

  ColumnsCache columns() {
    return columns;
  }
}
