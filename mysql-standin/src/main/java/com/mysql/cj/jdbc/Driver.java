package com.mysql.cj.jdbc;

import io.bonito.jdbc.StandIn;
import io.bonito.jdbc.StandInDriver;

/**
 * Bonito under the name by which configurations ask for MySQL Connector/J; not that driver. It
 * takes {@code jdbc:mysql:} URLs, as that one does; where that one is there too, {@link #connect}
 * says what to remove.
 */
public class Driver extends StandInDriver {
  static final StandIn STAND_IN =
      new StandIn(
          "bonito-mysql-standin",
          "mysql-connector-j",
          "com/mysql/cj/CharsetMapping.class",
          "jdbc:mysql:");

  static {
    register(new Driver());
  }

  /** For frameworks; applications need no driver object. */
  public Driver() {
    super(STAND_IN);
  }
}
