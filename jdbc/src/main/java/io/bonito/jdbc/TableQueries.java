package io.bonito.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the server tells of databases, tables and columns. */
interface TableQueries extends SupportedFeatures {
  private CatalogSql query() {
    return new CatalogSql(connection());
  }

  @Override
  default ResultSet getCatalogs() throws SQLException {
    return CatalogSql.hasCatalogs(connection())
        ? query()
            .add("SELECT SCHEMA_NAME AS TABLE_CAT FROM information_schema.SCHEMATA")
            .orderBy("TABLE_CAT")
            .run()
        : query().add("SELECT 'def' AS TABLE_CAT").run();
  }

  @Override
  default ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  default ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern)
      throws SQLException {
    CatalogSql query =
        query()
            .add("SELECT SCHEMA_NAME AS TABLE_SCHEM, 'def' AS TABLE_CATALOG")
            .add(" FROM information_schema.SCHEMATA");
    return CatalogSql.hasCatalogs(connection())
        ? query.where("1 = 0").run()
        : query.like("SCHEMA_NAME", pattern).orderBy("TABLE_SCHEM").run();
  }

  /**
   * {@inheritDoc}
   *
   * @param types of those that {@link #getTableTypes} lists; null for all
   */
  @Override
  default ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      String @Nullable [] types)
      throws SQLException {
    String type =
        "CASE TABLE_TYPE WHEN 'BASE TABLE' THEN"
            + " IF(TABLE_SCHEMA IN ('mysql', 'performance_schema', 'sys'),"
            + " 'SYSTEM TABLE', 'TABLE')"
            + " WHEN 'SYSTEM VERSIONED' THEN 'TABLE'"
            + " WHEN 'TEMPORARY' THEN 'LOCAL TEMPORARY' ELSE TABLE_TYPE END";
    CatalogSql query =
        query()
            .add("SELECT ")
            .place("TABLE_SCHEMA", "TABLE")
            .add("TABLE_NAME, " + type + " AS TABLE_TYPE, TABLE_COMMENT AS REMARKS,")
            .add(" NULL AS TYPE_CAT, NULL AS TYPE_SCHEM, NULL AS TYPE_NAME,")
            .add(" NULL AS SELF_REFERENCING_COL_NAME, NULL AS REF_GENERATION")
            .add(" FROM information_schema.TABLES")
            .database("TABLE_SCHEMA", catalog, schemaPattern)
            .like("TABLE_NAME", namePattern);
    if (types != null) {
      query.in(type, types);
    }
    return query.orderBy("4, 1, 2, 3").run();
  }

  @Override
  default ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    JdbcConnection connection = connection();
    return query()
        .add("SELECT ")
        .place("TABLE_SCHEMA", "TABLE")
        .add("TABLE_NAME, COLUMN_NAME, ")
        .add(CatalogSql.typeCode(connection, "DATA_TYPE", "COLUMN_TYPE") + " AS DATA_TYPE, ")
        .add(CatalogSql.typeName(connection, "DATA_TYPE", "COLUMN_TYPE") + " AS TYPE_NAME, ")
        .add(CatalogSql.size("DATA_TYPE") + " AS COLUMN_SIZE, 65535 AS BUFFER_LENGTH, ")
        .add(CatalogSql.decimals("DATA_TYPE") + " AS DECIMAL_DIGITS, 10 AS NUM_PREC_RADIX,")
        .add(" IF(IS_NULLABLE = 'YES', 1, 0) AS NULLABLE, COLUMN_COMMENT AS REMARKS,")
        .add(
            connection.link().state().server().mariaDb()
                ? " IF(COLUMN_DEFAULT = 'NULL', NULL, COLUMN_DEFAULT) AS COLUMN_DEF,"
                : " COLUMN_DEFAULT AS COLUMN_DEF,")
        .add(" 0 AS SQL_DATA_TYPE, 0 AS SQL_DATETIME_SUB,")
        .add(" LEAST(CHARACTER_OCTET_LENGTH, 2147483647) AS CHAR_OCTET_LENGTH,")
        .add(" ORDINAL_POSITION, IS_NULLABLE, NULL AS SCOPE_CATALOG, NULL AS SCOPE_SCHEMA,")
        .add(" NULL AS SCOPE_TABLE, NULL AS SOURCE_DATA_TYPE,")
        .add(" IF(EXTRA LIKE '%auto_increment%', 'YES', 'NO') AS IS_AUTOINCREMENT,")
        .add(" IF(EXTRA LIKE '%VIRTUAL%' OR EXTRA LIKE '%STORED%' OR EXTRA LIKE '%PERSISTENT%',")
        .add(" 'YES', 'NO') AS IS_GENERATEDCOLUMN")
        .add(" FROM information_schema.COLUMNS")
        .database("TABLE_SCHEMA", catalog, schemaPattern)
        .like("TABLE_NAME", tablePattern)
        .like("COLUMN_NAME", columnPattern)
        .orderBy("1, 2, 3, ORDINAL_POSITION")
        .run();
  }

  private CatalogSql rowColumns(String scope) {
    JdbcConnection connection = connection();
    return query()
        .add("SELECT " + scope + " AS SCOPE, COLUMN_NAME, ")
        .add(CatalogSql.typeCode(connection, "DATA_TYPE", "COLUMN_TYPE") + " AS DATA_TYPE, ")
        .add(CatalogSql.typeName(connection, "DATA_TYPE", "COLUMN_TYPE") + " AS TYPE_NAME, ")
        .add(CatalogSql.size("DATA_TYPE") + " AS COLUMN_SIZE, 65535 AS BUFFER_LENGTH, ")
        .add(CatalogSql.decimals("DATA_TYPE") + " AS DECIMAL_DIGITS, 1 AS PSEUDO_COLUMN")
        .add(" FROM information_schema.COLUMNS");
  }

  /** The columns of the primary key. */
  @Override
  default ResultSet getBestRowIdentifier(
      @Nullable String catalog, @Nullable String schema, String table, int scope, boolean nullable)
      throws SQLException {
    return rowColumns(String.valueOf(bestRowSession))
        .database("TABLE_SCHEMA", catalog, schema)
        .equal("TABLE_NAME", table)
        .where("COLUMN_KEY = 'PRI'")
        .orderBy("ORDINAL_POSITION")
        .run();
  }

  /** Columns that each update of their row sets to the time. */
  @Override
  default ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, String table) throws SQLException {
    return rowColumns("NULL")
        .database("TABLE_SCHEMA", catalog, schema)
        .equal("TABLE_NAME", table)
        .where("EXTRA LIKE '%on update%'")
        .orderBy("ORDINAL_POSITION")
        .run();
  }

  /** Rights that were granted on tables themselves, not on databases or all. */
  @Override
  default ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return query()
        .add("SELECT ")
        .place("TABLE_SCHEMA", "TABLE")
        .add("TABLE_NAME, NULL AS GRANTOR, GRANTEE, PRIVILEGE_TYPE AS PRIVILEGE, IS_GRANTABLE")
        .add(" FROM information_schema.TABLE_PRIVILEGES")
        .database("TABLE_SCHEMA", catalog, schemaPattern)
        .like("TABLE_NAME", namePattern)
        .orderBy("1, 2, 3, PRIVILEGE")
        .run();
  }

  /** Rights that were granted on columns themselves. */
  @Override
  default ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      @Nullable String columnPattern)
      throws SQLException {
    return query()
        .add("SELECT ")
        .place("TABLE_SCHEMA", "TABLE")
        .add("TABLE_NAME, COLUMN_NAME, NULL AS GRANTOR, GRANTEE, PRIVILEGE_TYPE AS PRIVILEGE,")
        .add(" IS_GRANTABLE FROM information_schema.COLUMN_PRIVILEGES")
        .database("TABLE_SCHEMA", catalog, schema)
        .equal("TABLE_NAME", table)
        .like("COLUMN_NAME", columnPattern)
        .orderBy("COLUMN_NAME, PRIVILEGE")
        .run();
  }
}
