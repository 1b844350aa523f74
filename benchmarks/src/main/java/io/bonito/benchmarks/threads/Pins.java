package io.bonito.benchmarks.threads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** How often a virtual thread held its carrier while it waited. */
final class Pins {
  private static final String EVENT = "jdk.VirtualThreadPinned";

  private Pins() {}

  interface Action {
    void run() throws Exception;
  }

  /** Counts those during an action, however short. */
  static long during(Action action) throws Exception {
    Path file = Files.createTempFile("pins", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(EVENT).withoutThreshold().withoutStackTrace();
      recording.start();
      action.run();
      recording.stop();
      recording.dump(file);
      return count(file);
    } finally {
      Files.delete(file);
    }
  }

  private static long count(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(EVENT))
        .count();
  }
}
