package io.bonito.protocol.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A name that a rival knows and that is no option of ours.
 *
 * @param treatment what happens to a URL that holds it
 * @param reason why it is refused, and what to use instead; empty where it is not
 */
record RivalOption(String name, Treatment treatment, String reason) {
  enum Treatment {
    /** We always do it, never need it, or it tunes what we do not have. */
    HARMLESS,
    /** It means something and is not in yet: a warning. */
    LATER,
    /** It would load a class, open a URL or weaken safety unseen. */
    REFUSED
  }

  private static final Map<String, RivalOption> BY_NAME = new HashMap<>();

  static {
    // What we do in any case.
    all(
        Treatment.HARMLESS,
        "useUnicode",
        "useInformationSchema",
        "useLocalSessionState",
        "elideSetAutoCommits",
        "cacheResultSetMetadata",
        "cacheServerConfiguration",
        "maintainTimeStats",
        "trackSessionState",
        "useReadAheadInput",
        "useUnbufferedInput",
        "emulateUnsupportedPstmts",
        "useLegacyDatetimeCode",
        "useJDBCCompliantTimezoneShift",
        "useTimezone",
        "useGmtMillisForDatetimes",
        "useFastDateParsing",
        "useFastIntParsing",
        "useJvmCharsetConverters",
        "useSSPSCompatibleTimezoneShift",
        "useDynamicCharsetInfo",
        "useOldUTF8Behavior",
        "usePipelineAuth",
        "useBatchMultiSend",
        "useBatchMultiSendNumber",
        "cacheCodecs",
        "pureLocalDateTime",
        "prepStmtCacheSqlLimit",
        "metadataCacheSize",
        "defaultAuthenticationPlugin",
        "rewriteBatchedStatements",
        "largeRowSizeThreshold",
        "useNanosForElapsedTime",
        "dontTrackOpenResources",
        "cacheDefaultTimeZone",
        "autoReconnectForPools",
        "useServerPreparedStmts",
        "maximizeMysqlCompatibility",
        "jdbcCompliantTruncation",
        "paranoid");
    all(
        Treatment.REFUSED,
        "it names a class, and no text chooses classes here; give the object in code",
        "socketFactory",
        "authenticationPlugins",
        "clientInfoProvider",
        "connectionLifecycleInterceptors",
        "propertiesTransform",
        "queryInterceptors",
        "statementInterceptors",
        "exceptionInterceptors",
        "loadBalanceExceptionChecker",
        "serverConfigCacheFactory",
        "queryInfoCacheFactory",
        "parseInfoCacheFactory",
        "profilerEventHandler",
        "authenticationWebAuthnCallbackHandler",
        "authenticationOpenidConnectCallbackHandler",
        "tlsSocketType",
        "sslContextProvider",
        "KeyManagerFactoryProvider",
        "trustManagerFactoryProvider",
        "keyStoreProvider");
    all(Treatment.REFUSED, "objects that a server sends are never deserialized", "autoDeserialize");
    all(
        Treatment.REFUSED,
        "LOCAL INFILE takes a stream given in code to that one statement, never a URL or a path",
        "allowUrlInLocalInfile",
        "allowLoadLocalInfileInPath");
    all(
        Treatment.LATER,
        "sessionVariables",
        "initSql",
        "autocommit",
        "transactionIsolation",
        "createDatabaseIfNotExist",
        "characterEncoding",
        "characterSetResults",
        "connectionCollation",
        "connectionTimeZone",
        "serverTimezone",
        "timezone",
        "forceConnectionTimeZoneToSession",
        "preserveInstants",
        "databaseTerm",
        "useCatalogTerm",
        "nullDatabaseMeansCurrent",
        "nullCatalogMeansCurrent",
        "autoReconnect",
        "maxRows",
        "useCursorFetch",
        "useMysqlMetadata",
        "permitRedirect",
        "credentialType",
        "galeraAllowedState",
        "pool",
        "poolName",
        "maxPoolSize",
        "minPoolSize",
        "maxIdleTime",
        "localSocketAddress",
        "socksProxyHost",
        "socksProxyPort",
        "pipe",
        "dnsSrv",
        "logger",
        "profileSQL",
        "logSlowQueries",
        "slowQueryThresholdMillis",
        "dumpQueriesOnException",
        "readOnlyPropagatesToServer",
        "queryTimeoutKillsConnection",
        "netTimeoutForStreamingResults",
        "continueBatchOnError",
        "sendFractionalSeconds",
        "blobSendChunkSize",
        "uuidAsString",
        "geometryDefaultType",
        "openTelemetry");
  }

  private static void all(Treatment treatment, String... names) {
    if (treatment == Treatment.REFUSED) {
      for (int i = 1; i < names.length; i++) {
        put(new RivalOption(names[i], treatment, names[0]));
      }
      return;
    }
    for (String name : names) {
      put(new RivalOption(name, treatment, ""));
    }
  }

  private static void put(RivalOption option) {
    BY_NAME.put(option.name.toLowerCase(Locale.ROOT), option);
  }

  /** All of them, by name. */
  static List<RivalOption> all() {
    List<RivalOption> all = new ArrayList<>(BY_NAME.values());
    all.sort(Comparator.comparing(RivalOption::name, String.CASE_INSENSITIVE_ORDER));
    return all;
  }

  static Optional<RivalOption> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }
}
