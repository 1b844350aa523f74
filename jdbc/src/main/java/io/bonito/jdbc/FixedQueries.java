package io.bonito.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is the same for all servers, and what they have nothing for. */
interface FixedQueries extends SupportedFeatures {
  @Override
  default String getSQLKeywords() {
    return ReservedWords.beyondStandard();
  }

  @Override
  default ResultSet getTableTypes() {
    return new FixedRows("TABLE_TYPE")
        .add("LOCAL TEMPORARY")
        .add("SEQUENCE")
        .add("SYSTEM TABLE")
        .add("SYSTEM VIEW")
        .add("TABLE")
        .add("VIEW")
        .resultSet(connection());
  }

  @Override
  default ResultSet getTypeInfo() {
    return TypeInfo.rows().resultSet(connection());
  }

  @Override
  default ResultSet getClientInfoProperties() {
    return new FixedRows("NAME", "MAX_LEN#", "DEFAULT_VALUE", "DESCRIPTION")
        .add("ApplicationName", 0, "", "The application; kept in the driver")
        .add("ClientHostname", 0, "", "The machine it runs on; kept in the driver")
        .add("ClientUser", 0, "", "Who uses it; kept in the driver")
        .resultSet(connection());
  }

  @Override
  default ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      int @Nullable [] types)
      throws SQLException {
    return new FixedRows(
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "CLASS_NAME",
            "DATA_TYPE#",
            "REMARKS",
            "BASE_TYPE#")
        .resultSet(connection());
  }

  @Override
  default ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return new FixedRows(
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SUPERTYPE_CAT",
            "SUPERTYPE_SCHEM",
            "SUPERTYPE_NAME")
        .resultSet(connection());
  }

  @Override
  default ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return new FixedRows("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME")
        .resultSet(connection());
  }

  @Override
  default ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      @Nullable String attributePattern)
      throws SQLException {
    return new FixedRows(
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "ATTR_NAME",
            "DATA_TYPE#",
            "ATTR_TYPE_NAME",
            "ATTR_SIZE#",
            "DECIMAL_DIGITS#",
            "NUM_PREC_RADIX#",
            "NULLABLE#",
            "REMARKS",
            "ATTR_DEF",
            "SQL_DATA_TYPE#",
            "SQL_DATETIME_SUB#",
            "CHAR_OCTET_LENGTH#",
            "ORDINAL_POSITION#",
            "IS_NULLABLE",
            "SCOPE_CATALOG",
            "SCOPE_SCHEMA",
            "SCOPE_TABLE",
            "SOURCE_DATA_TYPE#")
        .resultSet(connection());
  }

  @Override
  default ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return new FixedRows(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "DATA_TYPE#",
            "COLUMN_SIZE#",
            "DECIMAL_DIGITS#",
            "NUM_PREC_RADIX#",
            "COLUMN_USAGE",
            "REMARKS",
            "CHAR_OCTET_LENGTH#",
            "IS_NULLABLE")
        .resultSet(connection());
  }
}
