package io.bonito.pool.url;

import java.util.List;
import java.util.Optional;

/** Whether the connection is asked for by another pool, which would keep what it gets. */
final class OuterPool {
  private record Known(String name, String packagePrefix) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("HikariCP", "com.zaxxer.hikari."),
          new Known("Agroal", "io.agroal."),
          new Known("Commons DBCP", "org.apache.commons.dbcp2."),
          new Known("Tomcat's pool", "org.apache.tomcat.jdbc.pool."),
          new Known("Tomcat's pool", "org.apache.tomcat.dbcp."),
          new Known("Vibur", "org.vibur.dbcp."),
          new Known("c3p0", "com.mchange.v2.c3p0."),
          new Known("Druid", "com.alibaba.druid.pool."),
          new Known("UCP", "oracle.ucp."),
          new Known("BeeCP", "org.stone.beecp."));

  private OuterPool() {}

  /** Says so in the log, once for each pool that is made under another. */
  static void warn(String pool) {
    StackWalker.getInstance()
        .walk(frames -> frames.map(OuterPool::of).flatMap(Optional::stream).findFirst())
        .ifPresent(
            outer ->
                System.getLogger("io.bonito.pool")
                    .log(
                        System.Logger.Level.WARNING,
                        "{0} is used by {1}, which keeps each connection: give {1} the driver''s own"
                            + " URL, or have this pool alone",
                        pool,
                        outer));
  }

  private static Optional<String> of(StackWalker.StackFrame frame) {
    String type = frame.getClassName();
    return KNOWN.stream()
        .filter(known -> type.startsWith(known.packagePrefix))
        .map(Known::name)
        .findFirst();
  }
}
