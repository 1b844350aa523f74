package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** jOOQ's publishers over Bonito's R2DBC driver. */
@Tag("server")
class JooqReactiveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Table<Record> BILL = table(name("bill"));
  private static final Field<Integer> ID = field(name("id"), INTEGER.identity(true));
  private static final Field<String> BUYER = field(name("buyer"), VARCHAR(20));

  static Stream<Way> ways() {
    return Way.bonito();
  }

  private static DSLContext connect(Way way) {
    Database database = way.freshDatabase(JooqReactiveTest.class);
    String url =
        database.url().replaceFirst("^jdbc:", "r2dbc:").replace("//", "//" + database.user() + "@");
    return DSL.using(
        ConnectionFactories.get(url), way.isMariaDb() ? SQLDialect.MARIADB : SQLDialect.MYSQL);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void statementsArePublishers(Way way) {
    DSLContext jooq = connect(way);
    Mono.from(jooq.createTable(BILL).column(ID).column(BUYER).primaryKey(ID)).block(PATIENCE);
    for (String buyer : new String[] {"Anna", "Béla", "陳"}) {
      Record key =
          Mono.from(jooq.insertInto(BILL, BUYER).values(buyer).returningResult(ID)).block(PATIENCE);
      assertThat(key.get(ID)).isPositive();
    }
    assertThat(
            Flux.from(jooq.select(BUYER).from(BILL).where(ID.gt(1)).orderBy(ID))
                .map(row -> row.get(BUYER))
                .collectList()
                .block(PATIENCE))
        .containsExactly("Béla", "陳");
    assertThat(Mono.from(jooq.update(BILL).set(BUYER, "Zoe").where(ID.eq(1))).block(PATIENCE))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void transactionsAreCommittedOrRolledBack(Way way) {
    DSLContext jooq = connect(way);
    Mono.from(jooq.createTable(BILL).column(ID).column(BUYER).primaryKey(ID)).block(PATIENCE);
    // Not Mono.from, which leaves with the first element, and so before the commit.
    Flux.from(
            jooq.transactionPublisher(
                inner -> inner.dsl().insertInto(BILL, ID, BUYER).values(1, "Anna")))
        .blockLast(PATIENCE);
    Flux<Integer> twice =
        Flux.from(
            jooq.transactionPublisher(
                inner ->
                    Flux.concat(
                        inner.dsl().insertInto(BILL, ID, BUYER).values(2, "Béla"),
                        inner.dsl().insertInto(BILL, ID, BUYER).values(1, "Cid"))));
    assertThatThrownBy(() -> twice.blockLast(PATIENCE))
        .isInstanceOf(IntegrityConstraintViolationException.class);
    assertThat(Mono.from(jooq.selectCount().from(BILL)).block(PATIENCE).value1()).isEqualTo(1);
  }
}
