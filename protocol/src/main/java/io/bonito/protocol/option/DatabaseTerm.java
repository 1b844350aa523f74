package io.bonito.protocol.option;

/** What JDBC's word for a database of the server is. */
public enum DatabaseTerm {
  CATALOG,
  SCHEMA
}
