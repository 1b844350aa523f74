package io.bonito.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.annotation.AutoCloseDb;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Beans of a container; the pool has two connections. */
@Timeout(120)
class AutoCloseDbInterceptorTest {
  private static final PooledDataSource POOL =
      PooledDataSource.over(
          () -> DriverManager.getConnection("jdbc:h2:mem:cdi;DB_CLOSE_DELAY=-1"),
          Map.of("pool_size", "2", "max_overflow", "0", "timeout", "60"));
  private static SeContainer container;

  @ApplicationScoped
  public static class Forgetful {
    @AutoCloseDb
    public Connection forgets() throws SQLException {
      return POOL.getConnection();
    }

    @AutoCloseDb
    public void fails() throws SQLException {
      throw new SQLException("after " + POOL.getConnection().getAutoCommit());
    }

    @AutoCloseDb
    public CompletableFuture<String> later(CompletableFuture<String> answer) throws SQLException {
      POOL.getConnection();
      return answer.thenApply(text -> text + "!");
    }

    public Connection remembers() throws SQLException {
      return POOL.getConnection();
    }
  }

  @ApplicationScoped
  @AutoCloseDb
  public static class Careless {
    public void forgets() throws SQLException {
      POOL.getConnection();
    }
  }

  @BeforeAll
  static void start() {
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Forgetful.class, Careless.class)
            .initialize();
  }

  @AfterAll
  static void stop() {
    container.close();
    POOL.close();
  }

  @AfterEach
  void nothingIsLeftOut() {
    assertThat(used()).isZero();
  }

  private static int used() {
    return POOL.pool().status().used();
  }

  private static Forgetful forgetful() {
    return container.select(Forgetful.class).get();
  }

  @Test
  void whatAnAnnotatedMethodForgetsGoesBack() throws SQLException {
    for (int i = 0; i < 5; i++) {
      assertThat(forgetful().forgets().isClosed()).isTrue();
    }
    assertThatThrownBy(() -> forgetful().fails())
        .isInstanceOf(SQLException.class)
        .hasMessage("after true");
  }

  @Test
  void aClassStandsForAllItsMethods() throws SQLException {
    for (int i = 0; i < 5; i++) {
      container.select(Careless.class).get().forgets();
    }
    assertThat(used()).isZero();
  }

  @Test
  void aMethodWithoutTheAnnotationKeepsWhatItTook() throws SQLException {
    try (Connection kept = forgetful().remembers()) {
      forgetful().forgets();
      assertThat(kept.isClosed()).isFalse();
    }
  }

  @Test
  void aFuturesScopeEndsWithIt() throws SQLException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> result = forgetful().later(answer);
    assertThat(used()).isEqualTo(1);
    answer.complete("done");
    assertThat(result.join()).isEqualTo("done!");
  }
}
