package io.bonito.pool.bonito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.PooledDataSource;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.jdbc.Login;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who connects: others than the pool's own user, passwords that change, and the end. */
@Tag("server")
@Timeout(120)
class RotationTest {
  private static BonitoDataSource source(Server server) {
    return new BonitoDataSource(
        "jdbc:bonito:mysql://%s:%d/?allowPublicKeyRetrieval=true&user=root"
            .formatted(server.host(), server.port()));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String user(AdminConnection admin, Server server, String password) {
    String user = server.freshSchema(RotationTest.class);
    admin.execute("CREATE USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(user, password));
    return user;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPasswordChangesWhileThePoolGoesOn(Server server) throws Exception {
    try (AdminConnection admin = server.admin()) {
      String user = user(admin, server, "first");
      AtomicReference<Login> login = new AtomicReference<>(new Login(user, "first"));
      try (PooledDataSource pool =
          PooledDataSource.over(Connector.of(source(server), login::get), Map.of())) {
        Connection lent = pool.getConnection();
        String id = ask(lent, "SELECT CONNECTION_ID()");
        admin.execute("ALTER USER '%s'@'%%' IDENTIFIED BY 'second'".formatted(user));
        login.set(new Login(user, "second"));
        // What was opened with the old one goes on; what is opened now has the new one.
        assertThat(ask(lent, "SELECT CONNECTION_ID()")).isEqualTo(id);
        pool.pool().dispose();
        try (Connection next = pool.getConnection()) {
          assertThat(ask(next, "SELECT CURRENT_USER()")).startsWith(user);
        }
        lent.close();
        login.set(new Login(user, "wrong"));
        pool.pool().dispose();
        assertThatThrownBy(pool::getConnection)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045))
            .hasMessageNotContaining("wrong");
        login.set(new Login(user, "second"));
        pool.getConnection().close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anotherUserHasAPoolOfItsOwn(Server server) throws Exception {
    try (AdminConnection admin = server.admin()) {
      String user = user(admin, server, "theirs");
      Budget budget = new Budget(Settings.UNLIMITED);
      PooledDataSource pool =
          PooledDataSource.over(
              Connector.of(source(server)), Map.of("logging_name", "shop"), null, budget);
      String first;
      try (Connection own = pool.getConnection();
          Connection theirs = pool.getConnection(user, "theirs")) {
        assertThat(ask(own, "SELECT CURRENT_USER()")).startsWith("root");
        assertThat(ask(theirs, "SELECT CURRENT_USER()")).startsWith(user);
        first = ask(theirs, "SELECT CONNECTION_ID()");
      }
      try (Connection theirs = pool.getConnection(user, "theirs")) {
        assertThat(ask(theirs, "SELECT CONNECTION_ID()")).isEqualTo(first);
      }
      assertThatThrownBy(() -> pool.getConnection(user, "guessed"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("shop of " + user)
          .hasMessageNotContaining("guessed");
      assertThat(pool.pool().status().total()).isEqualTo(1);
      assertThat(budget.use()).containsEntry("shop of " + user, 1).containsEntry("shop", 1);
      pool.close();
      assertThatThrownBy(() -> pool.getConnection(user, "theirs"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("closed");
      assertThat(pool.drain(Duration.ofMinutes(1))).isEmpty();
      // What was refused holds its permit until the server has hung up.
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (budget.used() != 0) {
        assertThat(System.nanoTime()).as("%s", budget.use()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aDrainSaysWhoHasNotComeBack(Server server) throws Exception {
    PooledDataSource pool =
        PooledDataSource.over(Connector.of(source(server)), Map.of("echo", "debug"));
    Connection lent = pool.getConnection();
    assertThat(ask(lent, "SELECT 'secret'")).isEqualTo("secret");
    pool.getConnection().close();
    assertThat(pool.drain(Duration.ofMillis(50)))
        .singleElement()
        .satisfies(
            holder -> {
              assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
              assertThat(holder.activity()).isEqualTo("idle after SELECT ?");
            });
    lent.close();
    assertThat(pool.drain(Duration.ofMinutes(1))).isEqualTo(List.of());
  }
}
