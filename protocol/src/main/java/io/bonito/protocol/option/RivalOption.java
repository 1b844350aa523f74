package io.bonito.protocol.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * A name that a rival knows and that is no option of ours.
 *
 * @param treatment what happens to a URL that holds it
 * @param reason why it is refused or has no effect, and what to use instead; empty where there is
 *     nothing to say
 */
record RivalOption(String name, Treatment treatment, String reason) {
  enum Treatment {
    /** We always do it, never need it, or it tunes what we do not have. */
    HARMLESS,
    /** The program works without it, and does not get what it does: a warning. */
    UNMET,
    /** It would load a class, open a URL or weaken safety unseen. */
    REFUSED
  }

  private static final String HARMLESS =
      """
      allowNanAndInf allowReplicaDownConnections allowSourceDownConnections
      alwaysSendSetIsolation assureReadOnly autoClosePStmtStreams autoGenerateTestcaseScript
      autoReconnectForPools autoSlowLog blobSendChunkSize cacheCallableStmts cacheCodecs
      cacheDefaultTimeZone cacheResultSetMetadata cacheServerConfiguration callableStmtCacheSize
      canUseServerTimeout capitalizeTypeNames characterEncoding characterSetResults
      clobberStreamingResults clobCharacterEncoding customCharsetMapping
      defaultAuthenticationPlugin deniedListTimeout deprecateEof detectCustomCollations
      disableSessionTracking disableSslContextCache dontCheckOnDuplicateKeyUpdateInSQL
      dontTrackOpenResources elideSetAutoCommits emulateLocators emulateUnsupportedPstmts
      enableBulkUnitResult enablePacketDebug enableQueryTimeouts enableSkipMeta
      ensureSocketState extendedTypeInfo failoverLoopRetries failOverReadOnly
      fallbackToSystemKeyStore forceTransactionEnd galeraAllowedState gatherPerfMetrics
      generateSimpleParameterMetadata getExportedKeysUsingIs getImportedKeysUsingIs
      getProceduresReturnsFunctions ha.enableJMX ha.loadBalanceStrategy haEnableJMX
      haLoadBalanceStrategy ignoreNonTxTables importedKeysWithConstraintNames
      includeThreadNamesAsStatementComment initialTimeout       largeRowSizeThreshold loadBalanceAutoCommitStatementRegex
      loadBalanceAutoCommitStatementThreshold loadBalanceBlacklistTimeout
      loadBalanceBlocklistTimeout loadBalanceConnectionGroup loadBalanceHostRemovalGracePeriod
      loadBalancePingTimeout loadBalanceSQLExceptionSubclassFailover loadBalanceSQLStateFailover
      loadBalanceStrategy loadBalanceValidateConnectionOnSwapServer locatorFetchBufferSize log
      logger logXaCommands maintainTimeStats maxAllowedColumns maxByteArrayAsHex
      maximizeMysqlCompatibility maxReconnects metadataCacheSize
      metaExportedKeys noAccessToProcedureBodies noDatetimeStringSync nullNamePatternMatchesAll
      oldModeNoPrecisionTimestamp openTelemetry overrideSupportsIntegrityEnhancementFacility
      packetDebugBufferSize paranoid passwordCharacterEncoding pedantic permitRedirect
      pinGlobalTxToPhysicalConnection populateInsertRowWithDefaultValues prepStmtCacheSqlLimit
      pureLocalDateTime queriesBeforeRetrySource readFromSourceWhenNoReplicas reconnectAtTxEnd
      registerJmxPool relaxAutoCommit replicationConnectionGroup reportMetricsIntervalMillis
      resourceId resultSetSizeThreshold retriesAllDown rewriteBatchedStatements
      rollbackOnPooledClose roundRobinLoadBalance runningCTS13 secondsBeforeRetrySource
      selfDestructOnPingMaxOperations selfDestructOnPingSecondsLifetime serverAffinityOrder
      staticGlobal strictUpdates testMinRemovalDelay traceProtocol
      trackSessionState treatMysqlDatetimeAsTimestamp ultraDevHack useBatchMultiSend
      useBatchMultiSendNumber useColumnNamesInFindColumn useConfigs useDynamicCharsetInfo
      useFastDateParsing useFastIntParsing useFractionalSeconds useGmtMillisForDatetimes
      useHostsInPrivileges useInformationSchema useIpForKillQuery useJDBCCompliantTimezoneShift
      useJvmCharsetConverters useLegacyDatetimeCode useLocalSessionState
      useLocalTransactionState useNanosForElapsedTime useOldUTF8Behavior
      useOnlyServerErrorMessages usePipelineAuth useReadAheadInput useResetConnection
      useServerPreparedStmts useSSPSCompatibleTimezoneShift useTimezone useUnbufferedInput
      useUnicode useUsageAdvisor validConnectionTimeout waitReconnectTimeout
      """;

  private static final Map<String, RivalOption> BY_NAME = new HashMap<>();

  static {
    put(Treatment.HARMLESS, "", HARMLESS);
    putUnmet();
    put(
        Treatment.REFUSED,
        "it names a class, and no text chooses classes here; give the object in code",
        """
        authenticationPlugins clientInfoProvider connectionLifecycleInterceptors
        propertiesTransform queryInterceptors statementInterceptors exceptionInterceptors
        loadBalanceExceptionChecker serverConfigCacheFactory queryInfoCacheFactory
        parseInfoCacheFactory profilerEventHandler authenticationWebAuthnCallbackHandler
        authenticationOpenidConnectCallbackHandler tlsSocketType sslContextProvider
        KeyManagerFactoryProvider trustManagerFactoryProvider keyStoreProvider
        """);
    put(
        Treatment.REFUSED,
        "objects that a server sends are never deserialized",
        """
        autoDeserialize
        """);
    put(
        Treatment.REFUSED,
        "LOCAL INFILE takes a stream given in code to that one statement, never a URL or a path",
        """
        allowUrlInLocalInfile allowLoadLocalInfileInPath
        """);
    put(
        Treatment.REFUSED,
        "this mode is not had by a switch; give an SSLContext of the provider in code",
        """
        fipsCompliantJsse
        """);
    put(
        Treatment.REFUSED,
        "this transport is not in; use TCP, localSocket, or a socketFactory",
        """
        sharedMemory pipe socksProxyHost socksProxyPort socksProxyRemoteDns localSocketAddress
        """);
    put(
        Treatment.REFUSED,
        "servers are not looked up by service yet; name the host",
        """
        dnsSrv
        """);
    put(
        Treatment.REFUSED,
        "passwords that change come from a DataSource or pool that is given them in code",
        """
        credentialType
        """);
    put(
        Treatment.REFUSED,
        "this login is not in; AuthPlugin is public, so that one can be added in code",
        """
        ldapServerHostname ociConfigFile ociConfigProfile servicePrincipalName
        """);
  }

  private static void putUnmet() {
    put(
        Treatment.UNMET,
        "slow statements are logged by slowQueryThresholdMillis, and explained by whoever reads the log",
        """
        explainSlowQueries slowQueryThresholdNanos
        """);
    put(
        Treatment.UNMET,
        "a connection that is lost says so once and stays closed, since its state is lost too; a pool opens the next",
        """
        autoReconnect
        """);
    put(
        Treatment.UNMET,
        "this driver is no pool; a URL that begins with jdbc:bonito:pool: is one",
        """
        pool poolName maxPoolSize minPoolSize maxIdleTime poolValidMinDelay
        """);
    put(
        Treatment.UNMET,
        "statements are shown by the events of JFR",
        """
        profileSQL
        """);
    put(
        Treatment.UNMET,
        "errors are as the server tells them",
        """
        includeInnodbStatusInDeadlockExceptions includeThreadDumpInDeadlockExceptions
        """);
    put(
        Treatment.UNMET,
        "BLOB, BINARY and GEOMETRY are bytes; getString reads them as text",
        """
        blobsAreStrings functionsNeverReturnBlobs geometryDefaultType
        """);
    put(
        Treatment.UNMET,
        "texts are as the server sends them; sql_mode=PAD_CHAR_TO_FULL_LENGTH has CHAR padded there",
        """
        padCharsWithSpace
        """);
    put(
        Treatment.UNMET,
        "an empty text is no number",
        """
        emptyStringsConvertToZero
        """);
    put(
        Treatment.UNMET,
        "counts are the server's; useAffectedRows chooses among them",
        """
        compensateOnDuplicateKeyUpdateCounts
        """);
    put(
        Treatment.UNMET,
        "a statement's results are closed with it, as JDBC has it",
        """
        holdResultsOpenOverStatementClose
        """);
    put(
        Treatment.UNMET,
        "results that scroll are asked for by TYPE_SCROLL_INSENSITIVE",
        """
        scrollTolerantForwardOnly
        """);
    put(
        Treatment.UNMET,
        "executeQuery of what gives no rows fails, as JDBC has it",
        """
        permitNoResults
        """);
    put(
        Treatment.UNMET,
        "getGeneratedKeys tells the keys that are certain",
        """
        returnMultiValuesGeneratedIds
        """);
    put(
        Treatment.UNMET,
        "java.util.Date is sent as a date with a time",
        """
        treatUtilDateAsTimestamp
        """);
    put(
        Treatment.UNMET,
        "the length that is given with a stream counts",
        """
        useStreamLengthsInPrepStmts
        """);
    put(
        Treatment.UNMET,
        "getLong and getString of unsigned numbers are exact, and their types tell of the sign",
        """
        resultSetMetaDataUnsignedCompatibility
        """);
    put(
        Treatment.UNMET,
        "UUID comes as a text; getObject(…, UUID.class) reads it",
        """
        uuidAsString
        """);
    put(
        Treatment.UNMET,
        "whoever was in a transaction that was lost repeats it",
        """
        transactionReplay transactionReplaySize
        """);
    put(
        Treatment.UNMET,
        "a timeout cancels the statement and keeps the connection",
        """
        queryTimeoutKillsConnection
        """);
    put(
        Treatment.UNMET,
        "sockets are closed in the usual way",
        """
        tcpAbortiveClose
        """);
  }

  private static void put(Treatment treatment, String reason, String names) {
    StringTokenizer words = new StringTokenizer(names);
    while (words.hasMoreTokens()) {
      String name = words.nextToken();
      BY_NAME.put(name.toLowerCase(Locale.ROOT), new RivalOption(name, treatment, reason));
    }
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
