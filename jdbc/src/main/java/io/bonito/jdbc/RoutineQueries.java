package io.bonito.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the server tells of procedures and functions. */
interface RoutineQueries extends SupportedFeatures {
  private CatalogSql query() {
    return new CatalogSql(connection());
  }

  /** Functions too, which are told apart by PROCEDURE_TYPE. */
  @Override
  default ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return query()
        .add("SELECT ")
        .place("ROUTINE_SCHEMA", "PROCEDURE")
        .add("ROUTINE_NAME AS PROCEDURE_NAME, NULL AS RESERVED1, NULL AS RESERVED2,")
        .add(" NULL AS RESERVED3, ROUTINE_COMMENT AS REMARKS, IF(ROUTINE_TYPE = 'FUNCTION', ")
        .add(procedureReturnsResult + ", " + procedureNoResult + ") AS PROCEDURE_TYPE,")
        .add(" SPECIFIC_NAME FROM information_schema.ROUTINES")
        .database("ROUTINE_SCHEMA", catalog, schemaPattern)
        .like("ROUTINE_NAME", namePattern)
        .where("ROUTINE_TYPE IN ('PROCEDURE', 'FUNCTION')")
        .orderBy("1, 2, 3, PROCEDURE_TYPE")
        .run();
  }

  @Override
  default ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return query()
        .add("SELECT ")
        .place("ROUTINE_SCHEMA", "FUNCTION")
        .add("ROUTINE_NAME AS FUNCTION_NAME, ROUTINE_COMMENT AS REMARKS, ")
        .add(functionNoTable + " AS FUNCTION_TYPE, SPECIFIC_NAME")
        .add(" FROM information_schema.ROUTINES")
        .database("ROUTINE_SCHEMA", catalog, schemaPattern)
        .like("ROUTINE_NAME", namePattern)
        .where("ROUTINE_TYPE = 'FUNCTION'")
        .orderBy("1, 2, 3")
        .run();
  }

  private CatalogSql parameters(String what, int in, int inOut, int out, int returned) {
    JdbcConnection connection = connection();
    return query()
        .add("SELECT ")
        .place("SPECIFIC_SCHEMA", what)
        .add("SPECIFIC_NAME AS " + what + "_NAME, COALESCE(PARAMETER_NAME, '') AS COLUMN_NAME, ")
        .add("CASE WHEN ORDINAL_POSITION = 0 THEN " + returned)
        .add(" WHEN PARAMETER_MODE = 'OUT' THEN " + out)
        .add(" WHEN PARAMETER_MODE = 'INOUT' THEN " + inOut + " ELSE " + in)
        .add(" END AS COLUMN_TYPE, ")
        .add(CatalogSql.typeCode(connection, "DATA_TYPE", "DTD_IDENTIFIER") + " AS DATA_TYPE, ")
        .add(CatalogSql.typeName(connection, "DATA_TYPE", "DTD_IDENTIFIER") + " AS TYPE_NAME, ")
        .add(CatalogSql.size("DATA_TYPE") + " AS `PRECISION`, ")
        .add(CatalogSql.size("DATA_TYPE") + " AS LENGTH, ")
        .add(CatalogSql.decimals("DATA_TYPE") + " AS SCALE, 10 AS RADIX, 1 AS NULLABLE,")
        .add(" NULL AS REMARKS,");
  }

  @Override
  default ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return parameters(
            "PROCEDURE",
            procedureColumnIn,
            procedureColumnInOut,
            procedureColumnOut,
            procedureColumnReturn)
        .add(" NULL AS COLUMN_DEF, NULL AS SQL_DATA_TYPE, NULL AS SQL_DATETIME_SUB,")
        .add(" LEAST(CHARACTER_OCTET_LENGTH, 2147483647) AS CHAR_OCTET_LENGTH,")
        .add(" ORDINAL_POSITION, 'YES' AS IS_NULLABLE, SPECIFIC_NAME")
        .add(" FROM information_schema.PARAMETERS")
        .database("SPECIFIC_SCHEMA", catalog, schemaPattern)
        .like("SPECIFIC_NAME", namePattern)
        .like("COALESCE(PARAMETER_NAME, '')", columnPattern)
        .orderBy("1, 2, 3, ROUTINE_TYPE, ORDINAL_POSITION")
        .run();
  }

  @Override
  default ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return parameters(
            "FUNCTION", functionColumnIn, functionColumnInOut, functionColumnOut, functionReturn)
        .add(" LEAST(CHARACTER_OCTET_LENGTH, 2147483647) AS CHAR_OCTET_LENGTH,")
        .add(" ORDINAL_POSITION, 'YES' AS IS_NULLABLE, SPECIFIC_NAME")
        .add(" FROM information_schema.PARAMETERS")
        .database("SPECIFIC_SCHEMA", catalog, schemaPattern)
        .like("SPECIFIC_NAME", namePattern)
        .like("COALESCE(PARAMETER_NAME, '')", columnPattern)
        .where("ROUTINE_TYPE = 'FUNCTION'")
        .orderBy("1, 2, 3, ORDINAL_POSITION")
        .run();
  }
}
