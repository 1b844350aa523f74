package io.bonito.conformance;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.transport.BlockingConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A program for a JVM that has virtual threads, and one carrier for them: three connect and sleep
 * at once on the server.
 *
 * <pre>
 *   arguments   port, Unix socket
 *   output      a line for each way to connect: "tcp 3 at once, 0 pinned"
 * </pre>
 */
public final class ThreeSleepers {
  private static final String MARK = "sleepers of " + ProcessHandle.current().pid();

  private ThreeSleepers() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    for (String way : List.of("tcp", "tls", "unix")) {
      ConnectionOptions.Builder options =
          ConnectionOptions.builder()
              .set(Options.HOST, "127.0.0.1")
              .set(Options.PORT, port)
              .set(Options.USER, "root");
      switch (way) {
        case "tcp" -> options.set(TlsOptions.SSL_MODE, TlsMode.DISABLED);
        case "tls" -> options.set(TlsOptions.SSL_MODE, TlsMode.REQUIRED);
        default -> options.set(Options.LOCAL_SOCKET, arguments[1]);
      }
      run(way, options.build());
    }
  }

  private static void run(String way, ConnectionOptions options) throws Exception {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "sleepers-" + way + ".jfr");
    int atOnce = 0;
    try (BlockingConnection watcher = BlockingConnection.connect(options);
        Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.start();
      List<Thread> sleepers = new ArrayList<>();
      for (int seconds = 1; seconds <= 3; seconds++) {
        String sql = marked("SELECT SLEEP(" + seconds + ")");
        sleepers.add(startVirtual(() -> sleep(options, sql)));
      }
      while (sleepers.stream().anyMatch(Thread::isAlive)) {
        atOnce = Math.max(atOnce, running(watcher, "SELECT SLEEP("));
      }
      startVirtual(() -> cancel(options)).join();
      recording.stop();
      recording.dump(file);
    }
    int pinned = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals("jdk.VirtualThreadPinned")) {
        pinned++;
        System.err.println(event);
      }
    }
    System.out.println(way + " " + atOnce + " at once, " + pinned + " pinned");
  }

  private static void sleep(ConnectionOptions options, String sql) {
    try (BlockingConnection db = BlockingConnection.connect(options)) {
      db.query(sql).close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Somebody else ends a statement, on one carrier. */
  private static void cancel(ConnectionOptions options) {
    try (BlockingConnection db = BlockingConnection.connect(options)) {
      Thread canceller = startVirtual(() -> kill(options, db.state().connectionId()));
      try {
        db.query(marked("SELECT SLEEP(30)")).close();
      } finally {
        canceller.join();
      }
    } catch (io.bonito.transport.QueryFailedException e) {
      // 1317, as it should be; SLEEP may also just return 1.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void kill(ConnectionOptions options, long id) {
    try (BlockingConnection db = BlockingConnection.connect(options)) {
      int sleeping = 0;
      while (sleeping == 0) {
        sleeping = running(db, "SELECT SLEEP(30)");
      }
      db.query("KILL QUERY " + id);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells our statements from those that other tests have left running on this server. */
  private static String marked(String sql) {
    return sql + " /* " + MARK + " */";
  }

  private static int running(BlockingConnection db, String sql) throws Exception {
    return db.query(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '"
                + sql
                + "%/* "
                + MARK
                + " */'")
        .list(row -> row.getInt(0))
        .get(0);
  }

  /** By reflection, since this is compiled for Java 17. */
  private static Thread startVirtual(Runnable action) {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, action);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
