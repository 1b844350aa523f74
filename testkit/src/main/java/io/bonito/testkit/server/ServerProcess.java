package io.bonito.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running mysqld that dies with this JVM, however that ends.
 *
 * <pre>
 *   JVM ──stdin──▶ sh ──starts──▶ mysqld ──its log──▶ JVM
 *                  │ a line "TERM": sends that signal
 *                  └ end of stdin, as when the JVM was killed: kill -9, then the folder is removed
 * </pre>
 */
final class ServerProcess {
  private static final int LOG_LINES = 400;

  /**
   * $1 is the template of the data, $2 the folder that holds all of this server; the rest is the
   * command.
   */
  private static final String SCRIPT =
      """
      template=$1; folder=$2; shift 2
      # The terminal's Ctrl-C reaches all of a process group: this shell must live to clean up.
      trap '' INT HUP
      cp -r "$template" "$folder/data" || { rm -rf "$folder"; exit 90; }
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      # Whoever read our output may be gone, and a word about a killed job would kill this shell too.
      exec >/dev/null 2>&1
      ( while read -r signal <&3; do kill -"$signal" $server; done; kill -KILL $server ) &
      watch=$!
      wait $server
      status=$?
      kill -KILL $watch
      rm -rf "$folder"
      exit $status
      """;

  private final Process shell;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final Deque<String> log = new ArrayDeque<>();

  private ServerProcess(Process shell) {
    this.shell = shell;
  }

  static ServerProcess start(Path template, Path folder, List<String> server) throws IOException {
    List<String> command = new ArrayList<>(ServerUser.prefix());
    command.addAll(List.of("sh", "-c", SCRIPT, "bonito-server"));
    command.add(template.toString());
    command.add(folder.toString());
    command.addAll(server);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    ServerProcess process = new ServerProcess(builder.start());
    Thread reader = new Thread(process::readLog, "bonito-server-log");
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  private void readLog() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (log) {
          log.add(line);
          if (log.size() > LOG_LINES) {
            log.remove();
          }
        }
        if (line.contains("ready for connections")) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      // The stream was closed under the reader: the server is gone.
    } finally {
      ready.complete(false);
    }
  }

  /** Whether the server says that it is ready, or else ended, within this time. */
  boolean awaitReady(long seconds) throws InterruptedException {
    try {
      return ready.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  boolean isAlive() {
    return shell.isAlive();
  }

  /** Sends a signal, named as {@code kill} names them. */
  void signal(String name) throws IOException {
    OutputStream stdin = shell.getOutputStream();
    stdin.write((name + "\n").getBytes(StandardCharsets.US_ASCII));
    stdin.flush();
  }

  boolean awaitEnd(long seconds) throws InterruptedException {
    return shell.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** Kills the server and waits until it and its folder are gone. */
  void kill() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // Already gone.
    }
    boolean interrupted = false;
    for (boolean ended = false; !ended; ) {
      try {
        ended = shell.waitFor(10, TimeUnit.SECONDS);
        if (!ended) {
          shell.descendants().forEach(ProcessHandle::destroyForcibly);
          shell.destroyForcibly();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines that the server wrote. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }
}
