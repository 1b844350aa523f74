package io.bonito.benchmarks;

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
 * The classes of one that takes part: its driver, its own copy of the work and of all that it
 * stands on. What one does is not compiled for what another one does; only the JDK and the words of
 * the contest are shared.
 */
public final class ApartLoader extends URLClassLoader {
  private final String shared;

  private ApartLoader(String shared, List<URL> urls) {
    super(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    this.shared = shared;
  }

  /**
   * @param home the folder {@code target} of the benchmarks
   * @param shared the package whose classes are everyone's, with a dot at its end
   * @param jars patterns of files below that folder, each of which is to be found
   */
  public static ApartLoader of(Path home, String shared, List<String> jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(home.resolve("classes").toUri().toURL());
    for (String pattern : jars) {
      int found = urls.size();
      int name = pattern.lastIndexOf('/') + 1;
      Path folder = home.resolve(pattern.substring(0, name));
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(folder, pattern.substring(name))) {
          for (Path file : files) {
            urls.add(file.toUri().toURL());
          }
        }
      }
      if (urls.size() == found) {
        throw new IOException("no " + home.resolve(pattern) + ": build the benchmarks first");
      }
    }
    return new ApartLoader(shared, urls);
  }

  /**
   * Makes an object of a class here, which sees this loader as its thread's.
   *
   * @param argument what its public constructor takes, of a shared class
   */
  public <T> T make(Class<T> kind, String name, Object argument) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this);
    try {
      return kind.cast(loadClass(name).getConstructor(argument.getClass()).newInstance(argument));
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(shared)
        ? ApartLoader.class.getClassLoader().loadClass(name)
        : super.loadClass(name, resolve);
  }
}
