package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Setting;

/** The reply's bytes copied within memory, and nothing else: what no decoder can undercut. */
final class Copy extends Work {
  private final byte[] from;
  private final byte[] to;

  private Copy(int size) {
    this.from = new byte[size];
    this.to = new byte[size];
  }

  /** Asks once, to see the reply's size. */
  static Work of(Setting setting) throws Exception {
    try (RawConnection connection = new RawConnection(setting)) {
      Command command = Command.prepare(connection, setting);
      return new Copy(command.replySize() * setting.load().repetitions());
    }
  }

  @Override
  long run() {
    System.arraycopy(from, 0, to, 0, from.length);
    return to[to.length - 1];
  }

  @Override
  public void close() {}
}
