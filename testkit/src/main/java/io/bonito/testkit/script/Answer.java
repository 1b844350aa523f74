package io.bonito.testkit.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a scripted server does where it is its turn to speak. */
@FunctionalInterface
public interface Answer {
  /** Writes the answer; writing nothing is an answer too. */
  void write(Wire wire);

  static Answer ok() {
    return wire -> wire.packet(Packets.ok());
  }

  static Answer ok(long affectedRows, long insertId) {
    return wire -> wire.packet(Packets.ok(affectedRows, insertId, Packets.AUTOCOMMIT, 0));
  }

  static Answer error(int code, String sqlState, String message) {
    return wire -> wire.packet(Packets.error(code, sqlState, message));
  }

  /** One packet with this payload. */
  static Answer packet(byte[] payload) {
    return wire -> wire.packet(payload);
  }

  /** These bytes, headers included. */
  static Answer raw(byte... bytes) {
    return wire -> wire.raw(bytes);
  }

  static Answer silence() {
    return wire -> {};
  }

  static Answer hangUp() {
    return Wire::hangUp;
  }

  static Answer reset() {
    return Wire::reset;
  }

  /**
   * A text result of VARCHAR columns.
   *
   * <pre>{@code
   * Answer.rows(List.of("id", "name"), List.of("1", "one"), List.of("2", "two"))
   * }</pre>
   */
  @SafeVarargs
  static Answer rows(List<String> columns, List<@Nullable String>... rows) {
    List<List<@Nullable String>> all = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      all.add(row);
    }
    return result(columns, all);
  }

  /** As {@link #rows}, for rows that are made by the test. */
  static Answer result(List<String> columns, List<List<@Nullable String>> rows) {
    return wire -> {
      wire.packet(new Payload().length(columns.size()).bytes());
      columns.forEach(name -> wire.packet(Packets.column(name, 253, 45, 0)));
      if (!wire.deprecateEof()) {
        wire.packet(Packets.eof(Packets.AUTOCOMMIT));
      }
      rows.forEach(row -> wire.packet(Packets.textRow(row)));
      wire.packet(
          wire.deprecateEof()
              ? Packets.endOk(Packets.AUTOCOMMIT)
              : Packets.eof(Packets.AUTOCOMMIT));
    };
  }

  /** This answer, then that one in the same exchange. */
  default Answer then(Answer next) {
    return wire -> {
      write(wire);
      next.write(wire);
    };
  }
}
