package io.bonito.protocol.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.message.SessionChanges;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of a session on the server: what was agreed at the login, and what the server has
 * told since with each OK. Nothing here is asked for; it is read along.
 */
public final class SessionState {
  /** Character sets of MySQL and MariaDB whose name Java spells otherwise. */
  private static final Map<String, String> JAVA_NAMES =
      Map.ofEntries(
          Map.entry("utf8mb4", "UTF-8"),
          Map.entry("utf8mb3", "UTF-8"),
          Map.entry("utf8", "UTF-8"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("latin2", "ISO-8859-2"),
          Map.entry("latin5", "ISO-8859-9"),
          Map.entry("latin7", "ISO-8859-13"),
          Map.entry("ascii", "US-ASCII"),
          Map.entry("cp1250", "windows-1250"),
          Map.entry("cp1251", "windows-1251"),
          Map.entry("cp1256", "windows-1256"),
          Map.entry("cp1257", "windows-1257"),
          Map.entry("cp850", "IBM850"),
          Map.entry("cp852", "IBM852"),
          Map.entry("cp866", "IBM866"),
          Map.entry("koi8r", "KOI8-R"),
          Map.entry("koi8u", "KOI8-U"),
          Map.entry("greek", "ISO-8859-7"),
          Map.entry("hebrew", "ISO-8859-8"),
          Map.entry("tis620", "TIS-620"),
          Map.entry("ujis", "EUC-JP"),
          Map.entry("eucjpms", "EUC-JP"),
          Map.entry("sjis", "Shift_JIS"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("euckr", "EUC-KR"),
          Map.entry("gb2312", "GB2312"),
          Map.entry("gbk", "GBK"),
          Map.entry("gb18030", "GB18030"),
          Map.entry("big5", "Big5"));

  private long capabilities;
  private ServerVersion server = new ServerVersion("", false, 0, 0, 0);
  private long connectionId;
  private int status = ServerStatus.AUTOCOMMIT;
  private String schema = "";
  private String clientCharacterSet = "utf8mb4";
  private Charset clientCharset = UTF_8;
  private String gtids = "";
  private String transactionState = "";
  private boolean variablesChanged;

  /**
   * Bits of {@link io.bonito.protocol.message.Capability} that both sides have; 0 before the
   * greeting.
   */
  public long capabilities() {
    return capabilities;
  }

  public boolean has(long capability) {
    return (capabilities & capability) == capability;
  }

  /** The server's version; an empty text before the greeting. */
  public ServerVersion server() {
    return server;
  }

  /**
   * The number that KILL takes; unsigned. MariaDB tells more than 32 bits only to those who ask.
   */
  public long connectionId() {
    return connectionId;
  }

  /** The latest status, bits of {@link ServerStatus}. */
  public int status() {
    return status;
  }

  public boolean inTransaction() {
    return (status & ServerStatus.IN_TRANSACTION) != 0;
  }

  public boolean autocommit() {
    return (status & ServerStatus.AUTOCOMMIT) != 0;
  }

  /** True where a backslash in a literal is an ordinary character. */
  public boolean noBackslashEscapes() {
    return (status & ServerStatus.NO_BACKSLASH_ESCAPES) != 0;
  }

  /** True where double quotes enclose identifiers. Only MariaDB tells. */
  public boolean ansiQuotes() {
    return server.mariaDb() && (status & ServerStatus.ANSI_QUOTES) != 0;
  }

  /** The schema in use, or empty. */
  public String schema() {
    return schema;
  }

  /** The server's name of the character set in which it reads what we send. */
  public String clientCharacterSet() {
    return clientCharacterSet;
  }

  /** The same as Java knows it: statements and text are encoded in it. */
  public Charset clientCharset() {
    return clientCharset;
  }

  /** The latest GTIDs told, where {@code session_track_gtids} is on; or empty. */
  public String gtids() {
    return gtids;
  }

  /** The latest state told, where {@code session_track_transaction_info} is on; or empty. */
  public String transactionState() {
    return transactionState;
  }

  /** True once a tracked variable has changed since the login or the last reset. */
  public boolean variablesChanged() {
    return variablesChanged;
  }

  void greeted(ServerVersion greetedBy, long id) {
    server = greetedBy;
    connectionId = id;
  }

  void agreed(long agreedCapabilities) {
    capabilities = agreedCapabilities;
  }

  void loggedIn(String startSchema) {
    schema = startSchema;
    characterSetClient("utf8mb4");
    variablesChanged = false;
  }

  void apply(Ok ok) {
    status = ok.status();
    if (ok.has(ServerStatus.SESSION_STATE_CHANGED)) {
      apply(ok.changes());
    }
  }

  private void apply(SessionChanges changes) {
    if (changes.schema() != null) {
      schema = changes.schema();
    }
    if (!changes.gtids().isEmpty()) {
      gtids = changes.gtids();
    }
    if (!changes.transactionState().isEmpty()) {
      transactionState = changes.transactionState();
    }
    for (Map.Entry<String, String> change : changes.variables().entrySet()) {
      variablesChanged = true;
      switch (change.getKey()) {
        case "character_set_client" -> characterSetClient(change.getValue());
        case "connection_id" -> connectionId = Long.parseUnsignedLong(change.getValue());
        default -> {}
      }
    }
  }

  private void characterSetClient(String name) {
    clientCharacterSet = name.toLowerCase(Locale.ROOT);
    if (clientCharacterSet.equals("utf8mb4")) {
      clientCharset = UTF_8;
      return;
    }
    String javaName = JAVA_NAMES.getOrDefault(clientCharacterSet, clientCharacterSet);
    clientCharset = Charset.isSupported(javaName) ? Charset.forName(javaName) : UTF_8;
  }
}
