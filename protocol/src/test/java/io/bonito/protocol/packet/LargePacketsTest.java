package io.bonito.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.ReceiveBuffer;
import io.bonito.testkit.script.Frames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads around the size where they go on in a further packet, in both directions. */
class LargePacketsTest {
  private static final int LARGEST = 0xFFFFFF;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LARGEST - 1, LARGEST, LARGEST + 1, 2 * LARGEST, 2 * LARGEST + 1})
  void aPayloadIsWrittenInAsManyPacketsAsItNeeds(int size) {
    ByteWriter out = new ByteWriter();
    PacketWriter writer = new PacketWriter(out);
    byte[] payload = pattern(size);
    writer.beginReply(3).writeBytes(payload);
    int packets = size / LARGEST + 1;
    assertThat(writer.end()).isEqualTo(3 + packets);
    assertThat(Arrays.equals(sent(out), Frames.frame(3, payload))).isTrue();
  }

  @Test
  void packetsBehindALargeOneAreWhole() {
    ByteWriter out = new ByteWriter();
    PacketWriter writer = new PacketWriter(out);
    writer.beginCommand().writeBytes(pattern(LARGEST));
    writer.end();
    writer.beginCommand().writeBytes(pattern(5));
    writer.end();
    List<byte[]> payloads = new ArrayList<>();
    byte[] sent = sent(out);
    new Frames().feed(sent, 0, sent.length, (sequence, payload) -> payloads.add(payload));
    assertThat(payloads).hasSize(2);
    assertThat(payloads.get(1)).isEqualTo(pattern(5));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LARGEST - 1, LARGEST, LARGEST + 1, 2 * LARGEST, 2 * LARGEST + 1})
  void aPayloadIsReadFromAllItsPackets(int size) {
    ReceiveBuffer received = new ReceiveBuffer(1024);
    PacketReader reader = new PacketReader(received, 1 << 30);
    reader.expect(250);
    byte[] payload = pattern(size);
    assertThat(feed(received, reader, Frames.frame(250, payload))).isTrue();
    assertThat(Arrays.equals(rest(reader.payload()), payload)).isTrue();
    assertThat(reader.sequence()).isEqualTo((250 + size / LARGEST + 1) & 0xFF);
    assertThat(reader.isMidPacket()).isFalse();
  }

  @Test
  void thePayloadAfterALargeOneIsReadToo() {
    ReceiveBuffer received = new ReceiveBuffer(1024);
    PacketReader reader = new PacketReader(received, 1 << 30);
    byte[] both = new byte[LARGEST + 8 + 4 + 5];
    byte[] large = Frames.frame(0, pattern(LARGEST));
    System.arraycopy(large, 0, both, 0, large.length);
    byte[] small = Frames.frame(2, pattern(5));
    System.arraycopy(small, 0, both, large.length, small.length);
    assertThat(feed(received, reader, both)).isTrue();
    assertThat(reader.payload().remaining()).isEqualTo(LARGEST);
    assertThat(reader.next()).isTrue();
    assertThat(rest(reader.payload())).isEqualTo(pattern(5));
    assertThat(reader.next()).isFalse();
  }

  @Test
  void thePartsOfAPayloadAreNumbered() {
    ReceiveBuffer received = new ReceiveBuffer(1024);
    PacketReader reader = new PacketReader(received, 1 << 30);
    byte[] packets = Frames.frame(0, pattern(LARGEST + 1));
    packets[4 + LARGEST + 3] = 2;
    assertThatThrownBy(() -> feed(received, reader, packets))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("packet 2 where 1 was due");
  }

  @Test
  void partsWithoutEndAreRefusedAsSoonAsTheirSumIsTooLarge() {
    ReceiveBuffer received = new ReceiveBuffer(1024);
    PacketReader reader = new PacketReader(received, LARGEST + 100);
    assertThat(feed(received, reader, Frames.frame(0, pattern(LARGEST)))).isTrue();
    feed(received, reader, Arrays.copyOf(Frames.frame(1 + 1, pattern(LARGEST)), LARGEST + 4));
    assertThatThrownBy(() -> feed(received, reader, new byte[] {101, 0, 0, 3}))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("payload of 16777316 bytes or more, at most 16777315 are taken");
  }

  /** All but what arrives is only declared, and costs nothing. */
  @Test
  void aDeclaredLengthAllocatesNothing() {
    ReceiveBuffer received = new ReceiveBuffer(1024);
    PacketReader reader = new PacketReader(received, 1 << 30);
    assertThat(feed(received, reader, new byte[] {-1, -1, -1, 0, 1, 2, 3})).isFalse();
    assertThat(received.bytes()).hasSize(1024);
  }

  private static boolean feed(ReceiveBuffer received, PacketReader reader, byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      ByteBuffer room = received.space();
      int count = Math.min(Math.min(room.remaining(), 1 << 20), bytes.length - at);
      room.put(bytes, at, count);
      received.received(count);
      at += count;
      if (reader.next()) {
        received.append(bytes, at, bytes.length - at);
        return true;
      }
    }
    return false;
  }

  private static byte[] rest(ByteReader payload) {
    return Arrays.copyOfRange(
        payload.bytes(), payload.position(), payload.position() + payload.remaining());
  }

  private static byte[] sent(ByteWriter out) {
    ByteBuffer drained = out.drain();
    byte[] bytes = new byte[drained.remaining()];
    drained.get(bytes);
    return bytes;
  }

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 >>> 3);
    }
    return bytes;
  }
}
