package io.bonito.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server's {@code performance_schema.session_connect_attrs} tells of us.
 *
 * <pre>
 *   _client_name  _client_version  _os  _platform  _pid  _runtime_vendor  _runtime_version
 * </pre>
 *
 * <p>MySQL keeps 512 bytes of them for each connection unless told otherwise, so they are few.
 */
public final class ClientAttributes {
  private ClientAttributes() {}

  /**
   * Ours, then the application's own; an own one of the same name replaces ours.
   *
   * @param own may be empty
   */
  public static Map<String, String> and(Map<String, String> own) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("_client_name", "Bonito");
    attributes.put("_client_version", Version.text());
    attributes.put("_os", System.getProperty("os.name", ""));
    attributes.put("_platform", System.getProperty("os.arch", ""));
    attributes.put("_pid", Long.toString(ProcessHandle.current().pid()));
    attributes.put("_runtime_vendor", System.getProperty("java.vendor", ""));
    attributes.put("_runtime_version", System.getProperty("java.version", ""));
    attributes.putAll(own);
    return attributes;
  }
}
