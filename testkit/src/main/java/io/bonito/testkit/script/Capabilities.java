package io.bonito.testkit.script;

/** The capability bits that a scripted server has to know. */
public final class Capabilities {
  public static final long LONG_PASSWORD = 1;
  public static final long FOUND_ROWS = 1 << 1;
  public static final long CONNECT_WITH_DB = 1 << 3;
  public static final long COMPRESS = 1 << 5;
  public static final long LOCAL_FILES = 1 << 7;
  public static final long PROTOCOL_41 = 1 << 9;
  public static final long SSL = 1 << 11;
  public static final long TRANSACTIONS = 1 << 13;
  public static final long SECURE_CONNECTION = 1 << 15;
  public static final long MULTI_STATEMENTS = 1 << 16;
  public static final long MULTI_RESULTS = 1 << 17;
  public static final long PS_MULTI_RESULTS = 1 << 18;
  public static final long PLUGIN_AUTH = 1 << 19;
  public static final long CONNECT_ATTRS = 1 << 20;
  public static final long PLUGIN_AUTH_LENENC = 1 << 21;
  public static final long SESSION_TRACK = 1 << 23;
  public static final long DEPRECATE_EOF = 1 << 24;

  /**
   * What the scripted server offers unless it is told otherwise: all of these but SSL and COMPRESS.
   */
  public static final long USUAL =
      LONG_PASSWORD
          | FOUND_ROWS
          | CONNECT_WITH_DB
          | LOCAL_FILES
          | PROTOCOL_41
          | TRANSACTIONS
          | SECURE_CONNECTION
          | MULTI_STATEMENTS
          | MULTI_RESULTS
          | PS_MULTI_RESULTS
          | PLUGIN_AUTH
          | CONNECT_ATTRS
          | PLUGIN_AUTH_LENENC
          | SESSION_TRACK
          | DEPRECATE_EOF;

  private Capabilities() {}
}
