package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of one rival, its own copy of all that it stands on among them: what one does is not
 * compiled for what another one does.
 */
final class RivalLoader extends URLClassLoader {
  private static final String SHARED = "io.bonito.benchmarks.reactive.contest.";
  private static final String ENTRANTS = "io.bonito.benchmarks.reactive.entrant.";

  private final Rival rival;

  private RivalLoader(Rival rival, URL[] urls) {
    super(urls, ClassLoader.getPlatformClassLoader());
    this.rival = rival;
  }

  /**
   * @param home the folder {@code target} of the benchmarks
   */
  static RivalLoader of(Rival rival, Path home) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(home.resolve("classes").toUri().toURL());
    Path folder =
        rival.folder().isEmpty()
            ? home.resolve("lib")
            : home.resolve("drivers").resolve(rival.folder());
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path jar : jars) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
    if (urls.size() == 1) {
      throw new IOException("no jars in " + folder + ": build the benchmarks first");
    }
    return new RivalLoader(rival, urls.toArray(new URL[0]));
  }

  Rival rival() {
    return rival;
  }

  /** Opens its connections. */
  Crew open(Task task) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this);
    try {
      return (Crew) loadClass(ENTRANTS + rival.crew()).getConstructor(Task.class).newInstance(task);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(SHARED)
        ? RivalLoader.class.getClassLoader().loadClass(name)
        : super.loadClass(name, resolve);
  }
}
