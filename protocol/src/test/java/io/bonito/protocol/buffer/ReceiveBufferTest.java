package io.bonito.protocol.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
  @Test
  void consumedBytesStayUntilRoomIsAskedFor() {
    ReceiveBuffer buffer = new ReceiveBuffer(8);
    put(buffer, 1, 2, 3);
    buffer.consume(3);
    assertThat(buffer.bytes()[1]).isEqualTo((byte) 2);
    assertThat(buffer.size()).isZero();
  }

  @Test
  void roomIsNeverEmpty() {
    ReceiveBuffer buffer = new ReceiveBuffer(4);
    put(buffer, 1, 2, 3, 4);
    assertThat(buffer.space().remaining()).isEqualTo(4);
    assertThat(buffer.bytes()).hasSize(8);
    assertThat(buffer.size()).isEqualTo(4);
  }

  @Test
  void unconsumedBytesMoveToTheFrontBeforeTheArrayGrows() {
    ReceiveBuffer buffer = new ReceiveBuffer(8);
    put(buffer, 1, 2, 3, 4, 5, 6, 7, 8);
    buffer.consume(6);
    assertThat(buffer.space().remaining()).isEqualTo(6);
    assertThat(buffer.start()).isZero();
    assertThat(buffer.bytes()).hasSize(8).startsWith(7, 8);
  }

  @Test
  void aLargeArrayIsGivenUpWhenItRunsEmpty() {
    ReceiveBuffer buffer = new ReceiveBuffer(1024);
    buffer.append(new byte[300_000], 0, 300_000);
    assertThat(buffer.bytes().length).isGreaterThan(256 * 1024);
    buffer.consume(300_000);
    buffer.space();
    assertThat(buffer.bytes()).hasSize(1024);
  }

  private static void put(ReceiveBuffer buffer, int... values) {
    for (int value : values) {
      ByteBuffer room = buffer.space();
      room.put((byte) value);
      buffer.received(1);
    }
  }
}
