package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Setting;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of one contender: its driver and its own copy of the loads. Only the JDK and the
 * words of the contest are shared.
 */
final class ContenderLoader extends URLClassLoader {
  private static final String SHARED = "io.bonito.benchmarks.contest.";

  private ContenderLoader(URL[] urls) {
    super(urls, ClassLoader.getPlatformClassLoader());
  }

  /**
   * Makes an entrant of a contender.
   *
   * @param home the folder {@code target} of the benchmarks
   */
  static Entrant open(Contender contender, Setting setting, Path home) throws Exception {
    List<Path> paths = new ArrayList<>();
    paths.add(home.resolve("classes"));
    if (contender.folder().isEmpty()) {
      paths.addAll(jars(home.resolve("lib"), "bonito-{protocol,transport,jdbc}-*.jar"));
    } else {
      paths.addAll(jars(home.resolve("drivers").resolve(contender.folder()), "*.jar"));
      // The worker names the floor and the bound too, and its verifier wants to see them.
      paths.addAll(jars(home.resolve("lib"), "bonito-protocol-*.jar"));
    }
    ContenderLoader loader = new ContenderLoader(urls(paths));
    try {
      return (Entrant)
          loader
              .loadClass("io.bonito.benchmarks.entrant.Worker")
              .getMethod("of", String.class, Setting.class)
              .invoke(null, contender.kind(), setting);
    } catch (InvocationTargetException e) {
      loader.close();
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static List<Path> jars(Path folder, String pattern) throws IOException {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
        found.forEach(jars::add);
      }
    }
    if (jars.isEmpty()) {
      throw new IOException("no " + pattern + " in " + folder + ": build the benchmarks first");
    }
    return jars;
  }

  private static URL[] urls(List<Path> paths) throws MalformedURLException {
    URL[] urls = new URL[paths.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = paths.get(i).toUri().toURL();
    }
    return urls;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(SHARED)
        ? ContenderLoader.class.getClassLoader().loadClass(name)
        : super.loadClass(name, resolve);
  }
}
