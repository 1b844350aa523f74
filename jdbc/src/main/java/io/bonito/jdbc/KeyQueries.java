package io.bonito.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the server tells of keys and indexes. */
interface KeyQueries extends SupportedFeatures {
  private CatalogSql query() {
    return new CatalogSql(connection());
  }

  @Override
  default ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return query()
        .add("SELECT ")
        .place("TABLE_SCHEMA", "TABLE")
        .add("TABLE_NAME, COLUMN_NAME, SEQ_IN_INDEX AS KEY_SEQ, INDEX_NAME AS PK_NAME")
        .add(" FROM information_schema.STATISTICS")
        .database("TABLE_SCHEMA", catalog, schema)
        .equal("TABLE_NAME", table)
        .where("INDEX_NAME = 'PRIMARY'")
        .orderBy("COLUMN_NAME")
        .run();
  }

  @Override
  default ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    CatalogSql query =
        query()
            .add("SELECT ")
            .place("TABLE_SCHEMA", "TABLE")
            .add("TABLE_NAME, NON_UNIQUE, TABLE_SCHEMA AS INDEX_QUALIFIER, INDEX_NAME, ")
            .add("IF(INDEX_TYPE = 'HASH', " + tableIndexHashed + ", " + tableIndexOther + ")")
            .add(" AS TYPE, SEQ_IN_INDEX AS ORDINAL_POSITION, COLUMN_NAME,")
            .add(" COLLATION AS ASC_OR_DESC, CARDINALITY, 0 AS PAGES, NULL AS FILTER_CONDITION")
            .add(" FROM information_schema.STATISTICS")
            .database("TABLE_SCHEMA", catalog, schema)
            .equal("TABLE_NAME", table);
    if (unique) {
      query.where("NON_UNIQUE = 0");
    }
    return query.orderBy("NON_UNIQUE, TYPE, INDEX_NAME, ORDINAL_POSITION").run();
  }

  private static String rule(String column) {
    return "CASE "
        + column
        + " WHEN 'CASCADE' THEN "
        + importedKeyCascade
        + " WHEN 'SET NULL' THEN "
        + importedKeySetNull
        + " WHEN 'SET DEFAULT' THEN "
        + importedKeySetDefault
        + " WHEN 'NO ACTION' THEN "
        + importedKeyNoAction
        + " ELSE "
        + importedKeyRestrict
        + " END";
  }

  /**
   * A table that foreign keys are asked of, at one end of them.
   *
   * @param name null for all tables
   */
  record End(@Nullable String catalog, @Nullable String schema, @Nullable String name) {}

  /**
   * Foreign keys by what stands at their ends.
   *
   * <p>Each view is read for itself and once, with all that is known of its rows: put into a join,
   * the same conditions would have MariaDB open the tables of all databases, and compare each key
   * with each other one.
   *
   * @param parent null where it does not matter, as for {@code foreign}
   */
  private CatalogSql foreignKeys(@Nullable End parent, @Nullable End foreign) {
    CatalogSql keys =
        query()
            .add("SELECT ")
            .place("k.REFERENCED_TABLE_SCHEMA", "PKTABLE")
            .add("k.REFERENCED_TABLE_NAME AS PKTABLE_NAME,")
            .add(" k.REFERENCED_COLUMN_NAME AS PKCOLUMN_NAME, ")
            .place("k.TABLE_SCHEMA", "FKTABLE")
            .add("k.TABLE_NAME AS FKTABLE_NAME, k.COLUMN_NAME AS FKCOLUMN_NAME,")
            .add(" k.ORDINAL_POSITION AS KEY_SEQ, ")
            .add(rule("r.UPDATE_RULE") + " AS UPDATE_RULE, " + rule("r.DELETE_RULE"))
            .add(" AS DELETE_RULE, k.CONSTRAINT_NAME AS FK_NAME,")
            .add(" r.UNIQUE_CONSTRAINT_NAME AS PK_NAME, ")
            .add(importedKeyNotDeferrable + " AS DEFERRABILITY")
            .add(" FROM (SELECT DISTINCT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA,")
            .add(" TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, REFERENCED_TABLE_SCHEMA,")
            .add(" REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME")
            .add(" FROM information_schema.KEY_COLUMN_USAGE")
            .where("REFERENCED_TABLE_NAME IS NOT NULL");
    at(foreign, "TABLE_SCHEMA", "TABLE_NAME", keys);
    at(parent, "REFERENCED_TABLE_SCHEMA", "REFERENCED_TABLE_NAME", keys);
    keys.add(") k JOIN ")
        .nested("(SELECT DISTINCT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_NAME,")
        .add(" UNIQUE_CONSTRAINT_NAME, UPDATE_RULE, DELETE_RULE")
        .add(" FROM information_schema.REFERENTIAL_CONSTRAINTS");
    at(foreign, "CONSTRAINT_SCHEMA", "TABLE_NAME", keys);
    at(parent, "UNIQUE_CONSTRAINT_SCHEMA", "REFERENCED_TABLE_NAME", keys);
    return keys.add(") r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA")
        .add(" AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME");
  }

  private static void at(@Nullable End end, String database, String table, CatalogSql keys) {
    if (end != null) {
      keys.database(database, end.catalog(), end.schema()).equalIfGiven(table, end.name());
    }
  }

  @Override
  default ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return foreignKeys(null, new End(catalog, schema, table))
        .orderBy("1, 2, 3, KEY_SEQ, FK_NAME")
        .run();
  }

  @Override
  default ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return foreignKeys(new End(catalog, schema, table), null)
        .orderBy("5, 6, 7, KEY_SEQ, FK_NAME")
        .run();
  }

  @Override
  default ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable)
      throws SQLException {
    return foreignKeys(
            new End(parentCatalog, parentSchema, parentTable),
            new End(foreignCatalog, foreignSchema, foreignTable))
        .orderBy("5, 6, 7, KEY_SEQ, FK_NAME")
        .run();
  }
}
