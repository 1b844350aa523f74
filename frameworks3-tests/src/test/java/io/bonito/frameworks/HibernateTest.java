package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.ParameterMode;
import jakarta.persistence.StoredProcedureQuery;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.hibernate.JDBCException;
import org.hibernate.PessimisticLockException;
import org.hibernate.QueryTimeoutException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.LockAcquisitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hibernate 6 or 7, whichever is on the class path. */
@Tag("server")
class HibernateTest {
  private static final Map<Way, SessionFactory> FACTORIES = new HashMap<>();

  static Stream<Way> ways() {
    return Way.all();
  }

  @AfterAll
  static void close() {
    FACTORIES.values().forEach(SessionFactory::close);
    FACTORIES.clear();
  }

  /** One for all tests of a way: its making takes longer than a test. */
  private static SessionFactory factory(Way way) {
    return FACTORIES.computeIfAbsent(
        way, key -> factory(key.freshDatabase(HibernateTest.class), "create-only", Document.class));
  }

  private static SessionFactory factory(
      Database database, String schemaAction, Class<?>... furtherEntities) {
    Properties properties = Page.properties("Hibernate", database);
    Configuration configuration = new Configuration().addProperties(properties);
    configuration.setProperty("hibernate.hbm2ddl.auto", schemaAction);
    configuration.setProperty("hibernate.generate_statistics", "true");
    configuration.addAnnotatedClass(Article.class).addAnnotatedClass(Value.class);
    configuration.addAnnotatedClass(Bill.class).addAnnotatedClass(Bill.Line.class);
    for (Class<?> entity : furtherEntities) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration.buildSessionFactory();
  }

  private static long store(SessionFactory factory, Article article) {
    factory.inTransaction(session -> session.persist(article));
    return article.id;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theSchemaThatItCreatesPassesItsValidation(Way way) {
    Database database = way.freshDatabase(getClass());
    factory(database, "create-only").close();
    try (SessionFactory validated = factory(database, "validate")) {
      store(validated, new Article("validated", 1));
    }
    try (SessionFactory updated = factory(database, "update")) {
      assertThat(updated.<List<Article>>fromTransaction(s -> articles(s, "validated"))).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyKindOfValueComesBackAsItWas(Way way) {
    SessionFactory factory = factory(way);
    Value value = Value.filled(1);
    factory.inTransaction(session -> session.persist(value));
    Value empty = new Value(2);
    factory.inTransaction(session -> session.persist(empty));
    factory.inTransaction(
        session -> {
          assertThat(session.find(Value.class, 1).facts()).isEqualTo(value.facts());
          assertThat(session.find(Value.class, 2).facts()).isEqualTo(empty.facts());
        });
    String instant =
        factory.fromTransaction(
            session ->
                session
                    .createNativeQuery(
                        "SELECT CAST(instant AS CHAR) FROM kinds WHERE id = 1", String.class)
                    .getSingleResult());
    assertThat(instant).isEqualTo("2026-03-29 01:30:00.123456");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void jsonComesBackAndIsAskedInto(Way way) {
    SessionFactory factory = factory(way);
    Map<String, String> content = Map.of("name", "nail", "in", "ä€𝄞");
    factory.inTransaction(session -> session.persist(new Document(1, content)));
    factory.inTransaction(
        session -> {
          assertThat(session.find(Document.class, 1).content).isEqualTo(content);
          String name =
              session
                  .createNativeQuery(
                      "SELECT JSON_UNQUOTE(JSON_EXTRACT(content, '$.name')) FROM Document",
                      String.class)
                  .getSingleResult();
          assertThat(name).isEqualTo("nail");
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void insertsInBatchesAndReadsPageByPage(Way way) {
    SessionFactory factory = factory(way);
    factory.getStatistics().clear();
    factory.inTransaction(
        session -> {
          for (int i = 0; i < 120; i++) {
            session.persist(new Bill(i, "paged"));
          }
        });
    // Three batches of at most 50, each with one statement; the rest asks for ids.
    assertThat(factory.getStatistics().getPrepareStatementCount()).isLessThan(20);
    assertThat(factory.getStatistics().getEntityInsertCount()).isEqualTo(120);
    List<Integer> page =
        factory.fromTransaction(
            session ->
                session
                    .createQuery(
                        "select number from Bill where customer = 'paged' order by number desc",
                        Integer.class)
                    .setFirstResult(100)
                    .setMaxResults(5)
                    .getResultList());
    assertThat(page).containsExactly(19, 18, 17, 16, 15);
    int sum =
        factory.fromTransaction(
            session -> {
              try (Stream<Bill> bills =
                  session
                      .createQuery("from Bill where customer = 'paged'", Bill.class)
                      .setFetchSize(10)
                      .getResultStream()) {
                // Each is lazy: what it loads goes over the connection that the stream is open on.
                return bills.mapToInt(bill -> bill.number + bill.lines.size()).sum();
              }
            });
    assertThat(sum).isEqualTo(120 * 119 / 2);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void readsCollectionsAndUpdatesInOneStatement(Way way) {
    SessionFactory factory = factory(way);
    factory.inTransaction(
        session -> {
          Bill bill = new Bill(7, "joined");
          bill.add("nails", 3);
          bill.add("boards", 4);
          session.persist(bill);
        });
    int changed =
        factory.fromTransaction(
            session ->
                session
                    .createMutationQuery(
                        "update Line set amount = amount * 2 where bill.customer = 'joined'")
                    .executeUpdate());
    assertThat(changed).isEqualTo(2);
    List<Bill> bills =
        factory.fromTransaction(
            session ->
                session
                    .createQuery(
                        "select b from Bill b join fetch b.lines where b.customer = 'joined'",
                        Bill.class)
                    .getResultList());
    assertThat(bills).hasSize(1);
    assertThat(bills.get(0).lines).extracting(line -> line.amount).containsExactlyInAnyOrder(6, 8);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theSecondOfTwoWhoChangeTheSameIsRefused(Way way) {
    SessionFactory factory = factory(way);
    long id = store(factory, new Article("contested", 1));
    assertThatThrownBy(
            () ->
                factory.inTransaction(
                    first -> {
                      first.find(Article.class, id).stock = 2;
                      factory.inTransaction(second -> second.find(Article.class, id).stock = 3);
                    }))
        .isInstanceOf(OptimisticLockException.class);
    int stock = factory.fromTransaction(session -> session.find(Article.class, id).stock);
    assertThat(stock).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aBatchTellsWhichOfItsRowsAnotherHasChanged(Way way) {
    SessionFactory factory = factory(way);
    for (int i = 0; i < 5; i++) {
      store(factory, new Article("batch " + i, 1));
    }
    assertThatThrownBy(
            () ->
                factory.inTransaction(
                    first -> {
                      articles(first, "batch %").forEach(article -> article.stock = 2);
                      factory.inTransaction(second -> articles(second, "batch 3").get(0).stock = 3);
                    }))
        .isInstanceOf(OptimisticLockException.class);
    List<Article> articles = factory.fromTransaction(session -> articles(session, "batch %"));
    assertThat(articles).extracting(article -> article.stock).containsExactly(1, 1, 1, 3, 1);
  }

  private static List<Article> articles(Session session, String name) {
    return session
        .createQuery("from Article where name like :name order by id", Article.class)
        .setParameter("name", name)
        .getResultList();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aRowThatAnotherHasLockedIsNotWaitedFor(Way way) {
    SessionFactory factory = factory(way);
    long id = store(factory, new Article("locked", 1));
    factory.inTransaction(
        first -> {
          first.find(Article.class, id, LockModeType.PESSIMISTIC_WRITE);
          assertThatThrownBy(
                  () ->
                      factory.inTransaction(
                          second ->
                              second
                                  .createQuery("from Article where id = " + id, Article.class)
                                  .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                                  .setHint("jakarta.persistence.lock.timeout", 0)
                                  .getSingleResult()))
              .satisfies(HibernateTest::isOfALock);
        });
  }

  /** Hibernate tells the same by several classes, from release to release. */
  private static void isOfALock(Throwable error) {
    Throwable found = error;
    while (found != null
        && !(found instanceof PessimisticLockException)
        && !(found instanceof LockAcquisitionException)) {
      found = found.getCause();
    }
    assertThat(found).as("of a lock: " + error).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aDuplicateIsAViolationOfANamedConstraint(Way way) {
    SessionFactory factory = factory(way);
    store(factory, new Article("unique", 1));
    assertThatThrownBy(() -> store(factory, new Article("unique", 1)))
        .isInstanceOfSatisfying(
            ConstraintViolationException.class,
            error -> {
              assertThat(error.getErrorCode()).isEqualTo(1062);
              assertThat(error.getConstraintName()).endsWith("one_of_a_name");
            });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aQueryThatTakesTooLongEnds(Way way) {
    SessionFactory factory = factory(way);
    assertThatThrownBy(
            () ->
                factory.inTransaction(
                    session ->
                        session
                            .createNativeQuery("SELECT SLEEP(120)", Integer.class)
                            .setTimeout(1)
                            .getSingleResult()))
        .isInstanceOfAny(
            QueryTimeoutException.class,
            jakarta.persistence.QueryTimeoutException.class,
            JDBCException.class);
    assertThat(factory.<List<Article>>fromTransaction(s -> articles(s, "none"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void callsAProcedureWithParametersOfAllThreeKinds(Way way) {
    SessionFactory factory = factory(way);
    factory.inTransaction(
        session ->
            session.doWork(
                connection -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.execute(
                        "CREATE PROCEDURE reckon (IN a INT, INOUT b INT, OUT c VARCHAR(20)) BEGIN"
                            + " SELECT a AS one UNION ALL SELECT b; SET c = CONCAT(a, '+', b);"
                            + " SET b = a + b; END");
                  }
                }));
    factory.inTransaction(
        session -> {
          StoredProcedureQuery call = session.createStoredProcedureQuery("reckon");
          call.registerStoredProcedureParameter("a", Integer.class, ParameterMode.IN);
          call.registerStoredProcedureParameter("b", Integer.class, ParameterMode.INOUT);
          call.registerStoredProcedureParameter("c", String.class, ParameterMode.OUT);
          call.setParameter("a", 3).setParameter("b", 4);
          assertThat(call.execute()).isTrue();
          assertThat(call.getResultList().toString()).isEqualTo("[3, 4]");
          assertThat(call.getOutputParameterValue("b")).isEqualTo(7);
          assertThat(call.getOutputParameterValue("c")).isEqualTo("3+4");
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void largeValuesAreStreamed(Way way) throws Exception {
    SessionFactory factory = factory(way);
    byte[] bytes = "large ".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
    factory.inTransaction(
        session -> {
          Value value = new Value(3);
          session.doWork(
              connection -> {
                value.picture = connection.createBlob();
                value.picture.setBytes(1, bytes);
                value.document = connection.createClob();
                value.document.setString(1, "ä€𝄞".repeat(50_000));
              });
          session.persist(value);
        });
    factory.inTransaction(
        session -> {
          Value value = session.find(Value.class, 3);
          try {
            assertThat(value.picture.getBinaryStream().readAllBytes()).isEqualTo(bytes);
            assertThat(value.document.getSubString(1, 4)).isEqualTo("ä€𝄞");
            assertThat(value.document.length()).isEqualTo(200_000);
          } catch (java.sql.SQLException | java.io.IOException e) {
            throw new AssertionError(e);
          }
        });
  }
}
