package io.bonito.conformance.jdbc;

import io.bonito.protocol.option.Scheme;
import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The two drivers whose URLs we take, and what it takes to have either of them on a URL. They are
 * loaded apart, since our driver would leave them their URLs where it sees them.
 */
enum RivalDriver {
  CONNECTOR_J(Scheme.MYSQL, "com.mysql.cj.jdbc.Driver"),
  MARIADB_CONNECTOR_J(Scheme.MARIADB, "org.mariadb.jdbc.Driver");

  private final Scheme scheme;
  private final Driver driver;

  RivalDriver(Scheme scheme, String className) {
    this.scheme = scheme;
    try {
      driver = (Driver) Loader.RIVALS.loadClass(className).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no " + className + " in target/rivals", e);
    }
  }

  /** A class of theirs, of which our driver sees nothing but this. */
  static Class<?> type(String name) throws ClassNotFoundException {
    return Loader.RIVALS.loadClass(name);
  }

  private static final class Loader {
    static final ClassLoader RIVALS = open();

    private static ClassLoader open() {
      List<URL> jars = new ArrayList<>();
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(Path.of("target", "rivals"), "*.jar")) {
        for (Path jar : found) {
          jars.add(jar.toUri().toURL());
        }
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
  }

  private String url(Server server, String schema) {
    return scheme.prefix() + "//" + server.host() + ":" + server.port() + "/" + schema;
  }

  /** By that driver itself. */
  Connection connect(Server server, String schema, String... options) throws SQLException {
    return driver.connect(url(server, schema), properties(server, options));
  }

  /** By ours, on the same URL and with the same options. */
  Connection connectOurs(Server server, String schema, String... options) throws SQLException {
    return new io.bonito.jdbc.Driver().connect(url(server, schema), properties(server, options));
  }

  private static Properties properties(Server server, String... options) {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    properties.setProperty("sslMode", "DISABLED");
    properties.setProperty("allowPublicKeyRetrieval", "true");
    for (String option : options) {
      int equals = option.indexOf('=');
      properties.setProperty(option.substring(0, equals), option.substring(equals + 1));
    }
    return properties;
  }
}
