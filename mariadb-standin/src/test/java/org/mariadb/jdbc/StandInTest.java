package org.mariadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.testkit.server.Server;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs that name the other driver's classes get. */
class StandInTest {
  private static String url(Server server) {
    return "jdbc:mariadb://" + server.host() + ":" + server.port() + "/";
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theirUrlGivesOurConnection(Server server) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(url(server), server.user(), server.password())) {
      assertThat(connection.isWrapperFor(BonitoConnection.class)).isTrue();
      assertThat(connection.getMetaData().getURL()).startsWith("jdbc:mariadb://");
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theirClassNamesGiveOurConnection(Server server) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    for (String name : new String[] {"org.mariadb.jdbc.Driver"}) {
      java.sql.Driver driver =
          (java.sql.Driver) Class.forName(name).getDeclaredConstructor().newInstance();
      try (Connection connection = driver.connect(url(server), properties)) {
        assertThat(connection.isWrapperFor(BonitoConnection.class)).as(name).isTrue();
      }
    }
    DataSource source = source(server);
    try (Connection connection = source.getConnection()) {
      assertThat(connection.isWrapperFor(BonitoConnection.class)).isTrue();
    }
    try (Connection connection = source.getConnection(server.user(), server.password())) {
      assertThat(connection.isValid(10)).isTrue();
    }
  }

  private static DataSource source(Server server) {
    MariaDbDataSource source = new MariaDbDataSource();
    source.setUrl(url(server));
    source.setUser(server.user());
    source.setPassword(server.password());
    return source;
  }

  @Test
  void otherUrlsAreOthers() throws SQLException {
    Driver driver = new Driver();
    assertThat(driver.acceptsURL("jdbc:mariadb://h/")).isTrue();
    assertThat(driver.acceptsURL("jdbc:mysql://h/")).isFalse();
    assertThat(driver.acceptsURL("jdbc:bonito://h/")).isFalse();
    assertThat(driver.connect("jdbc:mysql://h/", new Properties())).isNull();
  }

  /** Only the name of one of their files is there, as in a class path that holds them all. */
  @Test
  void whereTheRealDriverIsThereTooNothingIsOpened() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(
          new ClassLoader(before) {
            @Override
            public @Nullable URL getResource(String name) {
              return super.getResource(
                  name.equals("org/mariadb/jdbc/Configuration.class")
                      ? "io/bonito/jdbc/Driver.class"
                      : name);
            }
          });
      for (org.assertj.core.api.ThrowableAssert.ThrowingCallable each :
          new org.assertj.core.api.ThrowableAssert.ThrowingCallable[] {
            () -> DriverManager.getConnection("jdbc:mariadb://localhost/"),
            () -> new MariaDbDataSource().getConnection()
          }) {
        assertThatThrownBy(each)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("bonito-mariadb-standin")
            .hasMessageContaining("mariadb-java-client")
            .hasMessageContaining("remove one of them");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
