package io.bonito.jdbc;

import io.bonito.protocol.option.Options;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the servers' SQL and this driver can do: the questions that begin with "supports". */
interface SupportedFeatures extends DatabaseMetaData {
  JdbcConnection connection();

  // ---- SQL

  @Override
  default boolean supportsMinimumSQLGrammar() {
    return true;
  }

  @Override
  default boolean supportsCoreSQLGrammar() {
    return true;
  }

  @Override
  default boolean supportsExtendedSQLGrammar() {
    return false;
  }

  @Override
  default boolean supportsANSI92EntryLevelSQL() {
    return true;
  }

  @Override
  default boolean supportsANSI92IntermediateSQL() {
    return false;
  }

  @Override
  default boolean supportsANSI92FullSQL() {
    return false;
  }

  // Foreign keys; in tables of InnoDB.
  @Override
  default boolean supportsIntegrityEnhancementFacility() {
    return true;
  }

  @Override
  default boolean supportsAlterTableWithAddColumn() {
    return true;
  }

  @Override
  default boolean supportsAlterTableWithDropColumn() {
    return true;
  }

  @Override
  default boolean supportsColumnAliasing() {
    return true;
  }

  @Override
  default boolean supportsTableCorrelationNames() {
    return true;
  }

  // Such a name may be that of another table too.
  @Override
  default boolean supportsDifferentTableCorrelationNames() {
    return false;
  }

  @Override
  default boolean supportsExpressionsInOrderBy() {
    return true;
  }

  @Override
  default boolean supportsOrderByUnrelated() {
    return true;
  }

  @Override
  default boolean supportsGroupBy() {
    return true;
  }

  @Override
  default boolean supportsGroupByUnrelated() {
    return true;
  }

  @Override
  default boolean supportsGroupByBeyondSelect() {
    return true;
  }

  @Override
  default boolean supportsLikeEscapeClause() {
    return true;
  }

  @Override
  default boolean supportsNonNullableColumns() {
    return true;
  }

  @Override
  default boolean supportsOuterJoins() {
    return true;
  }

  @Override
  default boolean supportsLimitedOuterJoins() {
    return true;
  }

  @Override
  default boolean supportsFullOuterJoins() {
    return false;
  }

  @Override
  default boolean supportsSubqueriesInComparisons() {
    return true;
  }

  @Override
  default boolean supportsSubqueriesInExists() {
    return true;
  }

  @Override
  default boolean supportsSubqueriesInIns() {
    return true;
  }

  @Override
  default boolean supportsSubqueriesInQuantifieds() {
    return true;
  }

  @Override
  default boolean supportsCorrelatedSubqueries() {
    return true;
  }

  @Override
  default boolean supportsUnion() {
    return true;
  }

  @Override
  default boolean supportsUnionAll() {
    return true;
  }

  @Override
  default boolean supportsSelectForUpdate() {
    return true;
  }

  @Override
  default boolean supportsPositionedDelete() {
    return false;
  }

  @Override
  default boolean supportsPositionedUpdate() {
    return false;
  }

  @Override
  default boolean supportsConvert() {
    return true;
  }

  /** The types that the escape {@code {fn CONVERT(value, SQL_TYPE)}} can name. */
  @Override
  default boolean supportsConvert(int fromType, int toType) {
    return TypeInfo.isConvertible(fromType) && TypeInfo.isConversionTarget(toType);
  }

  // ---- routines

  @Override
  default boolean supportsStoredProcedures() {
    return true;
  }

  @Override
  default boolean supportsStoredFunctionsUsingCallSyntax() {
    return true;
  }

  @Override
  default boolean supportsNamedParameters() {
    return true;
  }

  @Override
  default boolean supportsRefCursors() {
    return false;
  }

  // ---- databases are catalogs, and there are no schemas in them

  @Override
  default boolean supportsCatalogsInDataManipulation() {
    return CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsCatalogsInProcedureCalls() {
    return CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsCatalogsInTableDefinitions() {
    return CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsCatalogsInIndexDefinitions() {
    return CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsCatalogsInPrivilegeDefinitions() {
    return CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsSchemasInDataManipulation() {
    return !CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsSchemasInProcedureCalls() {
    return !CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsSchemasInTableDefinitions() {
    return !CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsSchemasInIndexDefinitions() {
    return !CatalogSql.hasCatalogs(connection());
  }

  @Override
  default boolean supportsSchemasInPrivilegeDefinitions() {
    return !CatalogSql.hasCatalogs(connection());
  }

  // ---- case

  @Override
  default boolean supportsMixedCaseIdentifiers() throws SQLException {
    return lowerCaseTableNames() == 0;
  }

  @Override
  default boolean supportsMixedCaseQuotedIdentifiers() throws SQLException {
    return lowerCaseTableNames() == 0;
  }

  /** The server's variable of that name: 0 as written, 1 in small letters, 2 on macOS. */
  int lowerCaseTableNames() throws SQLException;

  // ---- transactions

  @Override
  default boolean supportsTransactions() {
    return true;
  }

  @Override
  default boolean supportsMultipleTransactions() {
    return true;
  }

  @Override
  default boolean supportsSavepoints() {
    return true;
  }

  // A statement that defines data commits first.
  @Override
  default boolean supportsDataDefinitionAndDataManipulationTransactions() {
    return false;
  }

  @Override
  default boolean supportsDataManipulationTransactionsOnly() {
    return false;
  }

  @Override
  default boolean supportsTransactionIsolationLevel(int level) {
    return switch (level) {
      case Connection.TRANSACTION_READ_UNCOMMITTED,
          Connection.TRANSACTION_READ_COMMITTED,
          Connection.TRANSACTION_REPEATABLE_READ,
          Connection.TRANSACTION_SERIALIZABLE ->
          true;
      default -> false;
    };
  }

  // ---- results and statements

  // What is still on the wire is stored before the commit is sent.
  @Override
  default boolean supportsOpenCursorsAcrossCommit() {
    return true;
  }

  @Override
  default boolean supportsOpenCursorsAcrossRollback() {
    return true;
  }

  @Override
  default boolean supportsOpenStatementsAcrossCommit() {
    return true;
  }

  @Override
  default boolean supportsOpenStatementsAcrossRollback() {
    return true;
  }

  @Override
  default boolean supportsBatchUpdates() {
    return true;
  }

  @Override
  default boolean supportsMultipleResultSets() {
    return true;
  }

  @Override
  default boolean supportsMultipleOpenResults() {
    return true;
  }

  @Override
  default boolean supportsGetGeneratedKeys() {
    return true;
  }

  @Override
  default boolean supportsStatementPooling() {
    return connection().options().get(Options.CACHE_PREP_STMTS);
  }

  @Override
  default boolean supportsSharding() {
    return false;
  }

  @Override
  default boolean supportsResultSetType(int type) throws SQLException {
    return type == ResultSet.TYPE_FORWARD_ONLY || type == ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  default boolean supportsResultSetConcurrency(int type, int concurrency) throws SQLException {
    return supportsResultSetType(type)
        && (concurrency == ResultSet.CONCUR_READ_ONLY || concurrency == ResultSet.CONCUR_UPDATABLE);
  }

  @Override
  default boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT
        || holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }
}
