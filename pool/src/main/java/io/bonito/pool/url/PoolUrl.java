package io.bonito.pool.url;

import io.bonito.pool.argument.PoolArguments;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A URL that asks for a pool, taken apart.
 *
 * <pre>
 *   jdbc:bonito:pool: mysql://db/shop ? poolClass=QueuePool &amp; useSSL=true &amp; pool_size=10
 *                     └─ the driver's, without its jdbc: ──────────────┘
 * </pre>
 *
 * <p>Of the parameters after the last question mark, those that are arguments of a pool are the
 * pool's and the others the driver's.
 *
 * @param address the driver's URL without parameters
 * @param parameters the driver's, as they were written, in their order
 * @param arguments the pool's, decoded
 */
record PoolUrl(String address, List<String> parameters, Map<String, String> arguments) {
  static final String PREFIX = "jdbc:bonito:pool:";

  /**
   * @throws IllegalArgumentException where an argument is given twice, or nothing follows the
   *     prefix
   */
  static PoolUrl parse(String url) {
    String inner = url.substring(PREFIX.length());
    if (inner.isEmpty() || inner.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          PREFIX
              + " is followed by a driver's URL without its jdbc:, as in "
              + PREFIX
              + "mysql://");
    }
    int mark = inner.lastIndexOf('?');
    String address = "jdbc:" + (mark < 0 ? inner : inner.substring(0, mark));
    List<String> parameters = new ArrayList<>();
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String each : mark < 0 ? new String[0] : inner.substring(mark + 1).split("&", -1)) {
      String name = nameOf(each);
      if (!PoolArguments.isName(name)) {
        parameters.add(each);
      } else if (arguments.put(name, valueOf(each)) != null) {
        throw new IllegalArgumentException(name + " is given twice");
      }
    }
    return new PoolUrl(address, parameters, arguments);
  }

  static String nameOf(String parameter) {
    int equals = parameter.indexOf('=');
    return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
  }

  private static String valueOf(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** What the driver is given. */
  String driverUrl() {
    return parameters.isEmpty() ? address : address + '?' + String.join("&", parameters);
  }
}
