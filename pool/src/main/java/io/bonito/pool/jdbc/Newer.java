package io.bonito.pool.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Methods that java.sql.Connection has only on JDKs newer than the one that compiles this. Where it
 * has them they are passed on; elsewhere nobody can call them through Connection, and those who
 * call them on a handle get what a statement says.
 */
final class Newer {
  private static final @Nullable MethodHandle ENQUOTE_LITERAL =
      find("enquoteLiteral", String.class, String.class);
  private static final @Nullable MethodHandle ENQUOTE_NCHAR_LITERAL =
      find("enquoteNCharLiteral", String.class, String.class);
  private static final @Nullable MethodHandle ENQUOTE_IDENTIFIER =
      find("enquoteIdentifier", String.class, String.class, boolean.class);
  private static final @Nullable MethodHandle IS_SIMPLE_IDENTIFIER =
      find("isSimpleIdentifier", boolean.class, String.class);

  private Newer() {}

  private static @Nullable MethodHandle find(
      String name, Class<?> returned, Class<?>... parameters) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Connection.class, name, MethodType.methodType(returned, parameters));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  static String enquoteLiteral(Connection connection, String text) throws SQLException {
    if (ENQUOTE_LITERAL == null) {
      try (Statement statement = connection.createStatement()) {
        return statement.enquoteLiteral(text);
      }
    }
    try {
      return (String) ENQUOTE_LITERAL.invokeExact(connection, text);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static String enquoteNCharLiteral(Connection connection, String text) throws SQLException {
    if (ENQUOTE_NCHAR_LITERAL == null) {
      try (Statement statement = connection.createStatement()) {
        return statement.enquoteNCharLiteral(text);
      }
    }
    try {
      return (String) ENQUOTE_NCHAR_LITERAL.invokeExact(connection, text);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static String enquoteIdentifier(Connection connection, String identifier, boolean always)
      throws SQLException {
    if (ENQUOTE_IDENTIFIER == null) {
      try (Statement statement = connection.createStatement()) {
        return statement.enquoteIdentifier(identifier, always);
      }
    }
    try {
      return (String) ENQUOTE_IDENTIFIER.invokeExact(connection, identifier, always);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static boolean isSimpleIdentifier(Connection connection, String identifier) throws SQLException {
    if (IS_SIMPLE_IDENTIFIER == null) {
      try (Statement statement = connection.createStatement()) {
        return statement.isSimpleIdentifier(identifier);
      }
    }
    try {
      return (boolean) IS_SIMPLE_IDENTIFIER.invokeExact(connection, identifier);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** Nothing but SQLException is declared. */
  private static SQLException rethrown(Throwable e) {
    if (e instanceof SQLException sql) {
      return sql;
    }
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new SQLException(e);
  }
}
