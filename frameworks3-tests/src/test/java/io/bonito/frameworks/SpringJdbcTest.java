package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcCall;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("server")
class SpringJdbcTest {
  private static final int PAGE = 10;

  record Good(long id, String name, BigDecimal price, LocalDateTime since, int version) {}

  static Stream<Way> ways() {
    return Way.all();
  }

  static Stream<Way> bonito() {
    return Way.bonito();
  }

  private static DriverManagerDataSource source(String url, String user, String password) {
    return new DriverManagerDataSource(url, user, password);
  }

  /** A transaction's work, so that all of it goes over one connection. */
  private static TransactionTemplate transactions(DataSource source) {
    return new TransactionTemplate(new JdbcTransactionManager(source));
  }

  private static List<Good> page(String url, String user, String password, int from) {
    DataSource source = new DriverManagerDataSource(url, user, password);
    JdbcClient client = JdbcClient.create(source);
    return client
        .sql("SELECT * FROM goods WHERE price < :limit ORDER BY id LIMIT :count OFFSET :from")
        .param("limit", 100)
        .param("count", PAGE)
        .param("from", from)
        .query(Good.class)
        .list();
  }

  private static DriverManagerDataSource shop(Way way) {
    Database database = way.freshDatabase(SpringJdbcTest.class);
    DriverManagerDataSource source = source(database.url(), database.user(), database.password());
    new JdbcTemplate(source)
        .execute(
            "CREATE TABLE goods (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) UNIQUE,"
                + " price DECIMAL(10,2) NOT NULL, since DATETIME(6), version INT DEFAULT 1)");
    return source;
  }

  @Test
  void thePageShowsThis() throws Exception {
    Page.showsCodeOf(getClass(), "Spring JDBC");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void insertsInABatchAndReadsPagesOfRecords(Way way) {
    DriverManagerDataSource source = shop(way);
    LocalDateTime since = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000);
    List<Object[]> rows =
        IntStream.range(0, 95).mapToObj(i -> new Object[] {"good " + i, i + 0.5, since}).toList();
    int[] counts =
        new JdbcTemplate(source)
            .batchUpdate("INSERT INTO goods (name, price, since) VALUES (?, ?, ?)", rows);
    assertThat(counts).hasSize(95).containsOnly(1);
    assertThat(page(source.getUrl(), source.getUsername(), source.getPassword(), 90))
        .hasSize(5)
        .first()
        .isEqualTo(new Good(91, "good 90", new BigDecimal("90.50"), since, 1));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void tellsTheKeysThatTheServerMade(Way way) {
    DataSource source = shop(way);
    GeneratedKeyHolder keys = new GeneratedKeyHolder();
    JdbcClient.create(source)
        .sql("INSERT INTO goods (name, price) VALUES (:name, :price)")
        .param("name", "nail")
        .param("price", 2)
        .update(keys);
    assertThat(keys.getKey()).isNotNull();
    assertThat(keys.getKey().longValue()).isEqualTo(1);
    Number second =
        new SimpleJdbcInsert(source)
            .withTableName("goods")
            .usingGeneratedKeyColumns("id")
            .executeAndReturnKey(Map.of("name", "board", "price", 3, "version", 1));
    assertThat(second.longValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aTransactionThatFailsLeavesNothing(Way way) {
    DataSource source = shop(way);
    JdbcClient client = JdbcClient.create(source);
    assertThatThrownBy(
            () ->
                transactions(source)
                    .executeWithoutResult(
                        status -> {
                          client.sql("INSERT INTO goods (name, price) VALUES ('a', 1)").update();
                          client.sql("INSERT INTO goods (name, price) VALUES ('a', 1)").update();
                        }))
        .isInstanceOf(DuplicateKeyException.class);
    assertThat(client.sql("SELECT COUNT(*) FROM goods").query(Long.class).single()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theSecondOfTwoWhoChangeTheSameChangesNothing(Way way) {
    DataSource source = shop(way);
    JdbcClient client = JdbcClient.create(source);
    client.sql("INSERT INTO goods (name, price) VALUES ('a', 1)").update();
    String update = "UPDATE goods SET version = version + 1 WHERE id = ? AND version = ?";
    assertThat(client.sql(update).params(1, 1).update()).isEqualTo(1);
    assertThat(client.sql(update).params(1, 1).update()).isZero();
    // Found counts, not changed.
    assertThat(client.sql("UPDATE goods SET version = 2 WHERE id = 1").update()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void errorsAreWhatSpringMakesOfTheirStates(Way way) {
    DataSource source = shop(way);
    JdbcClient client = JdbcClient.create(source);
    client.sql("INSERT INTO goods (name, price) VALUES ('a', 1)").update();
    assertThatThrownBy(() -> client.sql("SELECT * FROM absent").query().listOfRows())
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(
            () -> client.sql("INSERT INTO goods (name, price) VALUES ('b', NULL)").update())
        .isInstanceOf(DataIntegrityViolationException.class);
    JdbcTemplate impatient = new JdbcTemplate(source);
    impatient.setQueryTimeout(1);
    assertThatThrownBy(
            () -> impatient.queryForObject("SELECT SLEEP(120) FROM goods", Integer.class))
        .isInstanceOf(QueryTimeoutException.class);
  }

  /** Another data source, so that Spring does not take the transaction's connection. */
  private static DataSource otherConnection(DriverManagerDataSource known) {
    return source(known.getUrl(), known.getUsername(), known.getPassword());
  }

  /** By its SQLState. */
  @ParameterizedTest
  @MethodSource("bonito")
  void aLockThatIsNotHadInTimeIsAFailureOfLocking(Way way) {
    DriverManagerDataSource source = shop(way);
    JdbcClient.create(source).sql("INSERT INTO goods (name, price) VALUES ('a', 1)").update();
    String lock = "SELECT id FROM goods WHERE id = 1 FOR UPDATE";
    DataSource other = otherConnection(source);
    transactions(source)
        .executeWithoutResult(
            first -> {
              JdbcClient.create(source).sql(lock).query().singleValue();
              assertThatThrownBy(() -> lockWithin(other, lock))
                  .isInstanceOf(PessimisticLockingFailureException.class);
            });
  }

  private static void lockWithin(DataSource source, String lock) {
    JdbcClient client = JdbcClient.create(source);
    transactions(source)
        .executeWithoutResult(
            status -> {
              client.sql("SET innodb_lock_wait_timeout = 1").update();
              client.sql(lock).query().singleValue();
            });
  }

  /** The names and types come from the metadata. */
  @ParameterizedTest
  @MethodSource("ways")
  void callsAProcedureWhoseParametersItAsksFor(Way way) {
    DataSource source = shop(way);
    JdbcTemplate template = new JdbcTemplate(source);
    String schema = template.queryForObject("SELECT DATABASE()", String.class);
    template.execute(
        "CREATE PROCEDURE reckon (IN a INT, INOUT b DECIMAL(10,2), OUT c VARCHAR(20)) BEGIN"
            + " SELECT a AS n UNION ALL SELECT 9; SET c = CONCAT(a, '+', b); SET b = a + b; END");
    template.execute("CREATE FUNCTION doubled (n INT) RETURNS BIGINT DETERMINISTIC RETURN 2 * n");
    Map<String, Object> results =
        new SimpleJdbcCall(source)
            .withCatalogName(schema)
            .withProcedureName("reckon")
            .returningResultSet("rows", (row, number) -> row.getInt("n"))
            .execute(Map.of("a", 3, "b", new BigDecimal("4.25")));
    assertThat(results)
        .containsEntry("rows", List.of(3, 9))
        .containsEntry("b", new BigDecimal("7.25"))
        .containsEntry("c", "3+4.25");
    Long doubled =
        new SimpleJdbcCall(source)
            .withCatalogName(schema)
            .withFunctionName("doubled")
            .executeFunction(Long.class, Map.of("n", 21));
    assertThat(doubled).isEqualTo(42);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void streamsARowAtATimeWhileOtherStatementsRun(Way way) {
    DataSource source = shop(way);
    JdbcTemplate template = new JdbcTemplate(source);
    template.setFetchSize(way.isBonito() || way.isMariaDb() ? 10 : Integer.MIN_VALUE);
    transactions(source)
        .executeWithoutResult(
            status -> {
              try (Stream<Integer> numbers =
                  template.queryForStream(
                      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <"
                          + " 1000) SELECT i FROM n",
                      (row, number) -> row.getInt(1))) {
                assertThat(numbers.limit(20).mapToInt(i -> i).sum()).isEqualTo(210);
              }
              assertThat(template.queryForObject("SELECT 1", Integer.class)).isEqualTo(1);
            });
  }
}
