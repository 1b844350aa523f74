package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import java.io.IOException;

/** The least that anyone can do: send the same bytes, swallow the same bytes. */
final class Floor extends Work {
  private final RawConnection connection;
  private final Command command;
  private final int repetitions;
  private final byte[] swallowed = new byte[1 << 16];

  private Floor(RawConnection connection, Command command, int repetitions) {
    this.connection = connection;
    this.command = command;
    this.repetitions = repetitions;
  }

  static Work of(Setting setting) throws Exception {
    RawConnection connection = new RawConnection(setting);
    int repetitions = setting.load() == Load.TWENTY ? Setting.READS_IN_A_ROW : 1;
    return new Floor(connection, Command.prepare(connection, setting), repetitions);
  }

  @Override
  long run() throws IOException {
    for (int i = 0; i < repetitions; i++) {
      command.send(connection);
      int left = command.replySize();
      while (left > 0) {
        left -= connection.read(swallowed, 0, Math.min(swallowed.length, left));
      }
    }
    return swallowed[0];
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
