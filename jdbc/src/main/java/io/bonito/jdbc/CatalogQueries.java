package io.bonito.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the server tells of databases, tables and routines. */
interface CatalogQueries extends DatabaseMetaData {
  @Override
  default String getSQLKeywords() throws SQLException {
    throw SqlExceptions.notSupported("getSQLKeywords is not in yet");
  }

  @Override
  default ResultSet getSchemas() throws SQLException {
    throw SqlExceptions.notSupported("getSchemas is not in yet");
  }

  @Override
  default ResultSet getCatalogs() throws SQLException {
    throw SqlExceptions.notSupported("getCatalogs is not in yet");
  }

  @Override
  default ResultSet getTableTypes() throws SQLException {
    throw SqlExceptions.notSupported("getTableTypes is not in yet");
  }

  @Override
  default ResultSet getTypeInfo() throws SQLException {
    throw SqlExceptions.notSupported("getTypeInfo is not in yet");
  }

  @Override
  default ResultSet getClientInfoProperties() throws SQLException {
    throw SqlExceptions.notSupported("getClientInfoProperties is not in yet");
  }

  @Override
  default ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern)
      throws SQLException {
    throw SqlExceptions.notSupported("getSchemas is not in yet");
  }

  @Override
  default ResultSet getAttributes(
      @Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d)
      throws SQLException {
    throw SqlExceptions.notSupported("getAttributes is not in yet");
  }

  @Override
  default ResultSet getColumnPrivileges(
      @Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d)
      throws SQLException {
    throw SqlExceptions.notSupported("getColumnPrivileges is not in yet");
  }

  @Override
  default ResultSet getColumns(
      @Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d)
      throws SQLException {
    throw SqlExceptions.notSupported("getColumns is not in yet");
  }

  @Override
  default ResultSet getFunctionColumns(
      @Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d)
      throws SQLException {
    throw SqlExceptions.notSupported("getFunctionColumns is not in yet");
  }

  @Override
  default ResultSet getProcedureColumns(
      @Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d)
      throws SQLException {
    throw SqlExceptions.notSupported("getProcedureColumns is not in yet");
  }

  @Override
  default ResultSet getPseudoColumns(
      @Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d)
      throws SQLException {
    throw SqlExceptions.notSupported("getPseudoColumns is not in yet");
  }

  @Override
  default ResultSet getCrossReference(
      @Nullable String a,
      @Nullable String b,
      @Nullable String c,
      @Nullable String d,
      @Nullable String e,
      @Nullable String f)
      throws SQLException {
    throw SqlExceptions.notSupported("getCrossReference is not in yet");
  }

  @Override
  default ResultSet getExportedKeys(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getExportedKeys is not in yet");
  }

  @Override
  default ResultSet getImportedKeys(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getImportedKeys is not in yet");
  }

  @Override
  default ResultSet getPrimaryKeys(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getPrimaryKeys is not in yet");
  }

  @Override
  default ResultSet getFunctions(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getFunctions is not in yet");
  }

  @Override
  default ResultSet getProcedures(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getProcedures is not in yet");
  }

  @Override
  default ResultSet getSuperTables(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getSuperTables is not in yet");
  }

  @Override
  default ResultSet getSuperTypes(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getSuperTypes is not in yet");
  }

  @Override
  default ResultSet getTablePrivileges(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getTablePrivileges is not in yet");
  }

  @Override
  default ResultSet getVersionColumns(@Nullable String a, @Nullable String b, @Nullable String c)
      throws SQLException {
    throw SqlExceptions.notSupported("getVersionColumns is not in yet");
  }

  @Override
  default ResultSet getBestRowIdentifier(
      @Nullable String a, @Nullable String b, @Nullable String c, int d, boolean e)
      throws SQLException {
    throw SqlExceptions.notSupported("getBestRowIdentifier is not in yet");
  }

  @Override
  default ResultSet getIndexInfo(
      @Nullable String a, @Nullable String b, @Nullable String c, boolean d, boolean e)
      throws SQLException {
    throw SqlExceptions.notSupported("getIndexInfo is not in yet");
  }

  @Override
  default ResultSet getTables(
      @Nullable String a, @Nullable String b, @Nullable String c, String @Nullable [] d)
      throws SQLException {
    throw SqlExceptions.notSupported("getTables is not in yet");
  }

  @Override
  default ResultSet getUDTs(
      @Nullable String a, @Nullable String b, @Nullable String c, int @Nullable [] d)
      throws SQLException {
    throw SqlExceptions.notSupported("getUDTs is not in yet");
  }
}
