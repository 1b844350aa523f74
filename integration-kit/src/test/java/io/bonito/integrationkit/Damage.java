package io.bonito.integrationkit;

import io.bonito.testkit.script.Conversation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Does to a conversation what a broken or hostile server would. */
final class Damage {
  private static final int HEADER_SIZE = 4;

  private Damage() {}

  /** Damages one answer of the server, chosen by the dice. */
  static Conversation of(Conversation whole, RandomGenerator dice) {
    List<Conversation.Step> steps = new ArrayList<>(whole.steps());
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Conversation.Step.FromServer) {
        answers.add(i);
      }
    }
    int chosen = answers.get(dice.nextInt(answers.size()));
    byte[] bytes = ((Conversation.Step.FromServer) steps.get(chosen)).bytes();
    steps.set(chosen, new Conversation.Step.FromServer(damaged(bytes, dice)));
    return new Conversation(whole.name(), steps);
  }

  private static byte[] damaged(byte[] whole, RandomGenerator dice) {
    List<byte[]> packets = packets(whole);
    int one = dice.nextInt(packets.size());
    int other = dice.nextInt(packets.size());
    switch (dice.nextInt(8)) {
      case 0 -> packets.remove(one);
      case 1 -> packets.add(one, packets.get(one));
      case 2 -> Collections.swap(packets, one, other);
      case 3 -> packets.set(one, lengthened(packets.get(one), dice.nextInt(1, 300)));
      case 4 -> packets.set(one, lengthened(packets.get(one), -dice.nextInt(1, 20)));
      default -> {
        for (int changes = dice.nextInt(1, 4); changes > 0; changes--) {
          byte[] packet = packets.get(dice.nextInt(packets.size()));
          packet[dice.nextInt(packet.length)] = value(dice);
        }
      }
    }
    return joined(packets);
  }

  /** Small numbers and the marks of NULL, ERR and long lengths break more than others. */
  private static byte value(RandomGenerator dice) {
    int[] telling = {0, 1, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF, 0x7F, 0x80};
    return (byte) (dice.nextBoolean() ? telling[dice.nextInt(telling.length)] : dice.nextInt(256));
  }

  /** A packet with bytes added or taken away at its end, its header telling the truth. */
  private static byte[] lengthened(byte[] packet, int by) {
    if (packet.length <= HEADER_SIZE) {
      return packet;
    }
    byte[] longer = Arrays.copyOf(packet, Math.max(HEADER_SIZE, packet.length + by));
    longer[0] = (byte) (longer.length - HEADER_SIZE);
    longer[1] = (byte) (longer.length - HEADER_SIZE >> 8);
    longer[2] = (byte) (longer.length - HEADER_SIZE >> 16);
    return longer;
  }

  private static List<byte[]> packets(byte[] bytes) {
    List<byte[]> packets = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int end = bytes.length;
      if (bytes.length - at >= HEADER_SIZE) {
        int size = bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
        end = Math.min(end, at + HEADER_SIZE + size);
      }
      packets.add(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
    return packets;
  }

  private static byte[] joined(List<byte[]> packets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    packets.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }
}
