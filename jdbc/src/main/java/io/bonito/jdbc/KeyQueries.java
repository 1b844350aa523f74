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

  private CatalogSql foreignKeys() {
    return query()
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
        .add(" FROM information_schema.KEY_COLUMN_USAGE k")
        .add(" JOIN information_schema.REFERENTIAL_CONSTRAINTS r")
        .add(" ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA")
        .add(" AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME")
        .where("k.REFERENCED_TABLE_NAME IS NOT NULL");
  }

  @Override
  default ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return foreignKeys()
        .database("k.TABLE_SCHEMA", catalog, schema)
        .equal("k.TABLE_NAME", table)
        // Said of the other view too, or MariaDB opens all tables for it.
        .database("r.CONSTRAINT_SCHEMA", catalog, schema)
        .equal("r.TABLE_NAME", table)
        .orderBy("1, 2, 3, KEY_SEQ, FK_NAME")
        .run();
  }

  @Override
  default ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return foreignKeys()
        .database("k.REFERENCED_TABLE_SCHEMA", catalog, schema)
        .equal("k.REFERENCED_TABLE_NAME", table)
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
    return foreignKeys()
        .database("k.REFERENCED_TABLE_SCHEMA", parentCatalog, parentSchema)
        .equalIfGiven("k.REFERENCED_TABLE_NAME", parentTable)
        .database("k.TABLE_SCHEMA", foreignCatalog, foreignSchema)
        .equalIfGiven("k.TABLE_NAME", foreignTable)
        .orderBy("5, 6, 7, KEY_SEQ, FK_NAME")
        .run();
  }
}
