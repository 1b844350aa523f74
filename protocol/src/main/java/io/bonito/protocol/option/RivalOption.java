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

  private static final String HARMLESS =
      """
      alwaysSendSetIsolation assureReadOnly autoClosePStmtStreams autoGenerateTestcaseScript
      autoReconnectForPools autoSlowLog cacheCallableStmts cacheCodecs cacheDefaultTimeZone
      cacheResultSetMetadata cacheServerConfiguration callableStmtCacheSize canUseServerTimeout
      capitalizeTypeNames clobberStreamingResults customCharsetMapping
      defaultAuthenticationPlugin deniedListTimeout deprecateEof detectCustomCollations
      disableSessionTracking disableSslContextCache dontCheckOnDuplicateKeyUpdateInSQL
      dontTrackOpenResources elideSetAutoCommits emulateLocators emulateUnsupportedPstmts
      enableBulkUnitResult enablePacketDebug enableSkipMeta ensureSocketState explainSlowQueries
      extendedTypeInfo failoverLoopRetries fallbackToSystemKeyStore forceTransactionEnd
      gatherPerfMetrics generateSimpleParameterMetadata getExportedKeysUsingIs
      getImportedKeysUsingIs getProceduresReturnsFunctions ha.enableJMX haEnableJMX
      ignoreNonTxTables importedKeysWithConstraintNames includeThreadNamesAsStatementComment
      jdbcCompliantTruncation largeRowSizeThreshold loadBalanceAutoCommitStatementRegex
      loadBalanceAutoCommitStatementThreshold loadBalanceBlacklistTimeout
      loadBalanceConnectionGroup loadBalanceHostRemovalGracePeriod
      loadBalanceValidateConnectionOnSwapServer locatorFetchBufferSize log logXaCommands
      maintainTimeStats maxByteArrayAsHex maximizeMysqlCompatibility metadataCacheSize
      metaExportedKeys noDatetimeStringSync overrideSupportsIntegrityEnhancementFacility
      packetDebugBufferSize paranoid passwordCharacterEncoding pedantic prepStmtCacheSqlLimit
      pureLocalDateTime reconnectAtTxEnd registerJmxPool relaxAutoCommit
      reportMetricsIntervalMillis resultSetSizeThreshold rewriteBatchedStatements runningCTS13
      selfDestructOnPingMaxOperations selfDestructOnPingSecondsLifetime slowQueryThresholdNanos
      staticGlobal testMinRemovalDelay traceProtocol trackSessionState ultraDevHack
      useBatchMultiSend useBatchMultiSendNumber useConfigs useDynamicCharsetInfo
      useFastDateParsing useFastIntParsing useFractionalSeconds useGmtMillisForDatetimes
      useHostsInPrivileges useInformationSchema useIpForKillQuery useJDBCCompliantTimezoneShift
      useJvmCharsetConverters useLegacyDatetimeCode useLocalSessionState
      useLocalTransactionState useNanosForElapsedTime useOldUTF8Behavior
      useOnlyServerErrorMessages usePipelineAuth useReadAheadInput useServerPreparedStmts
      useSSPSCompatibleTimezoneShift useTimezone useUnbufferedInput useUnicode useUsageAdvisor
      validConnectionTimeout waitReconnectTimeout
      """;

  private static final String LATER =
      """
      allowNanAndInf allowReplicaDownConnections allowSourceDownConnections autocommit
      autoReconnect blankTableNameMeta blobsAreStrings blobSendChunkSize characterEncoding
      characterSetResults clobCharacterEncoding compensateOnDuplicateKeyUpdateCounts
      connectionCollation continueBatchOnError createDatabaseIfNotExist
      credentialType dnsSrv dumpQueriesOnException emptyStringsConvertToZero
      enableEscapeProcessing enableQueryTimeouts failOverReadOnly
      functionsNeverReturnBlobs galeraAllowedState
      geometryDefaultType ha.loadBalanceStrategy haLoadBalanceStrategy
      holdResultsOpenOverStatementClose includeInnodbStatusInDeadlockExceptions
      includeThreadDumpInDeadlockExceptions initialTimeout initSql loadBalanceBlocklistTimeout
      loadBalancePingTimeout loadBalanceSQLExceptionSubclassFailover loadBalanceSQLStateFailover
      loadBalanceStrategy localSocketAddress logger logSlowQueries maxAllowedColumns maxIdleTime
      maxPoolSize maxQuerySizeToLog maxReconnects maxRows minPoolSize
      netTimeoutForStreamingResults noAccessToProcedureBodies
      nullNamePatternMatchesAll oldModeNoPrecisionTimestamp
      openTelemetry padCharsWithSpace permitNoResults permitRedirect
      pinGlobalTxToPhysicalConnection pipe pool poolName poolValidMinDelay
      populateInsertRowWithDefaultValues processEscapeCodesForPrepStmts
      profileSQL queriesBeforeRetrySource queryTimeoutKillsConnection
      readFromSourceWhenNoReplicas readOnlyPropagatesToServer replicationConnectionGroup
      resourceId resultSetMetaDataUnsignedCompatibility retriesAllDown
      returnMultiValuesGeneratedIds rollbackOnPooledClose roundRobinLoadBalance
      scrollTolerantForwardOnly secondsBeforeRetrySource sendFractionalSeconds
      sendFractionalSecondsForTime serverAffinityOrder sessionVariables
      slowQueryThresholdMillis socksProxyHost socksProxyPort socksProxyRemoteDns strictUpdates
      tcpAbortiveClose transactionIsolation transactionReplay transactionReplaySize
      treatMysqlDatetimeAsTimestamp treatUtilDateAsTimestamp
      useColumnNamesInFindColumn useCursorFetch useMysqlMetadata useOldAliasMetadataBehavior
      useResetConnection useStreamLengthsInPrepStmts uuidAsString
      """;

  private static final Map<String, RivalOption> BY_NAME = new HashMap<>();

  static {
    put(Treatment.HARMLESS, "", HARMLESS);
    put(Treatment.LATER, "", LATER);
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
        "this transport is not in; use TCP or localSocket",
        """
        sharedMemory
        """);
    put(
        Treatment.REFUSED,
        "this login is not in; AuthPlugin is public, so that one can be added in code",
        """
        ldapServerHostname ociConfigFile ociConfigProfile servicePrincipalName
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
