package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.CloseableDSLContext;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Meta;
import org.jooq.Query;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.UInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class JooqTest {
  private static final Table<?> GOODS = table(name("goods"));
  private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT.identity(true));
  private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR(50));
  private static final Field<BigDecimal> PRICE = field(name("price"), SQLDataType.DECIMAL(10, 2));
  private static final Field<UInteger> STOCK = field(name("stock"), SQLDataType.INTEGERUNSIGNED);
  private static final Field<LocalDateTime> SINCE =
      field(name("since"), SQLDataType.LOCALDATETIME(6));

  record Good(long id, String name, BigDecimal price, UInteger stock, LocalDateTime since) {}

  static Stream<Way> ways() {
    return Way.all();
  }

  /** jOOQ's own tip of the day has no place in a build's log. */
  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private static List<String> names(String url, String user, String password) {
    try (CloseableDSLContext shop = DSL.using(url, user, password)) {
      return shop.select(NAME).from(GOODS).orderBy(NAME).limit(10).fetch(NAME);
    }
  }

  private static CloseableDSLContext shop(Database database) {
    CloseableDSLContext shop = DSL.using(database.url(), database.user(), database.password());
    shop.createTable(GOODS)
        .columns(ID, NAME, PRICE, STOCK, SINCE)
        .constraints(constraint("pk").primaryKey(ID), constraint("one_of_a_name").unique(NAME))
        .execute();
    return shop;
  }

  @Test
  void thePageShowsThis() throws Exception {
    Page.showsCodeOf(getClass(), "jOOQ");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void knowsTheDialectByTheUrlAndReadsPages(Way way) {
    Database database = way.freshDatabase(getClass());
    try (CloseableDSLContext shop = shop(database)) {
      assertThat(shop.dialect().family())
          .isEqualTo(way.isMariaDb() ? SQLDialect.MARIADB : SQLDialect.MYSQL);
      List<Query> inserts =
          IntStream.range(0, 30)
              .<Query>mapToObj(
                  i ->
                      shop.insertInto(GOODS)
                          .set(NAME, "good %02d".formatted(i))
                          .set(PRICE, BigDecimal.valueOf(i)))
              .toList();
      assertThat(shop.batch(inserts).execute()).hasSize(30).containsOnly(1);
      assertThat(names(database.url(), database.user(), database.password()))
          .hasSize(10)
          .startsWith("good 00")
          .endsWith("good 09");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void mapsRowsAndReturnsWhatTheServerMade(Way way) {
    try (CloseableDSLContext shop = shop(way.freshDatabase(getClass()))) {
      LocalDateTime since = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000);
      Record1<Long> key =
          shop.insertInto(GOODS)
              .set(NAME, "nail")
              .set(PRICE, new BigDecimal("2.50"))
              .set(STOCK, UInteger.MAX)
              .set(SINCE, since)
              .returningResult(ID)
              .fetchOne();
      assertThat(key).isNotNull();
      assertThat(key.value1()).isEqualTo(1);
      Good good =
          shop.select(ID, NAME, PRICE, STOCK, SINCE).from(GOODS).fetchSingleInto(Good.class);
      assertThat(good).isEqualTo(new Good(1, "nail", new BigDecimal("2.50"), UInteger.MAX, since));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void insertsManyByOneStatementSentAsABatch(Way way) {
    try (CloseableDSLContext shop = shop(way.freshDatabase(getClass()))) {
      var batch =
          shop.batch(shop.insertInto(GOODS, NAME, PRICE).values((String) null, (BigDecimal) null));
      for (int i = 0; i < 100; i++) {
        batch = batch.bind("good " + i, BigDecimal.valueOf(i));
      }
      assertThat(batch.execute()).hasSize(100).containsOnly(1);
      // ON DUPLICATE KEY
      shop.insertInto(GOODS, NAME, PRICE)
          .values("good 7", BigDecimal.ONE)
          .onDuplicateKeyUpdate()
          .set(PRICE, new BigDecimal("77"))
          .execute();
      assertThat(shop.fetchCount(GOODS)).isEqualTo(100);
      assertThat(shop.select(PRICE).from(GOODS).where(NAME.eq("good 7")).fetchSingle(PRICE))
          .isEqualByComparingTo("77");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aTransactionWithinAnotherIsRolledBackAlone(Way way) {
    try (CloseableDSLContext shop = shop(way.freshDatabase(getClass()))) {
      shop.transaction(
          outer -> {
            outer.dsl().insertInto(GOODS, NAME, PRICE).values("kept", BigDecimal.ONE).execute();
            assertThatThrownBy(
                    () ->
                        outer
                            .dsl()
                            .transaction(
                                inner -> {
                                  DSLContext dsl = inner.dsl();
                                  dsl.insertInto(GOODS, NAME, PRICE)
                                      .values("lost", BigDecimal.ONE)
                                      .execute();
                                  dsl.insertInto(GOODS, NAME, PRICE)
                                      .values("kept", BigDecimal.ONE)
                                      .execute();
                                }))
                .isInstanceOf(IntegrityConstraintViolationException.class);
          });
      assertThat(shop.select(NAME).from(GOODS).fetch(NAME)).containsExactly("kept");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void fetchesAllResultsOfAProcedure(Way way) {
    try (CloseableDSLContext shop = shop(way.freshDatabase(getClass()))) {
      shop.execute("CREATE PROCEDURE two() BEGIN SELECT 1 AS a; SELECT 'x' AS b, 2.5 AS c; END");
      List<Result<org.jooq.Record>> results = List.copyOf(shop.fetchMany("CALL two()"));
      assertThat(results).hasSize(2);
      assertThat(results.get(1).get(0).intoList()).hasToString("[x, 2.5]");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void readsTheSchemaFromTheMetadata(Way way) {
    Database database = way.freshDatabase(getClass());
    try (CloseableDSLContext shop = shop(database)) {
      Meta meta = shop.meta().filterSchemas(schema -> schema.getName().equals(database.schema()));
      Meta ofCatalog =
          shop.meta().filterCatalogs(catalog -> catalog.getName().equals(database.schema()));
      List<Table<?>> tables =
          Stream.concat(meta.getTables("goods").stream(), ofCatalog.getTables("goods").stream())
              .distinct()
              .toList();
      assertThat(tables).hasSize(1);
      Table<?> goods = tables.get(0);
      assertThat(goods.fields())
          .extracting(Field::getName)
          .containsExactly("id", "name", "price", "stock", "since");
      assertThat(goods.getPrimaryKey()).isNotNull();
      assertThat(goods.getPrimaryKey().getFields())
          .extracting(Field::getName)
          .containsExactly("id");
      assertThat(goods.field("stock").getType()).isEqualTo(UInteger.class);
      assertThat(goods.field("price").getDataType().scale()).isEqualTo(2);
      assertThat(goods.getIdentity()).isNotNull();
    }
  }
}
