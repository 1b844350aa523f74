package io.bonito.languages;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code goods_sequel.rb} does by Sequel on JRuby. Sequel is no artifact of Maven's: this runs
 * where {@code bonito.sequel} names the folder of {@code sequel.rb}.
 */
@Tag("server")
class SequelTest {
  private static final String SEQUEL = System.getProperty("bonito.sequel", "");

  static Stream<Server> servers() {
    return SEQUEL.isEmpty() ? Stream.empty() : Servers.selected();
  }

  @BeforeAll
  static void load() {
    if (!SEQUEL.isEmpty()) {
      Ruby.addFolder(SEQUEL);
      Ruby.load("goods_sequel.rb");
    }
  }

  private static Object run(Server server, String script) {
    String url = Shops.url("jdbc:mysql:", server.freshSchema(SequelTest.class), server);
    return Ruby.run(
        "shop = shop($arguments[0])\nbegin\n" + script + "ensure\n  shop.disconnect\nend\n", url);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("servers")
  void valuesComeBackAsRubyHasThem(Server server) {
    assertThat(
            run(
                server,
                """
                since = Time.local(2026, 11, 26, 12, 30, 15)
                id = shop[:goods].insert(name: 'tea', price: BigDecimal('2.50'), since: since)
                shop[:goods].insert(name: 'coffee', price: BigDecimal('9.50'))
                row = shop[:goods].first(id: id)
                "#{row[:id]} #{row[:name]} #{row[:price].to_s('F')} #{row[:since] == since}" \\
                  " #{names_below(shop, 3)} #{shop[:goods].where(since: nil).count}"
                """))
        .isEqualTo("1 tea 2.5 true [\"tea\"] 1");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("servers")
  void aTransactionIsRolledBackAndAKeyThatIsThereIsSequelsOwnError(Server server) {
    assertThat(
            run(
                server,
                """
                shop[:goods].multi_insert([{ name: 'tea' }, { name: 'coffee' }])
                rename(shop, 1, 'green tea')
                rename(shop, 7, 'nothing')
                refused = begin
                  rename(shop, 1, 'coffee')
                rescue Sequel::UniqueConstraintViolation => e
                  e.class.name
                end
                "#{refused} #{shop[:goods].order(:id).select_map(:name)}"
                """))
        .isEqualTo("Sequel::UniqueConstraintViolation [\"green tea\", \"coffee\"]");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("servers")
  void preparedStatementsAndSchemasWork(Server server) {
    assertThat(
            run(
                server,
                """
                by_name = shop[:goods].where(name: :$name).prepare(:first, :by_name)
                shop[:goods].insert(name: 'tea')
                "#{by_name.call(name: 'tea')[:id]} #{by_name.call(name: 'milk').inspect}" \\
                  " #{shop.schema(:goods).map { |name, about| [name, about[:type]] }}"
                """))
        .isEqualTo(
            "1 nil [[:id, :integer], [:name, :string], [:price, :decimal], [:since, :datetime]]");
  }
}
