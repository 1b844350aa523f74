package io.bonito.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import one.profiler.AsyncProfiler;

/** async-profiler around what is measured, where a file is named for what it finds. */
public final class Profile {
  /** What is sampled. */
  enum Event {
    /** Time of the CPU, by a timer of the process. */
    ITIMER("interval=100us"),
    /** Bytes allocated, by where they are. */
    ALLOC("interval=16k");

    private final String interval;

    Event(String interval) {
      this.interval = interval;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private Optional<Path> file = Optional.empty();
  private Event event = Event.ITIMER;
  private boolean started;

  /** The file is the option's value. */
  public void file(Words words) {
    file = words.file();
  }

  /** The event is the option's value. */
  public void event(Words words) {
    List<Event> chosen = words.chosen(List.of(Event.values()), Event::word);
    event = chosen.get(0);
  }

  /** Begins, where it has not yet begun. */
  public void start() throws IOException {
    if (file.isPresent() && !started) {
      started = true;
      AsyncProfiler.getInstance().execute("start," + sampling());
    }
  }

  /** Ends, and writes the file. */
  public void stop() throws IOException {
    if (file.isPresent() && started) {
      started = false;
      AsyncProfiler.getInstance().execute("stop,file=" + file.get().toAbsolutePath());
    }
  }

  /** What is sampled and how often, in async-profiler's words. */
  String sampling() {
    return "event=" + event.word() + "," + event.interval;
  }
}
