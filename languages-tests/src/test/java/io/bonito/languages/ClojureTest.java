package io.bonito.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.java.api.Clojure;
import clojure.lang.ExceptionInfo;
import clojure.lang.IFn;
import io.bonito.testkit.server.Server;
import java.math.BigDecimal;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code goods.clj} does by clojure.java.jdbc. */
@Tag("server")
class ClojureTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";
  private static final BigDecimal LIMIT = new BigDecimal("3.00");

  @BeforeAll
  static void load() {
    Clojure.var("clojure.core", "require").invoke(Clojure.read("goods"));
  }

  private static IFn goods(String function) {
    return Clojure.var("goods", function);
  }

  private static Object keyword(String name) {
    return Clojure.read(":" + name);
  }

  private static Object good(String name, String price) {
    return Clojure.var("clojure.core", "hash-map")
        .invoke(keyword("name"), name, keyword("price"), new BigDecimal(price));
  }

  private static Object shop(Server server) {
    return goods("database").invoke(Shops.url(Shops.withGoods(ClojureTest.class, server), server));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void insertsGiveTheirKeysAndRowsAreMaps(Server server) {
    Object shop = shop(server);
    Object first = goods("add!").invoke(shop, good("tea", "2.50"));
    goods("add!").invoke(shop, good("coffee", "9.50"));
    assertThat(((Number) first).longValue()).isEqualTo(1);
    List<?> below = (List<?>) goods("below").invoke(shop, LIMIT);
    assertThat(below)
        .singleElement()
        .isEqualTo(
            Map.of(
                keyword("id"),
                1L,
                keyword("name"),
                "tea",
                keyword("price"),
                new BigDecimal("2.50")));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void rowsAreReducedWhileTheyCome(Server server) {
    Object shop = shop(server);
    for (int i = 1; i <= 250; i++) {
      goods("add!").invoke(shop, good("good " + i, "1.10"));
    }
    assertThat(goods("total").invoke(shop)).isEqualTo(new BigDecimal("275.00"));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void anExceptionRollsATransactionBack(Server server) {
    Object shop = shop(server);
    goods("add!").invoke(shop, good("tea", "2.50"));
    goods("sell!").invoke(shop, 1, 7);
    assertThatThrownBy(() -> goods("sell!").invoke(shop, 1, 7))
        .isInstanceOf(ExceptionInfo.class)
        .hasMessage("not that many");
    IFn query = Clojure.var("clojure.java.jdbc", "query");
    Object sales = Clojure.read("[\"SELECT sold FROM sales\"]");
    assertThat((List<?>) query.invoke(shop, sales)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatTheServerRefusesIsTheDriversOwnException(Server server) {
    Object shop = shop(server);
    goods("add!").invoke(shop, good("tea", "2.50"));
    assertThatThrownBy(() -> goods("add!").invoke(shop, good("tea", "2.50")))
        .isInstanceOf(SQLIntegrityConstraintViolationException.class);
  }
}
