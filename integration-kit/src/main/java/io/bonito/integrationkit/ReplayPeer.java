package io.bonito.integrationkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.ServerProfile;
import io.bonito.testkit.script.Conversation;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.tls.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.net.ssl.SSLSocket;

/**
 * The server's side of a conversation, on one connection.
 *
 * <p>The client must say what it said when the conversation was recorded, but for {@link
 * ServerProfile#QUESTIONS}, which a transport may ask; they are refused.
 */
final class ReplayPeer implements LoopbackPeer.Treatment {
  /** A packet that answers nothing: no exchange has come to this number. */
  private static final byte[] NONSENSE = {3, 0, 0, 99, 1, 2, 3};

  private static final byte[] REFUSAL = Packets.error(1227, "42000", "this was not recorded");

  private static final int PACKET_HEADER = 4;
  private static final int FRAME_HEADER = 7;

  /** Of what is compared to the questions; they are shorter. */
  private static final int LONGEST_QUESTION = 1024;

  private final Conversation conversation;
  private final boolean compressed;
  private final int pieceSize;
  private final int bytes;
  private final Ending ending;

  /**
   * @param bytes how many bytes are said before the ending comes; {@code Integer.MAX_VALUE} for all
   */
  ReplayPeer(Conversation conversation, int pieceSize, int bytes, Ending ending) {
    this.conversation = conversation;
    this.compressed =
        conversation.steps().stream()
            .anyMatch(
                step ->
                    step instanceof Conversation.Step.Asked asked
                        && asked.text().contains("useCompression=true"));
    this.pieceSize = pieceSize;
    this.bytes = bytes;
    this.ending = ending;
  }

  @Override
  public void of(Socket socket) throws Exception {
    new Side(socket).play();
  }

  private final class Side {
    private final Socket plain;
    private PushbackInputStream in;
    private OutputStream out;
    private int left = bytes;
    private boolean loggedIn;

    Side(Socket socket) throws IOException {
      plain = socket;
      in = new PushbackInputStream(socket.getInputStream(), 2 * LONGEST_QUESTION);
      out = socket.getOutputStream();
    }

    void play() throws Exception {
      for (Conversation.Step step : conversation.steps()) {
        if (left == 0) {
          break;
        }
        if (step instanceof Conversation.Step.FromServer said) {
          say(said.bytes());
        } else if (step instanceof Conversation.Step.FromClient said) {
          expect(said.bytes());
        } else if (step instanceof Conversation.Step.Due due && due.text().equals("START_TLS")) {
          startTls();
        } else if (step instanceof Conversation.Step.Due due && due.text().equals("READY")) {
          loggedIn = true;
        }
      }
      if (left == 0) {
        end();
      }
      LoopbackPeer.awaitEnd(in);
    }

    private void say(byte[] said) throws IOException {
      int end = Math.min(said.length, left);
      for (int at = 0; at < end; at += pieceSize) {
        out.write(said, at, Math.min(pieceSize, end - at));
      }
      left -= end;
    }

    private void end() throws IOException {
      switch (ending) {
        case END_OF_STREAM -> plain.shutdownOutput();
        case RESET -> LoopbackPeer.reset(plain);
        case STALL -> {}
        case NONSENSE -> out.write(NONSENSE);
      }
    }

    private void startTls() throws IOException {
      SSLSocket secured =
          (SSLSocket)
              CertificateAuthority.sharedServer()
                  .context()
                  .getSocketFactory()
                  .createSocket(plain, in, /* autoClose= */ true);
      secured.setUseClientMode(false);
      secured.startHandshake();
      in = new PushbackInputStream(secured.getInputStream(), 2 * LONGEST_QUESTION);
      out = secured.getOutputStream();
    }

    private void expect(byte[] due) throws IOException {
      while (loggedIn && isQuestion()) {
        byte[] answer = Frames.frame(1, REFUSAL);
        out.write(compressed ? framed(answer) : answer);
      }
      byte[] said = in.readNBytes(due.length);
      if (said.length < due.length) {
        throw new IOException("the transport has gone");
      }
      if (!Arrays.equals(said, due)) {
        throw new AssertionError(
            conversation.name()
                + ": the transport sent\n"
                + HexFormat.of().formatHex(said)
                + "\nwhere\n"
                + HexFormat.of().formatHex(due)
                + "\nwas recorded");
      }
    }

    /** Takes the next packet if it is one of the questions. */
    private boolean isQuestion() throws IOException {
      int headerSize = compressed ? FRAME_HEADER : PACKET_HEADER;
      byte[] header = in.readNBytes(headerSize);
      int length = header.length < headerSize ? LONGEST_QUESTION : int24(header, 0);
      if (length >= LONGEST_QUESTION) {
        in.unread(header);
        return false;
      }
      byte[] body = in.readNBytes(length);
      byte[] payload = body;
      if (compressed) {
        byte[] packet = inflated(body, int24(header, PACKET_HEADER));
        payload = Arrays.copyOfRange(packet, Math.min(PACKET_HEADER, packet.length), packet.length);
      }
      String text = payload.length == 0 ? "" : new String(payload, 1, payload.length - 1, UTF_8);
      if (ServerProfile.QUESTIONS.contains(text)) {
        return true;
      }
      in.unread(body);
      in.unread(header);
      return false;
    }
  }

  private static int int24(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff)
        | (bytes[offset + 1] & 0xff) << 8
        | (bytes[offset + 2] & 0xff) << 16;
  }

  private static byte[] inflated(byte[] body, int size) throws IOException {
    if (size == 0) {
      return body;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(body);
      byte[] content = new byte[size];
      int count = inflater.inflate(content);
      return Arrays.copyOf(content, count);
    } catch (DataFormatException e) {
      throw new IOException("the transport sent what cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }

  /** In a frame of the compressed protocol, as it is. */
  private static byte[] framed(byte[] packet) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(packet.length);
    frame.write(packet.length >> 8);
    frame.write(packet.length >> 16);
    frame.write(1);
    frame.writeBytes(new byte[3]);
    frame.writeBytes(packet);
    return frame.toByteArray();
  }
}
