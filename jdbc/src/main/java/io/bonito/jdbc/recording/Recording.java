package io.bonito.jdbc.recording;

/** Whether there is a Flight Recorder, asked by a class that can do without. */
public final class Recording {
  private Recording() {}

  /** Writes to the Flight Recorder; nowhere where the JVM has none. */
  public static Recorder recorder() {
    try {
      return FlightRecorder.ifThere();
    } catch (NoClassDefFoundError e) {
      return Recorder.NONE;
    }
  }
}
