package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.jdbc.AutoDriver;
import io.bonito.jdbc.BonitoDataSource;
import io.bonito.jdbc.BonitoDriver;
import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to a connection, ways not to get one, and what comes after. */
@Tag("server")
@Timeout(120)
class ConnectingTest {
  private static final List<String> SCHEMES =
      List.of(
          "jdbc:bonito:",
          "jdbc:bonito:mysql:",
          "jdbc:bonito:mariadb:",
          "jdbc:mysql:",
          "jdbc:mariadb:");

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyFormOfTheUrlConnects(Server server) throws SQLException {
    String schema = server.freshSchema(ConnectingTest.class);
    for (String scheme : SCHEMES) {
      String url =
          scheme + "//" + server.host() + ":" + server.port() + "/" + schema + "?user=root";
      try (Connection connection = DriverManager.getConnection(url)) {
        assertThat(connection.getCatalog()).as(scheme).isEqualTo(schema);
      }
      BonitoDataSource source = new BonitoDataSource(url);
      try (Connection connection = source.getConnection()) {
        assertThat(connection.isValid(10)).as(scheme).isTrue();
      }
    }
  }

  /** Only the names of the rivals' files are there, as in a class path that holds them. */
  @Test
  void aRivalsUrlIsTheRivalsWhereItIsOnTheClassPath() throws SQLException {
    AutoDriver driver = new AutoDriver();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(
          new ClassLoader(before) {
            @Override
            public @Nullable URL getResource(String name) {
              return super.getResource(
                  name.equals("com/mysql/cj/jdbc/Driver.class")
                      ? "io/bonito/jdbc/AutoDriver.class"
                      : name);
            }
          });
      assertThat(driver.acceptsURL("jdbc:mysql://h/")).isFalse();
      assertThat(driver.connect("jdbc:mysql://h/", null)).isNull();
      assertThat(driver.acceptsURL("jdbc:mariadb://h/")).isTrue();
      assertThat(driver.acceptsURL("jdbc:bonito:mysql://h/")).isTrue();
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(driver.acceptsURL("jdbc:mysql://h/")).isTrue();
  }

  /** DriverManager asks each driver that takes the URL: two would make two attempts of one. */
  @Test
  void oneDriverOfOursTakesAUrlWhetherItIsNamedOrNot() throws Exception {
    for (String url : List.of("jdbc:bonito:mysql://h/", "jdbc:mysql://h/", "jdbc:mariadb://h/")) {
      assertThat(takers(url)).hasSize(1);
    }
    Class.forName("io.bonito.jdbc.Driver");
    for (String url : List.of("jdbc:bonito:mysql://h/", "jdbc:mysql://h/", "jdbc:mariadb://h/")) {
      assertThat(takers(url)).singleElement().isInstanceOf(io.bonito.jdbc.Driver.class);
    }
  }

  private static List<java.sql.Driver> takers(String url) throws SQLException {
    List<java.sql.Driver> takers = new ArrayList<>();
    for (java.sql.Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver instanceof BonitoDriver && driver.acceptsURL(url)) {
        takers.add(driver);
      }
    }
    return takers;
  }

  /**
   * The server counts what it is asked: nothing but the question itself, and, on our own URLs, what
   * goes with the first one. One that asks nothing is told nothing.
   */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void nothingIsAskedAfterTheLoginWhereTheHostIsKnown(Server server) throws SQLException {
    Jdbc.connect(server, "").close();
    assertThat(questions(server, "forceConnectionTimeZoneToSession=false")).isEqualTo(1);
    assertThat(questions(server, "connectTimeout=10000")).isEqualTo(2);
  }

  private static int questions(Server server, String option) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "", option);
        java.sql.Statement statement = connection.createStatement();
        java.sql.ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(2);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void fourFailuresAreFourErrorsAndTheNextConnectWorks(Server server) throws Exception {
    List<SQLException> errors = new ArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String[] urls = {
        "jdbc:bonito://127.0.0.1:" + free() + "/",
        "jdbc:bonito://no.such.host.invalid/",
        "jdbc:bonito://127.0.0.1:" + silent.getLocalPort() + "/?connectTimeout=300",
        Jdbc.url(server, "", "user=nobody", "password=wrong")
      };
      for (String url : urls) {
        errors.add(
            catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url)));
        try (Connection next = Jdbc.connect(server, "")) {
          assertThat(Jdbc.value(next, "SELECT 1")).isEqualTo("1");
        }
      }
    }
    assertThat(errors.get(0).getMessage()).contains("nobody listens");
    assertThat(errors.get(1).getMessage()).contains("has no address");
    assertThat(errors.get(2).getMessage()).contains("300 ms");
    assertThat(errors.get(3).getErrorCode()).isEqualTo(1045);
    assertThat(new HashSet<>(errors.stream().map(SQLException::getMessage).toList())).hasSize(4);
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aConnectionThatTheServerDroppedSaysSoOnceAndTheNextWorks(Server server) throws SQLException {
    try (Connection witness = Jdbc.connect(server, "")) {
      Connection connection = Jdbc.connect(server, "");
      Jdbc.run(connection, "SET SESSION wait_timeout = 1");
      String id = String.valueOf(Jdbc.value(connection, "SELECT CONNECTION_ID()"));
      String gone = "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id;
      while (!"0".equals(Jdbc.value(witness, gone))) {
        Thread.onSpinWait(); // the server's answer is the pause
      }
      SQLException e =
          catchThrowableOfType(SQLException.class, () -> Jdbc.value(connection, "SELECT 1"));
      assertThat(e.getSQLState()).startsWith("08");
      assertThat(e.getMessage()).contains("closed");
      assertThat(connection.isClosed()).isTrue();
      connection.close();
      try (Connection next = Jdbc.connect(server, "")) {
        assertThat(Jdbc.value(next, "SELECT 1")).isEqualTo("1");
      }
    }
  }
}
