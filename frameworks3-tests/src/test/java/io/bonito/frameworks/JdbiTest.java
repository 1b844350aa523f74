package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.OutParameters;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class JdbiTest {
  /** A row. */
  public record Good(
      long id,
      String name,
      BigDecimal price,
      LocalDateTime since,
      LocalDate day,
      LocalTime time,
      Instant seen) {}

  static Stream<Way> ways() {
    return Way.all();
  }

  private static List<Good> page(String url, String user, String password, int from) {
    Jdbi shop = Jdbi.create(url, user, password);
    shop.registerRowMapper(ConstructorMapper.factory(Good.class));
    return shop.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM goods ORDER BY id LIMIT 10 OFFSET :from")
                .bind("from", from)
                .mapTo(Good.class)
                .list());
  }

  private static Jdbi shop(Database database) {
    Jdbi shop = Jdbi.create(database.url(), database.user(), database.password());
    shop.useHandle(
        handle ->
            handle.execute(
                "CREATE TABLE goods (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) UNIQUE,"
                    + " price DECIMAL(10,2), since DATETIME(6), day DATE, time TIME, seen"
                    + " TIMESTAMP(6) NULL, version INT DEFAULT 1)"));
    return shop;
  }

  @Test
  void thePageShowsThis() throws Exception {
    Page.showsCodeOf(getClass(), "JDBI");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void insertsInABatchAndReadsPages(Way way) {
    Database database = way.freshDatabase(getClass());
    LocalDateTime since = LocalDateTime.of(2026, 6, 29, 2, 30, 0, 123_456_000);
    Instant seen = Instant.parse("2026-03-29T01:30:00.123456Z");
    List<Long> keys =
        shop(database)
            .withHandle(
                handle -> {
                  PreparedBatch batch =
                      handle.prepareBatch(
                          "INSERT INTO goods (name, price, since, day, time, seen) VALUES (:name,"
                              + " :price, :since, :day, :time, :seen)");
                  for (int i = 0; i < 45; i++) {
                    batch
                        .bind("name", "good " + i)
                        .bind("price", i)
                        .bind("since", since)
                        .bind("day", LocalDate.of(2026, 3, 29))
                        .bind("time", LocalTime.of(23, 59, 58))
                        .bind("seen", seen)
                        .add();
                  }
                  return batch.executePreparedBatch("id").mapTo(Long.class).list();
                });
    assertThat(keys).hasSize(45).startsWith(1L).endsWith(45L);
    List<Good> page = page(database.url(), database.user(), database.password(), 40);
    assertThat(page)
        .hasSize(5)
        .last()
        .isEqualTo(
            new Good(
                45,
                "good 44",
                new BigDecimal("44.00"),
                since,
                LocalDate.of(2026, 3, 29),
                LocalTime.of(23, 59, 58),
                seen));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aTransactionThatFailsLeavesNothing(Way way) {
    Jdbi shop = shop(way.freshDatabase(getClass()));
    assertThatThrownBy(
            () ->
                shop.useTransaction(
                    TransactionIsolationLevel.SERIALIZABLE,
                    handle -> {
                      handle.execute("INSERT INTO goods (name) VALUES (?)", "a");
                      handle.savepoint("first");
                      handle.execute("INSERT INTO goods (name) VALUES (?)", "b");
                      handle.rollbackToSavepoint("first");
                      handle.execute("INSERT INTO goods (name) VALUES (?)", "a");
                    }))
        .isInstanceOf(UnableToExecuteStatementException.class);
    int count =
        shop.withHandle(
            handle -> handle.createQuery("SELECT COUNT(*) FROM goods").mapTo(Integer.class).one());
    assertThat(count).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theSecondOfTwoWhoChangeTheSameChangesNothing(Way way) {
    try (Handle handle = shop(way.freshDatabase(getClass())).open()) {
      handle.execute("INSERT INTO goods (name) VALUES ('a')");
      String update = "UPDATE goods SET version = version + 1 WHERE id = ? AND version = ?";
      assertThat(handle.execute(update, 1, 1)).isEqualTo(1);
      assertThat(handle.execute(update, 1, 1)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void callsAProcedure(Way way) {
    try (Handle handle = shop(way.freshDatabase(getClass())).open()) {
      handle.execute(
          "CREATE PROCEDURE reckon (IN a INT, OUT b INT, OUT c VARCHAR(40)) BEGIN SELECT a; SET b ="
              + " 2 * a; SET c = CONCAT(a, '+', a); END");
      OutParameters out =
          handle
              .createCall("{CALL reckon(:a, :b, :c)}")
              .bind("a", 3)
              .registerOutParameter("b", Types.INTEGER)
              .registerOutParameter("c", Types.VARCHAR)
              .invoke();
      assertThat(out.getInt("b")).isEqualTo(6);
      assertThat(out.getString("c")).isEqualTo("3+3");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void streamsWithAFetchSize(Way way) {
    try (Handle handle = shop(way.freshDatabase(getClass())).open();
        Stream<Integer> numbers =
            handle
                .createQuery(
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                        + " SELECT i FROM n")
                .setFetchSize(10)
                .mapTo(Integer.class)
                .stream()) {
      assertThat(numbers.mapToInt(i -> i).sum()).isEqualTo(500_500);
    }
  }
}
