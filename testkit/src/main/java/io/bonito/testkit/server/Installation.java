package io.bonito.testkit.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's unpacked files.
 *
 * @param launcher what stands before the program on the command line; empty for most
 * @param program mysqld or mariadbd
 * @param share the folder that holds the error messages' folders, charsets and the SQL for set-up
 * @param plugins the plugin folder; may not exist
 */
record Installation(Path home, List<String> launcher, Path program, Path share, Path plugins) {

  /** The command line up to the options that every run of the server gets. */
  List<String> command() {
    List<String> command = new ArrayList<>(launcher);
    command.add(program.toString());
    command.add("--no-defaults");
    command.add("--basedir=" + home);
    command.add("--lc-messages-dir=" + share);
    command.add("--character-sets-dir=" + share.resolve("charsets"));
    if (Files.isDirectory(plugins)) {
      command.add("--plugin-dir=" + plugins);
    }
    return command;
  }
}
