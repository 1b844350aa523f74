package io.bonito.testkit.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A talk with a server, as a text file that people can read and review.
 *
 * <pre>
 *   # comment
 *   &gt; query SELECT 1                                        what the caller asks
 *   C 09 00 00 00 03 53 45 4c 45 43 54 20 31           |.....SELECT 1|     bytes of the client
 *   S 01 00 00 01 01                                   |.....|             bytes of the server
 *   = ROW 1                                                 what is due for the caller
 * </pre>
 *
 * <p>Lines of bytes that follow each other on one side are one step. The gutter behind {@code |} is
 * for people; it is not read.
 */
public record Conversation(String name, List<Step> steps) {
  private static final int BYTES_PER_LINE = 16;
  private static final String BYTES_WIDTH = "%-" + 3 * BYTES_PER_LINE + "s";

  /** One thing that happened. */
  public sealed interface Step {
    /** A remark for people. */
    record Comment(String text) implements Step {}

    /** What the caller asked the client for, such as {@code query SELECT 1}. */
    record Asked(String text) implements Step {}

    record FromClient(byte[] bytes) implements Step {}

    record FromServer(byte[] bytes) implements Step {}

    /** What the caller was told, such as {@code ROW 1}. */
    record Due(String text) implements Step {}
  }

  public Conversation {
    steps = List.copyOf(steps);
  }

  public static Conversation load(Path file) {
    try {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.conversation$", "");
      return parse(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files that end in {@code .conversation} in a folder, by name. */
  public static List<Conversation> loadAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".conversation"))
          .sorted()
          .map(Conversation::load)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException where a line is none of the five kinds; with its number
   */
  public static Conversation parse(String name, String text) {
    List<Step> steps = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    char side = 0;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      char kind = line.charAt(0);
      if (kind != side && bytes.size() > 0) {
        steps.add(bytes(side, bytes));
      }
      String rest = line.substring(1).strip();
      switch (kind) {
        case '#' -> steps.add(new Step.Comment(rest));
        case '>' -> steps.add(new Step.Asked(rest));
        case '=' -> steps.add(new Step.Due(rest));
        case 'C', 'S' -> bytes.writeBytes(hex(name, number, rest));
        default ->
            throw new IllegalArgumentException(
                name + ", line " + number + ": \"" + kind + "\" where one of # > C S = is due");
      }
      side = kind;
    }
    if (bytes.size() > 0) {
      steps.add(bytes(side, bytes));
    }
    return new Conversation(name, steps);
  }

  private static Step bytes(char side, ByteArrayOutputStream bytes) {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return side == 'C' ? new Step.FromClient(taken) : new Step.FromServer(taken);
  }

  private static byte[] hex(String name, int number, String rest) {
    int gutter = rest.indexOf('|');
    String digits = (gutter < 0 ? rest : rest.substring(0, gutter)).replace(" ", "");
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ", line " + number + ": " + e.getMessage(), e);
    }
  }

  /** All that the server said. */
  public byte[] serverBytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Step step : steps) {
      if (step instanceof Step.FromServer said) {
        all.writeBytes(said.bytes());
      }
    }
    return all.toByteArray();
  }

  /** All that the client said. */
  public byte[] clientBytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Step step : steps) {
      if (step instanceof Step.FromClient said) {
        all.writeBytes(said.bytes());
      }
    }
    return all.toByteArray();
  }

  /** The file's text; {@link #parse} reads the same steps from it. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      if (step instanceof Step.Comment comment) {
        line(text, "# ", comment.text());
      } else if (step instanceof Step.Asked asked) {
        line(text, "\n> ", asked.text());
      } else if (step instanceof Step.Due due) {
        line(text, "= ", due.text());
      } else if (step instanceof Step.FromClient said) {
        dump(text, "C ", said.bytes());
      } else if (step instanceof Step.FromServer said) {
        dump(text, "S ", said.bytes());
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String prefix, String content) {
    text.append((prefix + content).stripTrailing()).append('\n');
  }

  /** Each packet begins on a line of its own, as far as the bytes are packets. */
  private static void dump(StringBuilder text, String prefix, byte[] bytes) {
    for (int start = 0; start < bytes.length; ) {
      int end = bytes.length;
      if (bytes.length - start >= 4) {
        end = Math.min(end, start + 4 + Frames.lengthAt(bytes, start));
      }
      for (int at = start; at < end; at += BYTES_PER_LINE) {
        int length = Math.min(BYTES_PER_LINE, end - at);
        String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, at, at + length);
        text.append(prefix).append(String.format(BYTES_WIDTH, hex));
        text.append(" |").append(printable(bytes, at, length)).append("|\n");
      }
      start = end;
    }
  }

  private static String printable(byte[] bytes, int offset, int length) {
    byte[] shown = new byte[length];
    for (int i = 0; i < length; i++) {
      byte value = bytes[offset + i];
      shown[i] = value >= 0x20 && value < 0x7f ? value : (byte) '.';
    }
    return new String(shown, StandardCharsets.US_ASCII);
  }

  public void write(Path file) {
    try {
      Files.writeString(file, toText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
