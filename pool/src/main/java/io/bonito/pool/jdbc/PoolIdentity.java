package io.bonito.pool.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server may be told of those who connect.
 *
 * @param program which program it is
 * @param pool what its pool is called
 * @param kind which kind of pool that is
 * @param process its number among the processes of its machine
 */
public record PoolIdentity(String program, String pool, String kind, long process) {
  private static final int LONGEST = 64;

  /**
   * This process.
   *
   * @param program empty for the class or archive that the JVM was started with
   */
  public static PoolIdentity of(String program, String pool, String kind) {
    return new PoolIdentity(
        program.isBlank() ? started(System.getProperty("sun.java.command")) : program,
        pool,
        kind,
        ProcessHandle.current().pid());
  }

  /** What was started, without its arguments: a class, or an archive without its directory. */
  static String started(@org.jspecify.annotations.Nullable String command) {
    if (command == null || command.isBlank()) {
      return "java";
    }
    String first = command.trim().split("\\s+", 2)[0];
    return first.substring(1 + Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')));
  }

  /**
   * By the names that they have in {@code performance_schema.session_connect_attrs}. Values are at
   * most 64 characters, and have none that separate attributes or the parameters of a URL.
   */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("program_name", plain(program));
    attributes.put("pool_name", plain(pool));
    attributes.put("pool_kind", plain(kind));
    attributes.put("pid", String.valueOf(process));
    return attributes;
  }

  private static String plain(String value) {
    String plain = value.trim().replaceAll("[^\\p{L}\\p{N}./$_-]", "_");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }
}
