package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import java.io.IOException;

/** The least that anyone can do: send the same bytes, swallow the same bytes. */
final class Floor extends Work {
  private final RawConnection connection;
  private final Command command;
  private final int repetitions;
  private final boolean pipelined;
  private final byte[] swallowed = new byte[1 << 16];

  private Floor(RawConnection connection, Command command, Load load) {
    this.connection = connection;
    this.command = command;
    this.repetitions = load.repetitions();
    this.pipelined = load == Load.PIPELINE;
  }

  static Work of(Setting setting) throws Exception {
    RawConnection connection = new RawConnection(setting);
    return new Floor(connection, Command.prepare(connection, setting), setting.load());
  }

  @Override
  long run() throws IOException {
    if (pipelined) {
      command.sendTogether(connection, repetitions);
      swallow(repetitions * command.replySize());
    } else {
      for (int i = 0; i < repetitions; i++) {
        command.send(connection);
        swallow(command.replySize());
      }
    }
    return swallowed[0];
  }

  private void swallow(int size) throws IOException {
    for (int left = size; left > 0; ) {
      left -= connection.read(swallowed, 0, Math.min(swallowed.length, left));
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
