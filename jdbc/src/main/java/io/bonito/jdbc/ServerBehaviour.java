package io.bonito.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;

/** How the servers and this driver behave, apart from what they can do. */
interface ServerBehaviour extends SupportedFeatures {
  // ---- rights

  // Some are listed on whom a user may do something else.
  @Override
  default boolean allProceduresAreCallable() {
    return false;
  }

  @Override
  default boolean allTablesAreSelectable() {
    return false;
  }

  /** Asks the server: this may change at any time. */
  @Override
  default boolean isReadOnly() throws SQLException {
    String answer = connection().ask("SELECT @@global.read_only");
    return !answer.equals("0") && !answer.equals("OFF");
  }

  // ---- NULL

  @Override
  default boolean nullPlusNonNullIsNull() {
    return true;
  }

  @Override
  default boolean nullsAreSortedLow() {
    return true;
  }

  @Override
  default boolean nullsAreSortedHigh() {
    return false;
  }

  @Override
  default boolean nullsAreSortedAtStart() {
    return false;
  }

  @Override
  default boolean nullsAreSortedAtEnd() {
    return false;
  }

  // ---- files

  @Override
  default boolean usesLocalFiles() {
    return false;
  }

  @Override
  default boolean usesLocalFilePerTable() {
    return false;
  }

  // ---- how names are stored

  /**
   * True also where case tells names apart, for which java.sql has no word: libraries that get no
   * yes to any of these three questions look for names in capitals.
   */
  @Override
  default boolean storesMixedCaseIdentifiers() throws SQLException {
    return lowerCaseTableNames() != 1;
  }

  @Override
  default boolean storesLowerCaseIdentifiers() throws SQLException {
    return lowerCaseTableNames() == 1;
  }

  @Override
  default boolean storesUpperCaseIdentifiers() {
    return false;
  }

  @Override
  default boolean storesMixedCaseQuotedIdentifiers() throws SQLException {
    return storesMixedCaseIdentifiers();
  }

  @Override
  default boolean storesLowerCaseQuotedIdentifiers() throws SQLException {
    return storesLowerCaseIdentifiers();
  }

  @Override
  default boolean storesUpperCaseQuotedIdentifiers() {
    return false;
  }

  // ---- transactions

  @Override
  default int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_REPEATABLE_READ;
  }

  @Override
  default boolean dataDefinitionCausesTransactionCommit() {
    return true;
  }

  @Override
  default boolean dataDefinitionIgnoredInTransactions() {
    return false;
  }

  @Override
  default boolean autoCommitFailureClosesAllResultSets() {
    return false;
  }

  // ---- results: copies, in which only what is changed through them is seen

  @Override
  default int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  default boolean ownUpdatesAreVisible(int type) throws SQLException {
    return supportsResultSetType(type);
  }

  @Override
  default boolean ownDeletesAreVisible(int type) throws SQLException {
    return supportsResultSetType(type);
  }

  @Override
  default boolean ownInsertsAreVisible(int type) throws SQLException {
    return supportsResultSetType(type);
  }

  @Override
  default boolean othersUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  default boolean othersDeletesAreVisible(int type) {
    return false;
  }

  @Override
  default boolean othersInsertsAreVisible(int type) {
    return false;
  }

  @Override
  default boolean updatesAreDetected(int type) {
    return false;
  }

  @Override
  default boolean deletesAreDetected(int type) {
    return false;
  }

  @Override
  default boolean insertsAreDetected(int type) {
    return false;
  }

  @Override
  default boolean locatorsUpdateCopy() {
    return true;
  }

  // A server tells the first key of several.
  @Override
  default boolean generatedKeyAlwaysReturned() {
    return false;
  }

  @Override
  default RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }
}
