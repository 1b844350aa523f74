package org.mariadb.jdbc;

import io.bonito.jdbc.StandIn;
import io.bonito.jdbc.StandInDriver;

/**
 * Bonito under the name by which configurations ask for MariaDB Connector/J; not that driver. It
 * takes {@code jdbc:mariadb:} URLs, as that one does; where that one is there too, {@link #connect}
 * says what to remove.
 */
public class Driver extends StandInDriver {
  static final StandIn STAND_IN =
      new StandIn(
          "bonito-mariadb-standin",
          "mariadb-java-client",
          "org/mariadb/jdbc/Configuration.class",
          "jdbc:mariadb:");

  static {
    register(new Driver());
  }

  /** For frameworks; applications need no driver object. */
  public Driver() {
    super(STAND_IN);
  }
}
