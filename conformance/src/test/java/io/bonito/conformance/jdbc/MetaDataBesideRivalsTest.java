package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of tables, columns, keys and routines, beside both rivals. */
@Tag("server")
class MetaDataBesideRivalsTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE parent (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, code VARCHAR(20) NOT NULL,"
        + " UNIQUE KEY by_code (code)) COMMENT 'the elder'",
    "CREATE TABLE child (a INT NOT NULL, b CHAR(3) DEFAULT 'x', parent_id BIGINT UNSIGNED,"
        + " price DECIMAL(10,2) DEFAULT 1.50 COMMENT 'in euros', flag TINYINT(1), at DATETIME(3),"
        + " stamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP, note TEXT, data LONGBLOB, kind ENUM('p','q'),"
        + " bits BIT(5), y YEAR, ratio DOUBLE, small SMALLINT UNSIGNED, t TIME, d DATE,"
        + " twice INT GENERATED ALWAYS AS (a * 2) VIRTUAL, raw VARBINARY(7), PRIMARY KEY (a, b),"
        + " KEY by_price (price, flag), CONSTRAINT of_parent FOREIGN KEY (parent_id)"
        + " REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL)",
    "CREATE VIEW seen AS SELECT a, b FROM child",
    "CREATE PROCEDURE doubled(IN a INT, INOUT b VARCHAR(9), OUT c DECIMAL(5,1)) SET c = a",
    "CREATE FUNCTION tripled(a INT) RETURNS BIGINT DETERMINISTIC RETURN 3 * a",
  };

  private interface Question {
    ResultSet ask(DatabaseMetaData of, String schema) throws SQLException;
  }

  private static Map<String, Question> questions() {
    Map<String, Question> all = new LinkedHashMap<>();
    all.put("getTables", (of, schema) -> of.getTables(schema, null, "%", null));
    all.put("getColumns", (of, schema) -> of.getColumns(schema, null, "%", "%"));
    all.put("getPrimaryKeys", (of, schema) -> of.getPrimaryKeys(schema, null, "child"));
    all.put("getIndexInfo", (of, schema) -> of.getIndexInfo(schema, null, "child", false, true));
    all.put("getImportedKeys", (of, schema) -> of.getImportedKeys(schema, null, "child"));
    all.put("getExportedKeys", (of, schema) -> of.getExportedKeys(schema, null, "parent"));
    all.put(
        "getCrossReference",
        (of, schema) -> of.getCrossReference(schema, null, "parent", schema, null, "child"));
    all.put(
        "getBestRowIdentifier",
        (of, schema) ->
            of.getBestRowIdentifier(schema, null, "child", DatabaseMetaData.bestRowSession, true));
    all.put("getProcedures", (of, schema) -> of.getProcedures(schema, null, "doubled"));
    all.put(
        "getProcedureColumns",
        (of, schema) -> of.getProcedureColumns(schema, null, "doubled", "%"));
    all.put("getFunctions", (of, schema) -> of.getFunctions(schema, null, "%"));
    all.put(
        "getFunctionColumns", (of, schema) -> of.getFunctionColumns(schema, null, "tripled", "%"));
    all.put("getTableTypes", (of, schema) -> of.getTableTypes());
    return all;
  }

  /** What is told otherwise on purpose, each with its words in docs/differences.md. */
  private enum Known {
    DEFAULTS("`COLUMN_DEF`", ".* getColumns.COLUMN_DEF"),
    DIGITS("`DECIMAL_DIGITS`", ".*[.]DECIMAL_DIGITS"),
    SIZES("`COLUMN_SIZE`", ".* getColumns.COLUMN_SIZE"),
    GENERATED("`IS_GENERATEDCOLUMN`", "CONNECTOR_J getColumns.IS_GENERATEDCOLUMN"),
    INDEXES("`INDEX_QUALIFIER`, `PAGES`", ".* getIndexInfo[.](INDEX_QUALIFIER|PAGES)"),
    FOREIGN_KEYS("keys of another database", "CONNECTOR_J get(CrossReference|ExportedKeys)[.]rows"),
    OLDER_SERVERS(
        "`REMARKS`, `PK_NAME`, `CHAR_OCTET_LENGTH`",
        "CONNECTOR_J get.*[.](REMARKS|PK_NAME|CHAR_OCTET_LENGTH|NON_UNIQUE)"),
    TABLE_TYPES("`SEQUENCE`", ".* getTableTypes[.]rows"),
    ENUMS("`DATA_TYPE` of `ENUM`", "MARIADB_CONNECTOR_J getColumns.DATA_TYPE"),
    BUFFERS("`BUFFER_LENGTH`", "MARIADB_CONNECTOR_J .*BUFFER_LENGTH"),
    TYPE_NAMES("in capitals", "MARIADB_CONNECTOR_J .*[.]TYPE_NAME"),
    ROUTINES("parameters of routines", ".* get(Function|Procedure)Columns[.].*");

    private final String quote;
    private final String place;

    Known(String quote, String place) {
      this.quote = quote;
      this.place = place;
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void metadataIsThatOfTheRivalsButForWhatIsListed(Server server) throws SQLException, IOException {
    TreeSet<String> unlisted = new TreeSet<>();
    for (RivalDriver rival : RivalDriver.values()) {
      String schema = server.freshSchema(MetaDataBesideRivalsTest.class);
      try (Connection theirs = rival.connect(server, schema);
          Connection ours = rival.connectOurs(server, schema)) {
        Jdbc.run(ours, SCHEMA);
        questions()
            .forEach(
                (name, question) ->
                    compare(
                        rival + " " + name,
                        rows(ours, question, schema),
                        rows(theirs, question, schema),
                        unlisted));
      }
    }
    assertThat(unlisted).isEmpty();
    String page = Files.readString(Path.of("..", "docs", "differences.md"));
    for (Known known : Known.values()) {
      assertThat(page).as(known.name()).contains(known.quote);
    }
  }

  private static void compare(
      String question,
      List<Map<String, String>> ours,
      List<Map<String, String>> theirs,
      Collection<String> unlisted) {
    assertThat(ours).as(question).isNotEmpty();
    if (ours.size() != theirs.size()) {
      tell(question + ".rows", ours.toString(), theirs.toString(), unlisted);
      return;
    }
    for (int row = 0; row < ours.size(); row++) {
      Map<String, String> their = theirs.get(row);
      assertThat(ours.get(row)).as(question).hasSameSizeAs(their); // reserved ones have any name
      ours.get(row)
          .forEach(
              (column, value) -> tell(question + "." + column, value, their.get(column), unlisted));
    }
  }

  private static void tell(
      String place, @Nullable String ours, @Nullable String theirs, Collection<String> unlisted) {
    if (!Objects.equals(ours, theirs)
        && Arrays.stream(Known.values()).noneMatch(known -> place.matches(known.place))) {
      unlisted.add(place + ": ours " + ours + ", theirs " + theirs);
    }
  }

  private static List<Map<String, String>> rows(
      Connection connection, Question question, String schema) {
    List<Map<String, String>> all = new ArrayList<>();
    try (ResultSet rows = question.ask(connection.getMetaData(), schema)) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String value = rows.getString(i);
          row.put(
              columns.getColumnLabel(i), value == null ? null : value.replace(schema, "SCHEMA"));
        }
        all.add(row);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
