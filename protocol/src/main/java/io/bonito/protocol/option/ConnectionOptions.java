package io.bonito.protocol.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * All that a connection was told, typed and checked; immutable.
 *
 * <pre>{@code
 * ConnectionOptions options =
 *     ConnectionOptions.builder()
 *         .set(Options.HOST, "db.example.org")
 *         .set(Options.USER, "app")
 *         .set(Options.PASSWORD, Secret.of(password))
 *         .build();
 * }</pre>
 *
 * <p>What was not written out has its declared default. Printing shows no password.
 */
public final class ConnectionOptions {
  private static final long LARGEST_ROW = 1L << 30;

  private final Scheme scheme;
  private final Map<Option<?>, Object> values;
  private final Map<Slot<?>, Object> objects;
  private final List<String> warnings;

  private ConnectionOptions(Builder builder) {
    this.scheme = builder.scheme;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(builder.values));
    this.objects = Collections.unmodifiableMap(new HashMap<>(builder.objects));
    this.warnings = builder.allWarnings();
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads options by name, in any rival's spelling.
   *
   * @throws OptionException for an unknown name, with the nearest known one, or a wrong value
   */
  public static ConnectionOptions of(Map<String, String> texts) {
    Builder builder = builder();
    texts.forEach(builder::set);
    return builder.build();
  }

  // ---- reading

  /** The value that was written out, or the default. */
  @SuppressWarnings("unchecked") // Builder.set puts in only values of the option's own type
  public <T> T get(Option<T> option) {
    Object value = values.get(option);
    return value != null ? (T) value : option.defaultValue(scheme);
  }

  /** Whether the option was written out, be it with its default value. */
  public boolean isSet(Option<?> option) {
    return values.containsKey(option);
  }

  /** The object that was given for this slot, if any. */
  public <T> Optional<T> object(Slot<T> slot) {
    return Optional.ofNullable(objects.get(slot)).map(slot.type()::cast);
  }

  public Scheme scheme() {
    return scheme;
  }

  /** Sentences that a face should log once: options without effect here. */
  public List<String> warnings() {
    return warnings;
  }

  public String host() {
    return get(Options.HOST);
  }

  public int port() {
    return get(Options.PORT);
  }

  /** Path of the Unix socket to use instead of TCP; empty for TCP. */
  public String localSocket() {
    String path = get(Options.LOCAL_SOCKET);
    return path.isEmpty() && host().startsWith("/") ? host() : path;
  }

  /** Where the connection goes, as messages say it: {@code host:port}, or the socket's path. */
  public String target() {
    if (!localSocket().isEmpty()) {
      return localSocket();
    }
    boolean bare = host().indexOf(':') >= 0;
    return (bare ? "[" + host() + "]" : host()) + ":" + port();
  }

  public String user() {
    return get(Options.USER);
  }

  public Secret password() {
    return get(Options.PASSWORD);
  }

  public String database() {
    return get(Options.DATABASE);
  }

  /** How much TLS to ask for, former words included; the default depends on who the peer is. */
  public TlsMode tlsMode(Peer peer) {
    if (isSet(TlsOptions.SSL_MODE)) {
      return get(TlsOptions.SSL_MODE);
    }
    if (isSet(TlsOptions.USE_SSL) && !get(TlsOptions.USE_SSL)) {
      return TlsMode.DISABLED;
    }
    if (get(TlsOptions.TRUST_SERVER_CERTIFICATE)) {
      return TlsMode.REQUIRED;
    }
    if (get(TlsOptions.DISABLE_SSL_HOSTNAME_VERIFICATION)) {
      return TlsMode.VERIFY_CA;
    }
    boolean verificationWritten = isSet(TlsOptions.VERIFY_SERVER_CERTIFICATE);
    boolean tlsWritten = isSet(TlsOptions.USE_SSL) || get(TlsOptions.REQUIRE_SSL);
    if (verificationWritten && get(TlsOptions.VERIFY_SERVER_CERTIFICATE)) {
      return TlsMode.VERIFY_CA;
    }
    if (get(TlsOptions.REQUIRE_SSL) || (verificationWritten && tlsWritten)) {
      return TlsMode.REQUIRED;
    }
    return TlsMode.byDefault(peer);
  }

  /** Whether certificates to trust were named, so that no fingerprint proof replaces them. */
  public boolean namesTrustedCertificates() {
    return !get(TlsOptions.SERVER_SSL_CERT).isEmpty()
        || !get(TlsOptions.TRUST_STORE).isEmpty()
        || objects.containsKey(TlsOptions.SSL_CONTEXT);
  }

  /**
   * Whether a certificate that no CA vouches for may still be proven by the password, as MariaDB
   * 11.4 does with its fingerprint.
   */
  public boolean acceptsFingerprintProof(Peer peer) {
    return tlsMode(peer).verifiesHostName()
        && get(TlsOptions.FINGERPRINT_PROOF)
        && !namesTrustedCertificates();
  }

  /** Largest row that is accepted, in bytes. */
  public long maxRowBytes() {
    long written = get(Options.MAX_ROW_BYTES);
    return written > 0 ? written : Math.min(LARGEST_ROW, Runtime.getRuntime().maxMemory() / 8);
  }

  /** Largest result that is kept in memory as a whole, in bytes. */
  public long maxResultBytes() {
    long written = get(Options.MAX_RESULT_BYTES);
    return written > 0 ? written : Runtime.getRuntime().maxMemory() / 4;
  }

  /** What was written out, by option name, as text; passwords only where they are asked for. */
  public Map<String, String> texts(boolean withSecrets) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Option<?> option : values.keySet()) {
      if (withSecrets || !option.isSecret()) {
        texts.put(option.name(), print(option));
      }
    }
    return texts;
  }

  private <T> String print(Option<T> option) {
    return option.print(get(option));
  }

  public Builder toBuilder() {
    Builder builder = new Builder().scheme(scheme);
    builder.values.putAll(values);
    builder.objects.putAll(objects);
    builder.warnings.addAll(warnings);
    return builder;
  }

  /** Whether the same has been written out, and the same objects given. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ConnectionOptions options
        && scheme == options.scheme
        && values.equals(options.values)
        && objects.equals(options.objects);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, values, objects);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("ConnectionOptions[");
    String separator = "";
    for (Option<?> option : values.keySet()) {
      String shown = option.isSecret() ? "***" : OptionException.quote(print(option));
      out.append(separator).append(option.name()).append('=').append(shown);
      separator = ", ";
    }
    for (Slot<?> slot : objects.keySet()) {
      out.append(separator).append(slot.name()).append("=(object)");
      separator = ", ";
    }
    return out.append(']').toString();
  }

  /** Gathers options; {@link #build} checks them together. */
  public static final class Builder {
    private final Map<Option<?>, Object> values = new LinkedHashMap<>();
    private final Map<Slot<?>, Object> objects = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> withoutEffect = new ArrayList<>();
    private Scheme scheme = Scheme.BONITO;

    private Builder() {}

    /** Whose defaults hold; a later call of {@code set} is not changed by it. */
    public Builder scheme(Scheme scheme) {
      this.scheme = scheme;
      return this;
    }

    /**
     * Sets one option; an empty value puts back the default.
     *
     * @throws OptionException where its text form would not be accepted either
     */
    public <T> Builder set(Option<T> option, T value) {
      // Through the text form and back: so code can set nothing that a URL could not, ranges hold,
      // and lists and maps are copies.
      String text = option.print(value);
      if (text.isEmpty()) {
        values.remove(option);
        return this;
      }
      T checked = option.parse(option.name(), text);
      Object kept = checked.equals(value) ? checked : copy(value);
      values.put(option, kept);
      return this;
    }

    /** A list or map whose entries hold commas has no text form but may be set in code. */
    private static Object copy(Object value) {
      if (value instanceof List<?> list) {
        return List.copyOf(list);
      }
      if (value instanceof Map<?, ?> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
      }
      return value;
    }

    /**
     * Sets one option by name; an empty text leaves it at its default, as containers set variables
     * that are empty.
     *
     * @throws OptionException for an unknown name, with the nearest known one, or a wrong value
     */
    public Builder set(String name, String text) {
      Optional<Option<?>> option = Options.find(name);
      if (option.isPresent()) {
        return parse(option.get(), name, text);
      }
      if (!setForeign(name, text)) {
        throw new OptionException(name, unknownMessage(name));
      }
      return this;
    }

    /** Like {@link #set(String, String)}, but an unknown name only gives a warning. */
    public Builder setOrWarn(String name, String text) {
      Optional<Option<?>> option = Options.find(name);
      if (option.isPresent()) {
        return parse(option.get(), name, text);
      }
      if (!setForeign(name, text)) {
        unknown.add(name);
      }
      return this;
    }

    /** Takes all entries with text; unknown names give a warning. */
    public Builder properties(Properties properties) {
      for (String name : properties.stringPropertyNames()) {
        String text = properties.getProperty(name);
        setOrWarn(name, text == null ? "" : text);
      }
      return this;
    }

    /** Sets all that was set in another, but for its scheme. */
    public Builder add(Builder other) {
      values.putAll(other.values);
      objects.putAll(other.objects);
      warnings.addAll(other.warnings);
      unknown.addAll(other.unknown);
      withoutEffect.addAll(other.withoutEffect);
      return this;
    }

    /** Gives an object that has no text form. */
    public <T> Builder object(Slot<T> slot, T object) {
      objects.put(slot, slot.type().cast(object));
      return this;
    }

    private <T> Builder parse(Option<T> option, String name, String text) {
      if (text.isEmpty()) {
        values.remove(option);
      } else {
        values.put(option, option.parse(name, text));
      }
      return this;
    }

    /** A rival's option that has no declaration of ours. */
    private boolean setForeign(String name, String text) {
      Optional<RivalOption> foreign = RivalOption.find(name);
      if (foreign.isEmpty()) {
        return false;
      }
      switch (foreign.get().treatment()) {
        case HARMLESS -> {}
        case UNMET -> {
          if (!text.isEmpty() && !text.equalsIgnoreCase("false")) {
            withoutEffect.add(name + " (" + foreign.get().reason() + ")");
          }
        }
        case REFUSED -> {
          if (!text.isEmpty() && !text.equalsIgnoreCase("false")) {
            throw new OptionException(
                name, "option " + name + " is refused: " + foreign.get().reason());
          }
        }
      }
      return true;
    }

    private static String unknownMessage(String name) {
      String nearest = NearestName.to(name, Options.names());
      return "unknown option "
          + OptionException.quote(name)
          + (nearest.isEmpty() ? "" : ", did you mean " + nearest + "?");
    }

    /**
     * Checks and freezes.
     *
     * @throws OptionException where the options contradict each other or hold a NUL
     */
    public ConnectionOptions build() {
      if (Boolean.TRUE.equals(values.get(Options.STRICT_OPTIONS)) && !unknown.isEmpty()) {
        throw new OptionException(unknown.get(0), unknownMessage(unknown.get(0)));
      }
      for (Map.Entry<Option<?>, Object> entry : values.entrySet()) {
        refuseNul(entry.getKey(), entry.getValue());
      }
      ConnectionOptions options = new ConnectionOptions(this);
      HostName.check(options.host());
      return options;
    }

    private List<String> allWarnings() {
      List<String> all = new ArrayList<>(warnings);
      if (!unknown.isEmpty()) {
        List<String> shown = new ArrayList<>();
        for (String name : unknown) {
          String nearest = NearestName.to(name, Options.names());
          shown.add(
              OptionException.quote(name)
                  + (nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)"));
        }
        all.add("unknown options have no effect: " + String.join(", ", shown));
      }
      if (!withoutEffect.isEmpty()) {
        all.add("options without effect here: " + String.join(", ", withoutEffect));
      }
      return List.copyOf(all);
    }

    /** The protocol ends these texts with a NUL, so one inside would smuggle in the next field. */
    private static void refuseNul(Option<?> option, Object value) {
      boolean found;
      if (value instanceof Map<?, ?> map) {
        found = map.entrySet().stream().anyMatch(e -> hasNul(e.getKey()) || hasNul(e.getValue()));
      } else if (value instanceof List<?> list) {
        found = list.stream().anyMatch(Builder::hasNul);
      } else {
        found = hasNul(value);
      }
      if (found) {
        throw new OptionException(option.name(), "option " + option.name() + " holds a NUL");
      }
    }

    private static boolean hasNul(Object value) {
      String text = value instanceof Secret secret ? secret.reveal() : String.valueOf(value);
      return text.indexOf('\0') >= 0;
    }
  }
}
