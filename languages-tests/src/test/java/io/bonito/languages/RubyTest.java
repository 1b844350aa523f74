package io.bonito.languages;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code goods.rb} does on JRuby by JDBC. */
@Tag("server")
class RubyTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  @BeforeAll
  static void load() {
    Ruby.load("goods.rb");
  }

  private static String url(Server server) {
    return Shops.url(Shops.withGoods(RubyTest.class, server), server);
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void insertsGiveTheirKeysAndRowsAreRead(Server server) {
    assertThat(
            Ruby.run(
                """
                goods = Goods.new($arguments[0])
                keys = [goods.add('tea', BigDecimal('2.50')), goods.add('coffee', BigDecimal('9.50'))]
                names = goods.below(BigDecimal('3'))
                goods.close
                "#{keys} #{names}"
                """,
                url(server)))
        .isEqualTo("[1, 2] [\"tea\"]");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatTheServerRefusesIsAnExceptionOfRubyAndRollsATransactionBack(Server server) {
    assertThat(
            Ruby.run(
                """
                goods = Goods.new($arguments[0])
                refused = nil
                begin
                  goods.transaction do
                    goods.add('tea', BigDecimal('2.50'))
                    goods.add('tea', BigDecimal('2.50'))
                  end
                rescue java.sql.SQLIntegrityConstraintViolationException => e
                  refused = e.error_code
                end
                names = goods.below(BigDecimal('3'))
                goods.close
                "#{refused} #{names}"
                """,
                url(server)))
        .isEqualTo("1062 []");
  }
}
