package io.bonito.pool.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that know nothing of each other, and a server that has not what all of them want. */
@Tag("server")
@Timeout(240)
class FleetTest {
  private static final int PROCESSES = 4;
  private static final int ROOM = 60;

  @TempDir private Path folder;

  static Stream<ServerKind> kinds() {
    return Servers.selectedKinds().stream();
  }

  /** What one process says of itself. */
  private record Word(long lent, int total, int ceiling, int errors) {}

  private static final class Member implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;
    private final OutputStream told;

    Member(Process process) {
      this.process = process;
      says = process.inputReader(StandardCharsets.US_ASCII);
      told = process.getOutputStream();
    }

    Word ask() throws IOException {
      told.write('\n');
      told.flush();
      long[] numbers =
          Arrays.stream(says.readLine().split(" ")).mapToLong(Long::parseLong).toArray();
      return new Word(numbers[0], (int) numbers[1], (int) numbers[2], (int) numbers[3]);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void processesShareTheServersOwnLimitAndNobodyHearsOfIt(ServerKind kind) throws Exception {
    List<Member> members = new ArrayList<>();
    try (Server server = Scene.start(kind, 0, "--max_connections=" + ROOM)) {
      for (int i = 0; i < PROCESSES; i++) {
        members.add(start(server.port(), i));
      }
      long begun = System.nanoTime();
      List<Word> first = ask(members);
      while (!areSettled(first)) {
        assertThat(System.nanoTime() - begun)
            .as("%s", first)
            .isLessThan(Duration.ofMinutes(2).toNanos());
        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        first = ask(members);
      }
      long settled = System.nanoTime() - begun;
      // From here on each goes on to be served, with what it has or a little more.
      List<Word> later = ask(members);
      while (!allHaveLentSince(first, later)) {
        assertThat(System.nanoTime() - begun)
            .as("%s", later)
            .isLessThan(Duration.ofMinutes(3).toNanos());
        later = ask(members);
      }
      assertThat(later).allSatisfy(word -> assertThat(word.errors).as(this::errors).isZero());
      assertThat(later).allMatch(word -> word.total <= FleetMember.BUDGET);
      assertThat(later.stream().mapToInt(Word::total).sum()).isLessThanOrEqualTo(ROOM);
      if (Boolean.getBoolean("bonito.pool.tell")) {
        System.out.printf("%s: settled after %d ms: %s%n", kind, settled / 1_000_000, later);
      }
    } finally {
      members.forEach(Member::close);
    }
  }

  /** The room is used, and none thinks that there is more. */
  private static boolean areSettled(List<Word> words) {
    return words.stream().mapToInt(Word::ceiling).sum() <= ROOM
        && words.stream().mapToInt(Word::total).sum() >= ROOM * 3 / 4
        && words.stream().allMatch(word -> word.lent > 0);
  }

  private static boolean allHaveLentSince(List<Word> first, List<Word> later) {
    for (int i = 0; i < first.size(); i++) {
      if (later.get(i).lent < first.get(i).lent + 100) {
        return false;
      }
    }
    return true;
  }

  private static List<Word> ask(List<Member> members) throws IOException {
    List<Word> words = new ArrayList<>();
    for (Member member : members) {
      words.add(member.ask());
    }
    return words;
  }

  private Member start(int port, int number) throws IOException {
    return new Member(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dbonito.budget.connections=" + FleetMember.BUDGET,
                "-cp",
                System.getProperty("java.class.path"),
                FleetMember.class.getName(),
                "127.0.0.1",
                String.valueOf(port))
            .redirectError(folder.resolve("errors" + number).toFile())
            .start());
  }

  private String errors() {
    StringBuilder all = new StringBuilder();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        all.append(Files.readString(folder.resolve("errors" + i)));
      }
    } catch (IOException e) {
      all.append(e);
    }
    return all.toString();
  }
}
