package io.bonito.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.ReceiveBuffer;
import io.bonito.testkit.script.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedStreamTest {
  private final CompressedStream stream = new CompressedStream();
  private final ReceiveBuffer plain = new ReceiveBuffer(1024);

  @AfterEach
  void close() {
    stream.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 49, 50, 51, 65_535, 65_536, 0xFFFFFF, 0xFFFFFF + 1})
  void whatIsCompressedIsReadBack(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'a');
    assertReadBack(bytes);
  }

  @Test
  void whatCannotBecomeSmallerIsLeftAsItIs() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    assertReadBack(noise);
  }

  private void assertReadBack(byte[] bytes) {
    byte[] sent = bytes(stream.compress(ByteBuffer.wrap(bytes.clone()), true));
    hear(sent);
    while (stream.decompressInto(plain)) {
      // frame after frame
    }
    assertThat(Arrays.equals(heard(), bytes)).isTrue();
    assertThat(stream.isMidFrame()).isFalse();
  }

  @Test
  void smallCommandsAreFramedAndLeftAsTheyAre() {
    assertThat(bytes(stream.compress(ByteBuffer.wrap(new byte[] {1, 2, 3}), true)))
        .containsExactly(3, 0, 0, 0, 0, 0, 0, 1, 2, 3);
    assertThat(bytes(stream.compress(ByteBuffer.wrap(new byte[] {4}), false)))
        .containsExactly(1, 0, 0, 1, 0, 0, 0, 4);
    assertThat(bytes(stream.compress(ByteBuffer.wrap(new byte[] {5}), true)))
        .containsExactly(1, 0, 0, 0, 0, 0, 0, 5);
  }

  @Test
  void aFrameMayHoldPartOfAHeader() {
    hear(frame(0, new byte[] {1, 0}), frame(0, new byte[] {0, 0, 9}));
    assertThat(stream.decompressInto(plain)).isTrue();
    PacketReader packets = new PacketReader(plain, 100);
    assertThat(packets.next()).isFalse();
    assertThat(stream.decompressInto(plain)).isTrue();
    assertThat(packets.next()).isTrue();
    assertThat(packets.payload().readUint8()).isEqualTo(9);
  }

  @Test
  void emptyFramesHoldNothing() {
    hear(frame(0, new byte[0]), frame(0, new byte[0]));
    assertThat(stream.decompressInto(plain)).isTrue();
    assertThat(stream.decompressInto(plain)).isTrue();
    assertThat(stream.decompressInto(plain)).isFalse();
    assertThat(plain.size()).isZero();
  }

  @Test
  void aFrameOfNothingThatAnnouncesBytesIsRefused() {
    hear(frame(10, new byte[0]));
    assertRefused("a frame inflates to 0 bytes where 10 were announced");
  }

  @Test
  void lessThanAnnouncedIsRefused() {
    hear(frame(101, deflated(new byte[100])));
    assertRefused("a frame inflates to 100 bytes where 101 were announced");
  }

  @Test
  void moreThanAnnouncedIsRefused() {
    hear(frame(99, deflated(new byte[100])));
    assertRefused("a frame inflates to more than the 99 bytes announced");
  }

  @Test
  void aBombGivesNoMoreThanItAnnounces() {
    hear(frame(10, deflated(new byte[0xFFFFFF])));
    assertRefused("more than the 10 bytes announced");
    assertThat(plain.bytes().length).isLessThan(4096);
  }

  @Test
  void whatZlibCannotReadIsRefused() {
    hear(frame(100, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertRefused("a frame that zlib cannot read");
  }

  @Test
  void aWrongChecksumIsRefused() {
    byte[] wrong = deflated(new byte[100]);
    wrong[wrong.length - 1] ^= 1;
    hear(frame(100, wrong));
    assertRefused("a frame that zlib cannot read");
  }

  /** Servers have got the numbers of frames wrong, and nothing depends on them. */
  @Test
  void theNumbersOfFramesAreNotChecked() {
    byte[] frame = frame(0, new byte[] {1});
    frame[3] = 77;
    hear(frame);
    assertThat(stream.decompressInto(plain)).isTrue();
  }

  @Test
  void aDeclaredLengthAllocatesNothing() {
    hear(new Payload().int24(0xFFFFFF).int8(0).int24(0xFFFFFF).zeros(10).bytes());
    assertThat(stream.decompressInto(plain)).isFalse();
    assertThat(plain.bytes()).hasSize(1024);
    assertThat(stream.inbound().capacity()).isLessThanOrEqualTo(16 * 1024);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> stream.decompressInto(plain))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining(message);
  }

  private static byte[] frame(int plainSize, byte[] content) {
    return new Payload().int24(content.length).int8(0).int24(plainSize).raw(content).bytes();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] step = new byte[4096];
    while (!deflater.finished()) {
      out.write(step, 0, deflater.deflate(step));
    }
    deflater.end();
    return out.toByteArray();
  }

  private void hear(byte[]... frames) {
    for (byte[] frame : frames) {
      for (int at = 0; at < frame.length; ) {
        ByteBuffer room = stream.inbound();
        int count = Math.min(room.remaining(), frame.length - at);
        room.put(frame, at, count);
        stream.received(count);
        at += count;
      }
    }
  }

  private byte[] heard() {
    return Arrays.copyOfRange(plain.bytes(), plain.start(), plain.end());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
