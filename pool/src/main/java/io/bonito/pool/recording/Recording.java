package io.bonito.pool.recording;

import io.bonito.pool.lending.PoolObserver;

/** Whether there is a Flight Recorder, asked by a class that can do without. */
public final class Recording {
  private Recording() {}

  /** Writes what a pool does to the Flight Recorder; watches nothing where the JVM has none. */
  public static PoolObserver observer() {
    try {
      return Recorder.ifThere();
    } catch (NoClassDefFoundError e) {
      return PoolObserver.NONE;
    }
  }
}
