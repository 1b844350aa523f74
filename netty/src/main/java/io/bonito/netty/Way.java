package io.bonito.netty;

import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.option.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import java.net.SocketAddress;

/** One address that a server may be reached at, and how. */
record Way(
    ChannelFactory<? extends Channel> channels,
    SocketAddress address,
    Peer peer,
    SessionOptions session) {}
