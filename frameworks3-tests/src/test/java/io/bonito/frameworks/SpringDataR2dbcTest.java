package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.r2dbc.repository.Modifying;
import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.r2dbc.repository.R2dbcRepository;
import org.springframework.data.r2dbc.repository.support.R2dbcRepositoryFactory;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Entities, repositories and transactions of Spring Data R2DBC over Bonito and r2dbc-pool. */
@Tag("server")
class SpringDataR2dbcTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Table("article")
  record Goods(
      @Id Long id,
      String code,
      BigDecimal price,
      LocalDate since,
      Instant changed,
      Boolean sold,
      @Version Integer version) {
    static Goods of(String code, String price) {
      return new Goods(
          null,
          code,
          new BigDecimal(price),
          LocalDate.of(2026, 2, 28),
          Instant.parse("2026-10-25T00:30:00.123456Z"),
          false,
          null);
    }

    Goods at(String newPrice) {
      return new Goods(id, code, new BigDecimal(newPrice), since, changed, sold, version);
    }
  }

  interface Shelf extends R2dbcRepository<Goods, Long> {
    Flux<Goods> findByPriceGreaterThanOrderByCode(BigDecimal price, Pageable page);

    Mono<Long> countBySold(boolean sold);

    @Modifying
    @Query("UPDATE article SET sold = TRUE WHERE code IN (:codes)")
    Mono<Integer> sell(List<String> codes);
  }

  private static ConnectionPool pool(Database database) {
    String url =
        database.url().replaceFirst("^jdbc:", "r2dbc:").replace("//", "//" + database.user() + "@");
    return new ConnectionPool(
        ConnectionPoolConfiguration.builder(ConnectionFactories.get(url)).maxSize(3).build());
  }

  static Stream<Way> ways() {
    return Way.bonito();
  }

  private interface Use {
    void of(R2dbcEntityTemplate template, Shelf shelf, TransactionalOperator transaction);
  }

  private static void withShelf(Way way, Use use) {
    Database database = way.freshDatabase(SpringDataR2dbcTest.class);
    ConnectionPool pool = pool(database);
    try {
      R2dbcEntityTemplate template = new R2dbcEntityTemplate(pool);
      template
          .getDatabaseClient()
          .sql(
              "CREATE TABLE article (id BIGINT AUTO_INCREMENT PRIMARY KEY, code VARCHAR(20) UNIQUE,"
                  + " price DECIMAL(9,2), since DATE, changed TIMESTAMP(6) NULL, sold BOOLEAN,"
                  + " version INT)")
          .then()
          .block(PATIENCE);
      use.of(
          template,
          new R2dbcRepositoryFactory(template).getRepository(Shelf.class),
          TransactionalOperator.create(new R2dbcTransactionManager(pool)));
      assertThat(pool.getMetrics().orElseThrow().acquiredSize()).isZero();
    } finally {
      pool.disposeLater().block(PATIENCE);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void entitiesAreSavedFoundPagedChangedAndDeleted(Way way) {
    withShelf(
        way,
        (template, shelf, transaction) -> {
          List<Goods> saved =
              shelf
                  .saveAll(
                      List.of(Goods.of("a", "1.50"), Goods.of("b", "2.50"), Goods.of("c", "3.50")))
                  .collectList()
                  .block(PATIENCE);
          assertThat(saved).extracting(Goods::id).doesNotContainNull().doesNotHaveDuplicates();
          assertThat(shelf.findById(saved.get(1).id()).block(PATIENCE)).isEqualTo(saved.get(1));
          assertThat(
                  shelf
                      .findByPriceGreaterThanOrderByCode(
                          new BigDecimal("1"), PageRequest.of(1, 2, Sort.by("code")))
                      .map(Goods::code)
                      .collectList()
                      .block(PATIENCE))
              .containsExactly("c");
          assertThat(shelf.sell(List.of("a", "c")).block(PATIENCE)).isEqualTo(2);
          assertThat(shelf.countBySold(true).block(PATIENCE)).isEqualTo(2);
          shelf.delete(saved.get(1)).block(PATIENCE);
          assertThat(shelf.count().block(PATIENCE)).isEqualTo(2);
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aTransactionIsRolledBackAsAWhole(Way way) {
    withShelf(
        way,
        (template, shelf, transaction) -> {
          Mono<Void> twice =
              shelf.save(Goods.of("x", "1")).then(shelf.save(Goods.of("x", "2"))).then();
          assertThatThrownBy(() -> transaction.transactional(twice).block(PATIENCE))
              .isInstanceOf(DataIntegrityViolationException.class);
          assertThat(shelf.count().block(PATIENCE)).isZero();
          transaction
              .transactional(shelf.saveAll(List.of(Goods.of("x", "1"), Goods.of("y", "2"))))
              .blockLast(PATIENCE);
          assertThat(shelf.count().block(PATIENCE)).isEqualTo(2);
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aLostUpdateIsSeen(Way way) {
    withShelf(
        way,
        (template, shelf, transaction) -> {
          Goods first = shelf.save(Goods.of("x", "1.00")).block(PATIENCE);
          Goods second = shelf.save(first.at("2.00")).block(PATIENCE);
          assertThat(second.version()).isEqualTo(first.version() + 1);
          assertThatThrownBy(() -> shelf.save(first.at("3.00")).block(PATIENCE))
              .isInstanceOf(OptimisticLockingFailureException.class);
          assertThat(shelf.findById(first.id()).block(PATIENCE).price())
              .isEqualByComparingTo("2.00");
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void manyRowsAreReadAsTheyAreAskedFor(Way way) {
    withShelf(
        way,
        (template, shelf, transaction) -> {
          List<Integer> taken =
              template
                  .getDatabaseClient()
                  .sql(
                      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
                          + " SELECT i FROM n")
                  .map(row -> row.get("i", Integer.class))
                  .all()
                  .limitRate(7)
                  .take(500)
                  .collectList()
                  .block(PATIENCE);
          assertThat(taken).hasSize(500).isSorted();
        });
  }
}
