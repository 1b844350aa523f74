package io.bonito.testkit.server;

import java.io.IOException;
import java.nio.file.Path;

/** Where the files of a server come from. */
interface Distribution {
  /**
   * Fetches the files if need be, and unpacks what a server needs of them.
   *
   * @param title the server's name, for messages
   * @param directory empty, to be filled; it may be moved afterwards
   */
  void unpack(String title, Path directory) throws IOException, InterruptedException;

  /** Says where in the unpacked files the parts of a server are. */
  Installation installation(Path directory) throws IOException;
}
