package io.bonito.jdbc;

import io.bonito.protocol.exchange.StatementCache;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What connections, statements and results have from the connection under them. */
abstract class PhysicalAccess implements ConnectionOverloads {
  private final PhysicalConnection physical;

  PhysicalAccess(PhysicalConnection physical) {
    this.physical = physical;
  }

  /** What is under it; a {@link MultiplexedConnection} takes it when it is asked for. */
  PhysicalConnection physical() throws SQLException {
    return physical;
  }

  final Link link() throws SQLException {
    return physical().link;
  }

  /** Null as long as statements go to connections that are shared. */
  @Nullable Link linkOrShared() {
    return physical.link;
  }

  /** The link, for whoever has used it before. */
  final Link taken() {
    Link known = linkOrShared();
    if (known == null) {
      throw new IllegalStateException("the connection has none of its own");
    }
    return known;
  }

  /** What executes single statements in place of the link; null where nothing does. */
  @Nullable MultiplexedConnection sharing() {
    return null;
  }

  /**
   * @throws SQLException where the text asks what became of the statement before, which nothing
   *     that is to come could tell
   */
  void requireNoLookBack(String sql) throws SQLException {}

  // What is the same for all connections with the same options.

  final ConnectionOptions options() {
    return physical.link.options();
  }

  final JdbcType.Choices choices() {
    return physical.choices;
  }

  final Parameters parameters(int count) {
    return physical.parameters(count);
  }

  final ParameterObjects parameterObjects() {
    return physical.parameterObjects;
  }

  SqlRules rules() {
    return physical.link.rules();
  }

  /** The statement cut at its placeholders. */
  SqlTemplate template(String sql) {
    return physical.template(sql);
  }

  /** The server's statements that are kept; null where none are. */
  final @Nullable StatementCache statements() throws SQLException {
    return physical().statements;
  }

  final InsertTables insertTables() throws SQLException {
    return physical().insertTables;
  }

  final MultiRowStatements multiRowStatements() throws SQLException {
    return physical().multiRowStatements;
  }

  final Routines routines() throws SQLException {
    return physical().routines;
  }
}
