package io.bonito.pool.lending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation is only worth what it finds. Each mutant is the engine with one line made wrong,
 * in the ways in which pools have been wrong; some run must see it.
 */
class MutantsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/bonito/pool/lending");
  private static final int MOST_SEEDS = 1200;

  /** The first of them are seen soonest. {@code -Dbonito.pool.mutants=all}, as CI has it. */
  private static final boolean ALL = "all".equals(System.getProperty("bonito.pool.mutants"));

  /** One line made wrong. */
  record Mutant(String what, String file, String line, String instead) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Mutant> chosen() {
    return mutants().limit(ALL ? Long.MAX_VALUE : 4);
  }

  private static Stream<Mutant> mutants() {
    return Stream.of(
        new Mutant(
            "a ticket is not compared, so a second return counts",
            "Slot",
            "return (word() & ~DOOMED) == (ticket & ~DOOMED);",
            "return state(word()) == USED;"),
        new Mutant(
            "a permit is given back before the thing is closed",
            "Openings",
            "    otherSide.close(thing, slot.generation);\n    // Before",
            "    share.giveBack();\n    otherSide.close(thing, slot.generation);\n    // Before"),
        new Mutant(
            "what the other side still counts is counted no more here",
            "OtherSide",
            "    if (closed(counted)) {\n      pause(counted);\n    }",
            ""),
        new Mutant(
            "what is handed over is free on the way",
            "WaitingLine",
            "      slot.become(ticket);\n      if (waiter.give",
            "      slot.become(Slot.in(Slot.IDLE, ticket));\n      if (waiter.give"),
        new Mutant(
            "a waiter does not look again after it has queued",
            "WaitingLine",
            "    serve();\n    pool.openings.demand();",
            "    pool.openings.demand();"),
        new Mutant(
            "a return does not look for waiters after it has freed the slot",
            "SlotPool",
            "        if ((pressure() & WAITING) != 0) {\n          line.serve();\n        }\n",
            ""),
        new Mutant(
            "a slot is free before its thing is closed",
            "Openings",
            "    otherSide.close(thing, slot.generation);\n"
                + "    // Before it is gone: who has drained the pool has heard of all.\n"
                + "    pool.tally.closed(begun, reason, openedAt);\n    change(\n        () -> {\n"
                + "          closedCount++;\n          empty(slot);",
            "    change(\n        () -> {\n          closedCount++;\n"
                + "          empty(slot);pool.world.run(() -> otherSide.close(thing, slot.generation));"),
        new Mutant(
            "a failed opening tells nobody",
            "Openings",
            "        pool.line.refuseFirst(refusal);\n      }\n    }\n    demand();",
            "        pool.line.refuseFirst(refusal);\n      }\n    }\n"),
        new Mutant(
            "a failed opening keeps its place",
            "Openings",
            "left = total.decrementAndGet();",
            "left = total.get();"),
        new Mutant(
            "the time to wait starts anew",
            "WaitingLine",
            "pool.world.park(pool, left);",
            "deadline += deadline == Settings.NEVER ? 0 : left / 2; pool.world.park(pool, left);"),
        new Mutant(
            "who comes late may overtake",
            "SlotPool",
            "if (pressure == 0 || (brief && (pressure & ~WAITING) == 0)) {",
            "if ((pressure & ~WAITING) == 0) {"),
        new Mutant(
            "who leaves takes with it what it was given",
            "WaitingLine",
            "    if (!waiter.leave()) {\n      return false;\n    }\n    remove(waiter);\n    quit(waiter);",
            "    waiter.leave();\n    remove(waiter);\n    quit(waiter);"),
        new Mutant(
            "who is cancelled keeps what it was given",
            "Request",
            "    } else {\n      pool.giveBack(slot, slot.ticket());\n    }",
            "    }"),
        new Mutant(
            "nobody tells who is called that its time is over",
            "Housekeeping",
            "long next = pool.line.tellLate(now);",
            "long next = Settings.NEVER;"));
  }

  @ParameterizedTest
  @MethodSource("chosen")
  void someRunSees(Mutant mutant) throws Exception {
    Map<String, byte[]> compiled = compile(mutant);
    Method run =
        new MutatedClasses(compiled)
            .loadClass("io.bonito.pool.lending.Simulation")
            .getMethod("run", long.class);
    String seen = null;
    for (long seed = 0; seed < MOST_SEEDS && seen == null; seed++) {
      try {
        run.invoke(null, seed);
      } catch (InvocationTargetException e) {
        seen = "seed " + seed + ": " + e.getCause();
      }
    }
    assertThat(seen).as("not seen in %d runs", MOST_SEEDS).isNotNull();
    if (Boolean.getBoolean("bonito.pool.tell")) {
      Files.writeString(
          Path.of("target/mutants.txt"),
          mutant + "\n    " + seen + "\n",
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
    }
  }

  private static Map<String, byte[]> compile(Mutant mutant) throws IOException {
    String source = Files.readString(SOURCES.resolve(mutant.file + ".java"));
    assertThat(source.split(java.util.regex.Pattern.quote(mutant.line), -1))
        .as("the line stands in %s once", mutant.file)
        .hasSize(2);
    String mutated = source.replace(mutant.line, mutant.instead);
    if (mutated.contains("deadline +=")) {
      mutated = mutated.replace("Waiter waiter, long deadline)", "Waiter waiter, long deadlin)");
      mutated =
          mutated.replace(
              "    while (true) {\n      Object given",
              "    long deadline = deadlin;\n    while (true) {\n      Object given");
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    InMemory files = new InMemory(compiler.getStandardFileManager(null, null, null));
    boolean ok =
        compiler
            .getTask(
                null,
                files,
                null,
                List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path")),
                null,
                List.of(new Text(mutant.file, mutated)))
            .call();
    assertThat(ok).isTrue();
    return files.classes();
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String name, String text) {
      super(URI.create("string:///io/bonito/pool/lending/" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          written.put(className, out);
          return out;
        }
      };
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new HashMap<>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }

  /** The package once more, with the mutant in it. */
  private static final class MutatedClasses extends URLClassLoader {
    private final Map<String, byte[]> mutated;

    MutatedClasses(Map<String, byte[]> mutated) throws IOException {
      super(
          new URL[] {
            Path.of("target/classes/").toUri().toURL(),
            Path.of("target/test-classes/").toUri().toURL()
          },
          MutantsTest.class.getClassLoader());
      this.mutated = mutated;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = mutated.get(name);
      if (bytes != null) {
        return defineClass(name, bytes, 0, bytes.length);
      }
      return name.startsWith("io.bonito.pool.lending.")
          ? findClass(name)
          : super.loadClass(name, resolve);
    }
  }
}
