package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class FlywayTest {
  static Stream<Way> ways() {
    return Way.all();
  }

  static Stream<Way> bonito() {
    return Way.bonito();
  }

  private static Flyway flyway(Database database, String version) {
    Properties properties = Page.properties("Flyway", database);
    return Flyway.configure().configuration(properties).cleanDisabled(false).target(version).load();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void migratesASchemaStepByStep(Way way) throws Exception {
    Database database = way.freshDatabase(getClass());
    MigrateResult first = flyway(database, "1").migrate();
    assertThat(first.migrationsExecuted).isEqualTo(1);
    assertThat(first.success).isTrue();
    Flyway all = flyway(database, "2");
    assertThat(all.migrate().migrationsExecuted).isEqualTo(1);
    assertThat(all.migrate().migrationsExecuted).isZero();
    all.validate();
    assertThat(all.info().current().getVersion()).hasToString("2");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet reckoned = statement.executeQuery("CALL total()")) {
      assertThat(reckoned.next()).isTrue();
      assertThat(reckoned.getBigDecimal(1)).isEqualByComparingTo("7.50");
    }
  }

  @ParameterizedTest
  @MethodSource("bonito")
  void migratesThroughADataSourceWhateverItsUrl(Way way) {
    Database database = way.freshDatabase(getClass());
    BonitoDataSource source = new BonitoDataSource(database.url());
    source.setUser(database.user());
    MigrateResult result = Flyway.configure().dataSource(source).target("2").load().migrate();
    assertThat(result.migrationsExecuted).isEqualTo(2);
    assertThat(result.databaseType).isEqualTo(way.isMariaDb() ? "MariaDB" : "MySQL");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cleansASchemaOfAllThatIsInIt(Way way) throws Exception {
    Database database = way.freshDatabase(getClass());
    Flyway flyway = flyway(database, "2");
    flyway.migrate();
    flyway.clean();
    try (Connection connection = database.connect();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(database.schema(), null, "%", new String[] {"TABLE", "VIEW"})) {
      assertThat(tables.next()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void saysWhichStatementOfAMigrationWasRefused(Way way) {
    Database database = way.freshDatabase(getClass());
    assertThatThrownBy(() -> flyway(database, "3").migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("1146")
        .hasMessageContaining("42S02")
        .hasMessageContaining("Line       : 3");
  }
}
