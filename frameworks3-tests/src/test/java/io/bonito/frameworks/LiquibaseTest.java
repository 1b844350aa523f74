package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import liquibase.command.CommandScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class LiquibaseTest {
  static Stream<Way> ways() {
    return Way.all();
  }

  /** A command with what the page's file of properties says. */
  private static CommandScope command(Database database, String... name) throws Exception {
    CommandScope command = new CommandScope(name);
    Properties properties = Page.properties("Liquibase", database);
    properties.forEach((key, value) -> command.addArgumentValue((String) key, value));
    return command;
  }

  private static List<String> tables(Database database) throws Exception {
    List<String> names = new ArrayList<>();
    try (Connection connection = database.connect();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(database.schema(), null, "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void updatesASchemaAndRollsItBack(Way way) throws Exception {
    Database database = way.freshDatabase(getClass());
    command(database, "update").addArgumentValue("showSummary", "OFF").execute();
    command(database, "update").addArgumentValue("showSummary", "OFF").execute();
    assertThat(tables(database))
        .containsExactlyInAnyOrder("DATABASECHANGELOG", "DATABASECHANGELOGLOCK", "goods", "sales");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet goods = statement.executeQuery("SELECT name, price, since FROM goods")) {
      assertThat(goods.next()).isTrue();
      assertThat(goods.getString(1)).isEqualTo("nail");
      assertThat(goods.getString(2)).isEqualTo("2.50");
      assertThat(goods.getString(3)).startsWith("2026-03-29 02:30:00");
    }
    command(database, "rollbackCount").addArgumentValue("count", 2).execute();
    assertThat(tables(database)).doesNotContain("sales").contains("goods");
  }

  /** The snapshot reads the whole schema through DatabaseMetaData. */
  @ParameterizedTest
  @MethodSource("ways")
  void tellsASchemaFromAnother(Way way) throws Exception {
    Database first = way.freshDatabase(getClass());
    Database second = way.freshDatabase(getClass());
    command(first, "update").addArgumentValue("showSummary", "OFF").execute();
    command(second, "update").addArgumentValue("showSummary", "OFF").execute();
    try (Connection connection = second.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE sales ADD COLUMN discount DECIMAL(5,2) DEFAULT 0 NOT NULL");
      statement.execute("ALTER TABLE sales DROP FOREIGN KEY sale_of_good");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandScope diff = command(first, "diff");
    diff.addArgumentValue("referenceUrl", second.url());
    diff.addArgumentValue("referenceDriver", second.driverClass());
    diff.addArgumentValue("referenceUsername", second.user());
    diff.addArgumentValue("referencePassword", second.password());
    diff.setOutput(out);
    diff.execute();
    List<String> differences =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("(Missing|Unexpected|Changed) .*: *|  .*"))
            .map(String::strip)
            .toList();
    assertThat(differences)
        .containsExactly(
            "Missing Column(s):",
            second.schema() + ".sales.discount",
            "Unexpected Foreign Key(s):",
            "sale_of_good(sales[good] -> goods[id])");
  }
}
