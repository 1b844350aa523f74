package io.bonito.integrationkit;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Peer;
import io.bonito.testkit.script.Conversation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Plays the server's side of a conversation to a session, without a socket.
 *
 * <pre>{@code
 * MemoryReplay replay = new MemoryReplay(conversation);
 * replay.inPieces(3);
 * assertThat(replay.events()).isEqualTo(MemoryReplay.due(conversation));
 * }</pre>
 */
class MemoryReplay {
  private static final TlsPeer VERIFIED = new TlsPeer(PeerTrust.VERIFIED, new byte[32]);

  /** Recorded answers to a challenge are the same only with the same dice. */
  private static final long SEED = 1;

  private final Conversation conversation;
  private final Session session;
  private final Caller caller = new Caller();
  private final List<String> events = new ArrayList<>();
  private long bytesLeft = Long.MAX_VALUE;
  private int bytesGiven;
  private boolean clientChecked = true;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  MemoryReplay(Conversation conversation) {
    this.conversation = conversation;
    this.session = session(Caller.options(conversation));
  }

  static Session session(ConnectionOptions options) {
    return new Session(
        SessionOptions.of(
            options, Peer.LOOPBACK, SessionOptions.credentials(options), new Random(SEED)));
  }

  /** All events that a conversation says are due. */
  static List<String> due(Conversation conversation) {
    return conversation.steps().stream()
        .filter(Conversation.Step.Due.class::isInstance)
        .map(step -> ((Conversation.Step.Due) step).text())
        .toList();
  }

  List<String> events() {
    return events;
  }

  Session session() {
    return session;
  }

  /** How many bytes of the server the session has been given. */
  int bytesGiven() {
    return bytesGiven;
  }

  /** Does not look at what the client says: it may have been told nonsense. */
  MemoryReplay withoutLookingAtTheClient() {
    clientChecked = false;
    return this;
  }

  /** Replays it, the server's bytes arriving so many at a time. */
  void inPieces(int size) {
    for (Conversation.Step step : conversation.steps()) {
      if (bytesLeft <= 0 || session.hasEnded()) {
        return;
      }
      if (step instanceof Conversation.Step.Asked asked) {
        ask(asked.text());
        // So that what is due without bytes comes now, and not with those that follow.
        pull();
      } else if (step instanceof Conversation.Step.FromClient said) {
        fromClient(said.bytes());
      } else if (step instanceof Conversation.Step.FromServer said) {
        fromServer(said.bytes(), size);
      }
    }
  }

  /** Replays so many bytes of the server, then ends the stream. */
  void cutAfter(int bytes, int pieceSize) {
    bytesLeft = bytes;
    if (bytes > 0) {
      inPieces(pieceSize);
    }
    if (!session.hasEnded()) {
      session.endOfStream();
      pull();
    }
  }

  void ask(String line) {
    caller.ask(line, session);
  }

  private void fromServer(byte[] bytes, int pieceSize) {
    int end = (int) Math.min(bytes.length, bytesLeft);
    bytesLeft -= end;
    for (int at = 0; at < end && !session.hasEnded(); ) {
      ByteBuffer room = session.inbound();
      int count = Math.min(Math.min(pieceSize, room.remaining()), end - at);
      room.put(bytes, at, count);
      session.received(count);
      bytesGiven += count;
      at += count;
      pull();
    }
  }

  private void pull() {
    while (!session.hasEnded()) {
      Event event = session.next();
      if (event == Event.NEED_BYTES) {
        return;
      }
      told(event);
      switch (event) {
        case START_TLS -> {
          takeOutbound();
          session.tlsEstablished(VERIFIED);
        }
        case LOCAL_DATA -> {
          byte[] data = caller.localData();
          session.localData(data, 0, data.length);
          session.localDataEnd();
        }
        default -> {}
      }
    }
  }

  /** The session says something. */
  void told(Event event) {
    events.add(EventText.of(event, session.exchange()));
  }

  private void takeOutbound() {
    ByteBuffer outbound = session.outbound();
    byte[] bytes = new byte[outbound.remaining()];
    outbound.get(bytes);
    said.writeBytes(bytes);
  }

  private void fromClient(byte[] due) {
    if (!session.hasEnded()) {
      takeOutbound();
    }
    byte[] all = said.toByteArray();
    int same = Math.max(0, Arrays.mismatch(all, due));
    said.reset();
    if (Arrays.equals(all, due) || same == due.length) {
      said.write(all, due.length, all.length - due.length);
    } else if (clientChecked) {
      throw new AssertionError(
          conversation.name()
              + ": the client says\n"
              + HexFormat.of().formatHex(all)
              + "\nwhere it said\n"
              + HexFormat.of().formatHex(due));
    }
  }
}
