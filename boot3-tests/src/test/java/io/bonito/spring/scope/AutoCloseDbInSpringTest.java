package io.bonito.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.annotation.AutoCloseDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Methods of beans that forget to close; the pool has two connections. */
@Timeout(120)
class AutoCloseDbInSpringTest {
  private static ConfigurableApplicationContext context;
  private static PooledDataSource pool;

  @EnableAutoConfiguration
  @EnableAsync
  @EnableScheduling
  static class Application {
    @Bean
    @Primary
    DataSource dataSource() {
      return DataSourceBuilder.create().url("jdbc:h2:mem:auto_close;DB_CLOSE_DELAY=-1").build();
    }

    @Bean
    DataSource ticking() {
      return DataSourceBuilder.create().url("jdbc:h2:mem:ticking;DB_CLOSE_DELAY=-1").build();
    }

    @Bean
    Forgetful forgetful(DataSource source, JdbcTemplate template) {
      return new Forgetful(source, template);
    }

    @Bean
    Careless careless(DataSource source) {
      return new Careless(source);
    }

    @Bean
    Ticking tickingTask(@Qualifier("ticking") DataSource ticking) {
      return new Ticking(ticking);
    }
  }

  static class Forgetful {
    private final DataSource source;
    private final JdbcTemplate template;

    Forgetful(DataSource source, JdbcTemplate template) {
      this.source = source;
      this.template = template;
    }

    @AutoCloseDb
    public Connection forgets() throws SQLException {
      return source.getConnection();
    }

    @AutoCloseDb
    public void fails() throws SQLException {
      throw new IllegalStateException("after " + source.getConnection().getAutoCommit());
    }

    @AutoCloseDb
    public CompletableFuture<String> later(CompletableFuture<String> answer) throws SQLException {
      source.getConnection();
      return answer.thenApply(text -> text + "!");
    }

    @AutoCloseDb
    public Stream<Integer> rows() throws SQLException {
      source.getConnection();
      return Stream.of(1, 2, 3);
    }

    @AutoCloseDb
    public Mono<Integer> mono() {
      return Mono.fromCallable(() -> source.getConnection().isValid(1) ? 1 : 0);
    }

    @AutoCloseDb
    public Flux<Integer> flux() throws SQLException {
      source.getConnection();
      return Flux.just(1, 2, 3);
    }

    @Async
    @AutoCloseDb
    public CompletableFuture<Thread> async() throws SQLException {
      source.getConnection();
      return CompletableFuture.completedFuture(Thread.currentThread());
    }

    @AutoCloseDb
    @Transactional
    public void inItsTransaction() throws SQLException {
      template.execute("INSERT INTO orders VALUES (1)");
      source.getConnection();
    }

    @AutoCloseDb
    public int inTheCallers() throws SQLException {
      source.getConnection();
      return template.queryForObject("SELECT COUNT(*) FROM orders", Integer.class);
    }
  }

  @AutoCloseDb
  static class Careless {
    private final DataSource source;

    Careless(DataSource source) {
      this.source = source;
    }

    public void forgets() throws SQLException {
      source.getConnection();
    }
  }

  static class Ticking {
    private final DataSource source;
    private final CountDownLatch ticks = new CountDownLatch(4);

    Ticking(DataSource source) {
      this.source = source;
    }

    @AutoCloseDb
    @Scheduled(fixedDelay = 5)
    public void tick() throws SQLException {
      source.getConnection();
      ticks.countDown();
    }

    public boolean awaitTicks() throws InterruptedException {
      return ticks.await(30, TimeUnit.SECONDS);
    }
  }

  @BeforeAll
  static void start() throws SQLException {
    context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties(
                "bonito.pool.arguments.pool_size=2",
                "bonito.pool.arguments.max_overflow=0",
                "bonito.pool.arguments.timeout=60",
                "bonito.auto-close.tasks=true")
            .run();
    pool = context.getBean("dataSource", DataSource.class).unwrap(PooledDataSource.class);
    context.getBean(JdbcTemplate.class).execute("CREATE TABLE orders (n INT)");
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @AfterEach
  void nothingIsLeftOut() {
    assertThat(used()).isZero();
  }

  private static int used() {
    return pool.pool().status().used();
  }

  private static Forgetful forgetful() {
    return context.getBean(Forgetful.class);
  }

  @Test
  void whatAMethodForgetsGoesBackWhenItEnds() throws SQLException {
    for (int i = 0; i < 5; i++) {
      assertThat(forgetful().forgets().isClosed()).isTrue();
    }
    assertThatThrownBy(() -> forgetful().fails()).hasMessage("after true");
  }

  @Test
  void aClassStandsForAllItsMethods() throws SQLException {
    for (int i = 0; i < 5; i++) {
      context.getBean(Careless.class).forgets();
    }
    assertThat(used()).isZero();
  }

  @Test
  void theCallersOwnStays() throws SQLException {
    try (Connection own = pool.getConnection()) {
      forgetful().forgets();
      assertThat(own.isClosed()).isFalse();
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

  @Test
  void aStreamsScopeEndsWhenItIsClosed() throws SQLException {
    try (Stream<Integer> rows = forgetful().rows()) {
      assertThat(used()).isEqualTo(1);
      assertThat(rows.limit(2)).containsExactly(1, 2);
    }
  }

  @Test
  void aPublishersScopeEndsWithItOrWhenItIsCancelled() throws SQLException {
    Mono<Integer> mono = forgetful().mono();
    assertThat(used()).isZero();
    assertThat(mono.block()).isEqualTo(1);

    Flux<Integer> flux = forgetful().flux();
    assertThat(used()).isEqualTo(1);
    assertThat(flux.take(1).collectList().block()).containsExactly(1);
  }

  @Test
  void anAsynchronousMethodsScopeIsInItsOwnThread() throws Exception {
    for (int i = 0; i < 4; i++) {
      Thread thread = forgetful().async().get(60, TimeUnit.SECONDS);
      assertThat(thread).isNotSameAs(Thread.currentThread());
    }
    assertThat(used()).isZero();
  }

  @Test
  void aScheduledMethodGivesBackWhatItForgets() throws InterruptedException {
    assertThat(context.getBean(Ticking.class).awaitTicks()).isTrue();
  }

  @Test
  void tasksOfSpringsExecutorHaveScopesWhereThatIsAskedFor() throws Exception {
    AsyncTaskExecutor executor =
        context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
    for (int i = 0; i < 4; i++) {
      executor.submit(() -> pool.getConnection().isValid(1)).get(60, TimeUnit.SECONDS);
    }
    // The future ends within its task, and the scope right after it.
    CompletableFuture<Void> last = new CompletableFuture<>();
    executor.execute(() -> last.complete(null));
    last.get(60, TimeUnit.SECONDS);
    Awaiting.until(() -> used() == 0);
  }

  @Test
  void aTransactionOfItsOwnIsCommittedInTheScope() throws SQLException {
    int before = forgetful().inTheCallers();
    forgetful().inItsTransaction();
    assertThat(forgetful().inTheCallers()).isEqualTo(before + 1);
  }

  @Test
  void aConnectionOfAnOuterTransactionIsLeftToIt() {
    PlatformTransactionManager manager = context.getBean(PlatformTransactionManager.class);
    TransactionTemplate outer = new TransactionTemplate(manager);
    int rolledBack =
        outer.execute(
            status -> {
              context.getBean(JdbcTemplate.class).execute("INSERT INTO orders VALUES (7)");
              int seen = call(forgetful());
              assertThat(used()).isEqualTo(1);
              assertThat(call(forgetful())).isEqualTo(seen);
              status.setRollbackOnly();
              return seen;
            });
    assertThat(call(forgetful())).isEqualTo(rolledBack - 1);
  }

  /** It binds its connection only when somebody asks for one, which is within the scope. */
  @Test
  void aConnectionThatIsBoundLateBelongsToTheOuterTransactionToo() {
    PlatformTransactionManager manager = context.getBean(PlatformTransactionManager.class);
    TransactionTemplate outer = new TransactionTemplate(manager);
    outer.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
    outer.executeWithoutResult(
        status -> {
          int seen = call(forgetful());
          assertThat(used()).isEqualTo(1);
          assertThat(
                  context
                      .getBean(JdbcTemplate.class)
                      .queryForObject("SELECT COUNT(*) FROM orders", Integer.class))
              .isEqualTo(seen);
        });
  }

  private static int call(Forgetful forgetful) {
    try {
      return forgetful.inTheCallers();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
