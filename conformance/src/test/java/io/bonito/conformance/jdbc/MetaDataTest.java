package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of tables, keys and routines has JDBC's columns, in JDBC's order. */
@Tag("server")
class MetaDataTest {
  private static Connection withTables(Server server, String... options) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(MetaDataTest.class), options);
    Jdbc.run(
        connection,
        "CREATE TABLE parent (a INT, b VARCHAR(10), note TEXT COMMENT 'a note',"
            + " PRIMARY KEY (b, a)) COMMENT 'the parent'",
        "CREATE TABLE child_1 (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, pb VARCHAR(10),"
            + " pa INT, flag TINYINT(1) NOT NULL DEFAULT 1, price DECIMAL(10,2) DEFAULT 5.5,"
            + " changed TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE"
            + " CURRENT_TIMESTAMP(3), twice INT AS (pa * 2) VIRTUAL, kind ENUM('x','unsigned'),"
            + " place POINT, CONSTRAINT fk FOREIGN KEY (pb, pa) REFERENCES parent (b, a)"
            + " ON DELETE CASCADE ON UPDATE SET NULL, UNIQUE KEY u (price), KEY k (flag, price))",
        "CREATE TABLE childX1 (id INT PRIMARY KEY)",
        "CREATE VIEW a_view AS SELECT id FROM child_1",
        "CREATE PROCEDURE proc(IN a INT UNSIGNED, INOUT b VARCHAR(20), OUT c DECIMAL(8,3))"
            + " COMMENT 'a comment' SET c = a",
        "CREATE FUNCTION func(x DATETIME(3)) RETURNS BIGINT DETERMINISTIC RETURN 1");
    return connection;
  }

  interface Question {
    ResultSet ask(DatabaseMetaData metaData) throws SQLException;
  }

  /** All rows, the chosen columns of each with slashes between them. */
  private static List<String> rows(Connection connection, Question question, String... columns)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = question.ask(connection.getMetaData())) {
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(result.getString(column));
        }
        rows.add(String.join("/", row.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }

  private static List<String> labels(Connection connection, Question question) throws SQLException {
    try (ResultSet result = question.ask(connection.getMetaData())) {
      ResultSetMetaData metaData = result.getMetaData();
      List<String> labels = new ArrayList<>();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        labels.add(metaData.getColumnLabel(i));
      }
      return labels;
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void tablesAreToldByTypeAndName(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      String db = connection.getCatalog();
      assertThat(
              rows(
                  connection,
                  m -> m.getTables(db, null, null, null),
                  "TABLE_CAT",
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "TABLE_TYPE"))
          .containsExactlyInAnyOrder(
              db + "/null/child_1/TABLE",
              db + "/null/childX1/TABLE",
              db + "/null/parent/TABLE",
              db + "/null/a_view/VIEW")
          .last()
          .isEqualTo(db + "/null/a_view/VIEW");
      assertThat(
              rows(
                  connection,
                  m -> m.getTables(db, null, "parent", new String[] {"TABLE"}),
                  "REMARKS"))
          .containsExactly("the parent");
      assertThat(rows(connection, m -> m.getTables(db, null, "child_1", null), "TABLE_NAME"))
          .containsExactlyInAnyOrder("child_1", "childX1");
      assertThat(rows(connection, m -> m.getTables(db, null, "child\\_1", null), "TABLE_NAME"))
          .containsExactly("child_1");
      assertThat(
              rows(
                  connection, m -> m.getTables(db, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
          .containsExactly("a_view");
      assertThat(rows(connection, m -> m.getTables("", null, "%", null), "TABLE_NAME")).isEmpty();
      assertThat(
              rows(
                  connection,
                  m -> m.getTables("information_schema", null, "TABLES", null),
                  "TABLE_TYPE"))
          .containsExactly("SYSTEM VIEW");
      assertThat(labels(connection, m -> m.getTables(db, null, null, null)))
          .containsExactly(
              "TABLE_CAT",
              "TABLE_SCHEM",
              "TABLE_NAME",
              "TABLE_TYPE",
              "REMARKS",
              "TYPE_CAT",
              "TYPE_SCHEM",
              "TYPE_NAME",
              "SELF_REFERENCING_COL_NAME",
              "REF_GENERATION");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void columnsAreToldInTheirOrder(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      String db = connection.getCatalog();
      assertThat(
              rows(
                  connection,
                  m -> m.getColumns(db, null, "child\\_1", "%"),
                  "COLUMN_NAME",
                  "DATA_TYPE",
                  "TYPE_NAME",
                  "COLUMN_SIZE",
                  "DECIMAL_DIGITS",
                  "NULLABLE",
                  "ORDINAL_POSITION",
                  "IS_AUTOINCREMENT",
                  "IS_GENERATEDCOLUMN"))
          .containsExactly(
              "id/-5/BIGINT UNSIGNED/20/0/0/1/YES/NO",
              "pb/12/VARCHAR/10/null/1/2/NO/NO",
              "pa/4/INT/10/0/1/3/NO/NO",
              "flag/16/BOOLEAN/3/0/0/4/NO/NO",
              "price/3/DECIMAL/10/2/1/5/NO/NO",
              "changed/93/TIMESTAMP/23/3/0/6/NO/NO",
              "twice/4/INT/10/0/1/7/NO/YES",
              "kind/1/ENUM/8/null/1/8/NO/NO",
              "place/-2/GEOMETRY/65535/null/1/9/NO/NO");
      assertThat(
              rows(
                  connection, m -> m.getColumns(db, null, "parent", "note"), "REMARKS", "NULLABLE"))
          .containsExactly("a note/1");
      assertThat(rows(connection, m -> m.getColumns(db, null, "child\\_1", "p%"), "COLUMN_DEF"))
          .containsExactly("null", "null", "5.50", "null");
      assertThat(labels(connection, m -> m.getColumns(db, null, "parent", null))).hasSize(24);
    }
  }

  /** What is said of a column here, and with a result of it, is the same. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void typesAreThoseOfResults(Server server) throws SQLException {
    for (String option : new String[] {"tinyInt1isBit=true", "tinyInt1isBit=false"}) {
      try (Connection connection = withTables(server, option, "yearIsDateType=false");
          Statement statement = connection.createStatement()) {
        Jdbc.run(
            connection,
            "CREATE TABLE types (a BIT(1), b BIT(9), c TINYINT, d TINYINT(1), e SMALLINT UNSIGNED,"
                + " f MEDIUMINT, g INT UNSIGNED, h BIGINT, i DECIMAL(5,1), j FLOAT, k DOUBLE,"
                + " l DATE, m TIME(2), n DATETIME, o YEAR, p CHAR(3), q VARCHAR(3), r TINYTEXT,"
                + " s TEXT, t MEDIUMTEXT, u LONGTEXT, v BINARY(3), w VARBINARY(3), x TINYBLOB,"
                + " y BLOB, z MEDIUMBLOB, aa LONGBLOB, ab ENUM('a'), ac SET('a'), ad GEOMETRY,"
                + " ae JSON)");
        List<String> ofResult = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT * FROM types")) {
          ResultSetMetaData m = rows.getMetaData();
          for (int i = 1; i <= m.getColumnCount(); i++) {
            // MariaDB's JSON is a LONGTEXT, which only results tell.
            if (!m.getColumnTypeName(i).equals("JSON")) {
              ofResult.add(
                  m.getColumnName(i) + "/" + m.getColumnType(i) + "/" + m.getColumnTypeName(i));
            }
          }
        }
        List<String> ofCatalog =
            rows(
                connection,
                m -> m.getColumns(connection.getCatalog(), null, "types", null),
                "COLUMN_NAME",
                "DATA_TYPE",
                "TYPE_NAME");
        assertThat(ofCatalog).containsAll(ofResult).hasSize(31);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void keysAreToldFromBothSides(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      String db = connection.getCatalog();
      assertThat(
              rows(
                  connection,
                  m -> m.getPrimaryKeys(db, null, "parent"),
                  "COLUMN_NAME",
                  "KEY_SEQ",
                  "PK_NAME"))
          .containsExactly("a/2/PRIMARY", "b/1/PRIMARY");
      String[] columns = {
        "PKTABLE_CAT",
        "PKTABLE_NAME",
        "PKCOLUMN_NAME",
        "FKTABLE_NAME",
        "FKCOLUMN_NAME",
        "KEY_SEQ",
        "UPDATE_RULE",
        "DELETE_RULE",
        "FK_NAME",
        "PK_NAME",
        "DEFERRABILITY"
      };
      List<String> keys =
          List.of(
              db + "/parent/b/child_1/pb/1/2/0/fk/PRIMARY/7",
              db + "/parent/a/child_1/pa/2/2/0/fk/PRIMARY/7");
      assertThat(rows(connection, m -> m.getImportedKeys(db, null, "child_1"), columns))
          .isEqualTo(keys);
      assertThat(rows(connection, m -> m.getExportedKeys(db, null, "parent"), columns))
          .isEqualTo(keys);
      assertThat(
              rows(
                  connection,
                  m -> m.getCrossReference(db, null, "parent", db, null, "child_1"),
                  columns))
          .isEqualTo(keys);
      assertThat(rows(connection, m -> m.getImportedKeys(db, null, "parent"), columns)).isEmpty();
      assertThat(labels(connection, m -> m.getImportedKeys(db, null, "x"))).hasSize(14);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void indexesAreToldWithUniqueOnesFirst(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      String db = connection.getCatalog();
      String[] columns = {"NON_UNIQUE", "INDEX_NAME", "ORDINAL_POSITION", "COLUMN_NAME", "TYPE"};
      assertThat(rows(connection, m -> m.getIndexInfo(db, null, "child_1", false, true), columns))
          .containsExactly(
              "0/PRIMARY/1/id/3",
              "0/u/1/price/3",
              "1/fk/1/pb/3",
              "1/fk/2/pa/3",
              "1/k/1/flag/3",
              "1/k/2/price/3");
      assertThat(rows(connection, m -> m.getIndexInfo(db, null, "child_1", true, true), columns))
          .containsExactly("0/PRIMARY/1/id/3", "0/u/1/price/3");
      assertThat(
              rows(
                  connection,
                  m ->
                      m.getBestRowIdentifier(
                          db, null, "parent", DatabaseMetaData.bestRowSession, true),
                  "COLUMN_NAME",
                  "TYPE_NAME",
                  "COLUMN_SIZE"))
          .containsExactly("a/INT/10", "b/VARCHAR/10");
      assertThat(rows(connection, m -> m.getVersionColumns(db, null, "child_1"), "COLUMN_NAME"))
          .containsExactly("changed");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void routinesAndTheirParametersAreTold(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      String db = connection.getCatalog();
      assertThat(
              rows(
                  connection,
                  m -> m.getProcedures(db, null, "%"),
                  "PROCEDURE_NAME",
                  "PROCEDURE_TYPE",
                  "REMARKS"))
          .containsExactly("func/2/", "proc/1/a comment");
      assertThat(rows(connection, m -> m.getFunctions(db, null, null), "FUNCTION_NAME"))
          .containsExactly("func");
      assertThat(
              rows(
                  connection,
                  m -> m.getProcedureColumns(db, null, "proc", "%"),
                  "COLUMN_NAME",
                  "COLUMN_TYPE",
                  "DATA_TYPE",
                  "TYPE_NAME",
                  "PRECISION",
                  "SCALE",
                  "ORDINAL_POSITION"))
          .containsExactly(
              "a/1/4/INT UNSIGNED/10/0/1", "b/2/12/VARCHAR/20/null/2", "c/4/3/DECIMAL/8/3/3");
      assertThat(
              rows(
                  connection,
                  m -> m.getFunctionColumns(db, null, "func", null),
                  "COLUMN_NAME",
                  "COLUMN_TYPE",
                  "TYPE_NAME"))
          .containsExactly("/4/BIGINT", "x/1/DATETIME");
      assertThat(labels(connection, m -> m.getProcedureColumns(db, null, "x", null))).hasSize(20);
      assertThat(labels(connection, m -> m.getFunctionColumns(db, null, "x", null))).hasSize(17);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void databasesAreCatalogsOrSchemas(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      String db = connection.getCatalog();
      assertThat(connection.getSchema()).isNull();
      assertThat(rows(connection, DatabaseMetaData::getCatalogs, "TABLE_CAT"))
          .contains(db, "information_schema");
      assertThat(rows(connection, DatabaseMetaData::getSchemas, "TABLE_SCHEM")).isEmpty();
      try (Connection other = Jdbc.connect(server, db, "databaseTerm=SCHEMA")) {
        assertThat(other.getCatalog()).isNull();
        assertThat(other.getSchema()).isEqualTo(db);
        other.setSchema("information_schema");
        assertThat(Jdbc.value(other, "SELECT DATABASE()")).isEqualTo("information_schema");
        assertThat(rows(other, DatabaseMetaData::getSchemas, "TABLE_SCHEM")).contains(db);
        assertThat(
                rows(other, m -> m.getTables(null, db, "parent", null), "TABLE_CAT", "TABLE_SCHEM"))
            .containsExactly("def/" + db);
        assertThat(other.getMetaData().supportsSchemasInTableDefinitions()).isTrue();
        assertThat(other.getMetaData().supportsCatalogsInTableDefinitions()).isFalse();
      }
      try (Connection other = Jdbc.connect(server, db, "nullDatabaseMeansCurrent=true")) {
        assertThat(rows(other, m -> m.getTables(null, null, "%", null), "TABLE_CAT"))
            .containsOnly(db);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatIsFixedNeedsNoServer(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      DatabaseMetaData metaData = connection.getMetaData();
      String before = statements(connection);
      assertThat(rows(connection, DatabaseMetaData::getTableTypes, "TABLE_TYPE"))
          .contains("TABLE", "VIEW")
          .isSorted();
      List<Integer> codes = new ArrayList<>();
      try (ResultSet types = metaData.getTypeInfo()) {
        assertThat(types.getMetaData().getColumnCount()).isEqualTo(18);
        while (types.next()) {
          codes.add(types.getInt("DATA_TYPE"));
          assertThat(JDBCType.valueOf(types.getInt("DATA_TYPE"))).isNotNull();
        }
      }
      assertThat(codes).isSorted().contains(Types.INTEGER, Types.VARCHAR);
      assertThat(rows(connection, DatabaseMetaData::getClientInfoProperties, "NAME"))
          .containsExactly("ApplicationName", "ClientHostname", "ClientUser");
      assertThat(rows(connection, m -> m.getUDTs(null, null, null, null), "TYPE_NAME")).isEmpty();
      assertThat(labels(connection, m -> m.getAttributes(null, null, null, null))).hasSize(21);
      assertThat(labels(connection, m -> m.getPseudoColumns(null, null, null, null))).hasSize(12);
      assertThat(labels(connection, m -> m.getSuperTypes(null, null, null))).hasSize(6);
      assertThat(labels(connection, m -> m.getSuperTables(null, null, null))).hasSize(4);
      assertThat(metaData.getSQLKeywords().split(",")).contains("ACCESSIBLE").isSorted();
      assertThat(Long.parseLong(statements(connection))).isEqualTo(Long.parseLong(before) + 1);
    }
  }

  /** Each question is one command, and leaves nothing behind on the server. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void eachQuestionIsOneCommand(Server server) throws SQLException {
    try (Connection connection = withTables(server)) {
      String db = connection.getCatalog();
      long before = Long.parseLong(statements(connection));
      rows(connection, m -> m.getTables(db, null, "parent", null), "TABLE_NAME");
      rows(connection, m -> m.getColumns(db, null, "parent", null), "TABLE_NAME");
      rows(connection, m -> m.getImportedKeys(db, null, "child_1"), "FK_NAME");
      rows(connection, m -> m.getIndexInfo(db, null, "parent", false, false), "INDEX_NAME");
      rows(connection, m -> m.getTablePrivileges(db, null, "%"), "PRIVILEGE");
      rows(connection, m -> m.getColumnPrivileges(db, null, "parent", "%"), "PRIVILEGE");
      assertThat(Long.parseLong(statements(connection))).isEqualTo(before + 7);
    }
  }

  private static String statements(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
      rows.next();
      return rows.getString(2);
    }
  }
}
