package io.bonito.spring.dropin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Class paths of applications: that of the tests without what an application would not have. */
enum ClassPath {
  /** Bonito's driver and nothing else that reaches a server. */
  DRIVER("com/mysql/", "org/mariadb/"),
  /** The server's own drivers besides. */
  DRIVER_BESIDE_THE_OTHERS("com/mysql/cj/jdbc/RealDriver", "org/mariadb/jdbc/RealDriver"),
  /** The stand-ins in place of the server's own drivers. */
  STAND_INS("com/mysql/cj/CharsetMapping", "org/mariadb/jdbc/Configuration");

  /** Our starter and pool, and what is there for other tests. */
  private static final List<String> NEVER =
      List.of(
          "io/bonito/spring/EnvironmentPreparation",
          "io/bonito/pool/PooledDataSource",
          "org/apache/tomcat/jdbc/pool/DataSource",
          "org/apache/commons/dbcp2/BasicDataSource",
          "org/h2/Driver");

  private final List<String> absent;

  ClassPath(String... absent) {
    this.absent = List.of(absent);
  }

  /** Lets the shop have its day on this class path, in a class loader that sees no other. */
  @SuppressWarnings("unchecked")
  Map<String, String> day(List<String> lines) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      return (Map<String, String>)
          loader
              .loadClass("io.bonito.spring.dropin.Shop")
              .getMethod("day", List.class)
              .invoke(null, lines);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private URL[] urls() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(ClassPath::url)
        .filter(entry -> Stream.concat(absent.stream(), NEVER.stream()).noneMatch(holds(entry)))
        .toArray(URL[]::new);
  }

  private static java.util.function.Predicate<String> holds(URL entry) {
    return name -> {
      try (URLClassLoader alone = new URLClassLoader(new URL[] {entry}, null)) {
        return alone.findResource(name.endsWith("/") ? name : name + ".class") != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
