package io.bonito.netty;

import io.bonito.protocol.failure.ConnectionException;

/** Why a connection has ended, for a command that may have run or for one that cannot have. */
interface Ending {
  ConnectionException failure(boolean commandMayHaveRun);

  /** The same for both. */
  static Ending of(ConnectionException failure) {
    return commandMayHaveRun -> failure;
  }
}
