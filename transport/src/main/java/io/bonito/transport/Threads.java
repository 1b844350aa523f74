package io.bonito.transport;

/** Threads for what cannot be done by the caller's own. */
final class Threads {
  private Threads() {}

  /** Not started yet; keeps neither the JVM nor an application's class loader alive. */
  static Thread daemon(String name, Runnable action) {
    Thread thread = new Thread(null, action, name, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Threads.class.getClassLoader());
    return thread;
  }
}
