package io.bonito.jdbc.recording;

import io.bonito.jdbc.recording.DriverEvents.DriverEvent;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/** While nobody records, an event is an empty object that the JVM knows to drop. */
final class FlightRecorder implements Recorder {
  private FlightRecorder() {}

  /**
   * @throws NoClassDefFoundError where the JVM has no Flight Recorder
   */
  static Recorder ifThere() {
    return Event.class.getModule().isNamed() ? new FlightRecorder() : NONE;
  }

  @Override
  public @Nullable Object connectBegins() {
    DriverEvents.Connect event = new DriverEvents.Connect();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  @Override
  public void connected(Object begun, Connected told) {
    if (begun instanceof DriverEvents.Connect event) {
      event.end();
      if (event.shouldCommit()) {
        tell(event, told.server(), told.database(), told.connection(), told.outcome());
        event.version = told.version();
        event.encrypted = told.encrypted();
        event.commit();
      }
    }
  }

  @Override
  public @Nullable Object statementBegins() {
    DriverEvents.Statement event = new DriverEvents.Statement();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  @Override
  public void statementEnds(Object begun) {
    if (begun instanceof DriverEvents.Statement event) {
      event.end();
    }
  }

  @Override
  public boolean wants(Object begun) {
    return begun instanceof DriverEvents.Statement event && event.shouldCommit();
  }

  @Override
  public void executed(Object begun, Executed told) {
    if (begun instanceof DriverEvents.Statement event) {
      tell(event, told.server(), told.database(), told.connection(), told.outcome());
      event.sql = told.sql();
      event.prepared = told.prepared();
      event.rows = told.rows();
      event.commands = told.commands();
      event.commit();
    }
  }

  private static void tell(
      DriverEvent event, String server, String database, long connection, Outcome outcome) {
    event.server = server;
    event.database = database;
    event.connection = connection;
    event.failure = outcome.failure();
    event.sqlState = outcome.sqlState();
    event.errorCode = outcome.code();
  }
}
