package io.bonito.protocol.exchange;

import io.bonito.protocol.packet.PacketWriter;
import io.bonito.protocol.value.DecodingOptions;

/**
 * What the exchanges of one session have in common: where they write, what they know of the server,
 * and how values are to be read.
 */
public record Wire(PacketWriter out, SessionState state, DecodingOptions decoding) {}
