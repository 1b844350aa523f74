package io.bonito.jdbc.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** The events, by the names under which a recording has them. */
final class DriverEvents {
  private DriverEvents() {}

  /** What the events have in common. */
  @Category({"Bonito", "JDBC"})
  abstract static class DriverEvent extends Event {
    @Label("Server")
    @Description("Host and port, or the path of a socket")
    @Nullable String server;

    @Label("Database")
    @Nullable String database;

    @Label("Connection")
    @Description("Its number in the server's process list; 0 if there was none")
    long connection;

    @Label("Failure")
    @Description("Null if there was none; of a statement the class, as messages may hold values")
    @Nullable String failure;

    @Label("SQLState")
    @Nullable String sqlState;

    @Label("Error Code")
    @Description("The server's; 0 for none")
    int errorCode;
  }

  @Name("io.bonito.jdbc.Connect")
  @Label("Connect")
  @Description("The driver connected and logged in, or tried to")
  @StackTrace(false)
  static final class Connect extends DriverEvent {
    @Label("Version")
    @Description("The server's")
    @Nullable String version;

    @Label("Encrypted")
    boolean encrypted;
  }

  /** Its stack is where the application asked. */
  @Name("io.bonito.jdbc.Statement")
  @Label("Statement")
  @Description("A statement and the wait for its answer; of a stream, for the first row")
  @Threshold("20 ms")
  static final class Statement extends DriverEvent {
    @Label("SQL")
    @Description("Without values, and cut to maxQuerySizeToLog")
    @Nullable String sql;

    @Label("Prepared")
    @Description("Whether it came with places for values")
    boolean prepared;

    @Label("Rows")
    @Description("That came or were changed; -1 if they were still to come")
    long rows;

    @Label("Commands")
    @Description("How many statements a batch had; else 1")
    int commands;
  }
}
