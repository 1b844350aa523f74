package io.bonito.jdbc;

import io.bonito.protocol.sql.Identifiers;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.value.SqlCharset;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes texts and names for use within SQL, as the session's server reads them now. */
interface Enquoting extends Statement {
  /** The session's state; an error where the statement is closed. */
  Link enquotingLink() throws SQLException;

  /**
   * {@inheritDoc}
   *
   * <p>A backslash is doubled where the session takes it for an escape.
   *
   * @throws SQLException where {@code character_set_client} could hide a quote
   */
  @Override
  default String enquoteLiteral(String text) throws SQLException {
    return '\'' + escaped(text) + '\'';
  }

  /** With N before it, which has no characters beyond the first 65,536; with _utf8mb4 for those. */
  @Override
  default String enquoteNCharLiteral(String text) throws SQLException {
    boolean national = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    return (national ? "N'" : "_utf8mb4'") + escaped(text) + '\'';
  }

  private String escaped(String text) throws SQLException {
    SqlRules rules = enquotingLink().rules();
    SqlCharset charset = enquotingLink().state().clientCharset();
    if (charset.canHideQuote()) {
      throw SqlExceptions.misuse(
          "text cannot be written into SQL while character_set_client is "
              + charset.name()
              + ", which can hide a quote: use SET NAMES utf8mb4");
    }
    String quoted = text.replace("'", "''");
    return rules.noBackslashEscapes() ? quoted : quoted.replace("\\", "\\\\");
  }

  /**
   * {@inheritDoc}
   *
   * <p>The quote is the backtick, which both servers take in every sql_mode. A name that is quoted
   * already, in backticks or double quotes, is taken without them.
   */
  @Override
  default String enquoteIdentifier(String name, boolean alwaysQuote) throws SQLException {
    enquotingLink();
    if (!alwaysQuote && isSimpleIdentifier(name)) {
      return name;
    }
    String plain = Identifiers.unquote(name);
    if (plain.isEmpty() || plain.length() > Identifiers.LONGEST || plain.indexOf('\0') >= 0) {
      throw SqlExceptions.misuse(
          "a name of " + plain.length() + " characters, or with a NUL in it");
    }
    return Identifiers.quote(plain);
  }

  /** Whether a name needs no quotes: letters, digits and underscores, and no reserved word. */
  @Override
  default boolean isSimpleIdentifier(String name) throws SQLException {
    enquotingLink();
    return !name.isEmpty()
        && !(name.charAt(0) >= '0' && name.charAt(0) <= '9')
        && Identifiers.isSimple(name)
        && !ReservedWords.contains(name);
  }
}
