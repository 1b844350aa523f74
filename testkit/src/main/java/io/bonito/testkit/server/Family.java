package io.bonito.testkit.server;

/** The two lines of servers that share a protocol and differ in its corners. */
public enum Family {
  MYSQL,
  MARIADB
}
