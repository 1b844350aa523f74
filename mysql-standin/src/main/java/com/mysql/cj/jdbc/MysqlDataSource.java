package com.mysql.cj.jdbc;

import io.bonito.jdbc.StandInDataSource;
import io.bonito.protocol.option.HostAddress;
import io.bonito.protocol.option.JdbcUrl;
import io.bonito.protocol.option.Scheme;
import java.util.List;
import java.util.Map;

/**
 * A {@link io.bonito.jdbc.BonitoDataSource} under the name by which configurations ask for MySQL
 * Connector/J's. It has that one's setters as far as configurations use them; what has none stands
 * in the URL. What they do says {@code docs/options.md}.
 */
public class MysqlDataSource extends StandInDataSource {
  private static final int USUAL_PORT = 3306;

  private String host = "localhost";
  private int port = USUAL_PORT;
  private String database = "";
  private boolean hasUrl;

  /** For containers, which set properties one by one. */
  public MysqlDataSource() {
    super(Driver.STAND_IN);
  }

  // ---- where connections lead

  /** What it says of server, port and database prevails over the three setters. */
  @Override
  public void setUrl(String url) {
    hasUrl = true;
    super.setUrl(url);
  }

  /** The same as {@link #setUrl}. */
  public void setURL(String url) {
    setUrl(url);
  }

  public String getURL() {
    return getUrl();
  }

  public void setServerName(String host) {
    this.host = host.isEmpty() ? "localhost" : host;
    lead();
  }

  public void setPort(int port) {
    this.port = port;
    lead();
  }

  /** The same as {@link #setPort}. */
  public void setPortNumber(int port) {
    setPort(port);
  }

  public void setDatabaseName(String database) {
    this.database = database;
    lead();
  }

  private void lead() {
    if (!hasUrl) {
      HostAddress server = new HostAddress(host, port);
      super.setUrl(
          new JdbcUrl(Scheme.MYSQL, false, "", List.of(server), database, Map.of()).print());
    }
  }

  // ---- options, each as Connector/J's bean has it

  public void setSslMode(String value) {
    property("sslMode", value);
  }

  public void setTrustCertificateKeyStoreUrl(String value) {
    property("trustCertificateKeyStoreUrl", value);
  }

  public void setTrustCertificateKeyStoreType(String value) {
    property("trustCertificateKeyStoreType", value);
  }

  public void setTrustCertificateKeyStorePassword(String value) {
    property("trustCertificateKeyStorePassword", value);
  }

  public void setClientCertificateKeyStoreUrl(String value) {
    property("clientCertificateKeyStoreUrl", value);
  }

  public void setClientCertificateKeyStoreType(String value) {
    property("clientCertificateKeyStoreType", value);
  }

  public void setClientCertificateKeyStorePassword(String value) {
    property("clientCertificateKeyStorePassword", value);
  }

  public void setServerRSAPublicKeyFile(String value) {
    property("serverRSAPublicKeyFile", value);
  }

  public void setConnectionAttributes(String value) {
    property("connectionAttributes", value);
  }

  public void setCharacterEncoding(String value) {
    property("characterEncoding", value);
  }

  public void setConnectionCollation(String value) {
    property("connectionCollation", value);
  }

  public void setSessionVariables(String value) {
    property("sessionVariables", value);
  }

  public void setServerTimezone(String value) {
    property("serverTimezone", value);
  }

  public void setZeroDateTimeBehavior(String value) {
    property("zeroDateTimeBehavior", value);
  }

  public void setDatabaseTerm(String value) {
    property("databaseTerm", value);
  }

  public void setUseSSL(boolean value) {
    property("useSSL", Boolean.toString(value));
  }

  public void setRequireSSL(boolean value) {
    property("requireSSL", Boolean.toString(value));
  }

  public void setVerifyServerCertificate(boolean value) {
    property("verifyServerCertificate", Boolean.toString(value));
  }

  public void setAllowPublicKeyRetrieval(boolean value) {
    property("allowPublicKeyRetrieval", Boolean.toString(value));
  }

  public void setAllowMultiQueries(boolean value) {
    property("allowMultiQueries", Boolean.toString(value));
  }

  public void setAutoReconnect(boolean value) {
    property("autoReconnect", Boolean.toString(value));
  }

  public void setCachePrepStmts(boolean value) {
    property("cachePrepStmts", Boolean.toString(value));
  }

  public void setUseServerPrepStmts(boolean value) {
    property("useServerPrepStmts", Boolean.toString(value));
  }

  public void setRewriteBatchedStatements(boolean value) {
    property("rewriteBatchedStatements", Boolean.toString(value));
  }

  public void setUseCursorFetch(boolean value) {
    property("useCursorFetch", Boolean.toString(value));
  }

  public void setUseCompression(boolean value) {
    property("useCompression", Boolean.toString(value));
  }

  public void setUseAffectedRows(boolean value) {
    property("useAffectedRows", Boolean.toString(value));
  }

  public void setUseInformationSchema(boolean value) {
    property("useInformationSchema", Boolean.toString(value));
  }

  public void setUseLocalSessionState(boolean value) {
    property("useLocalSessionState", Boolean.toString(value));
  }

  public void setUseLocalTransactionState(boolean value) {
    property("useLocalTransactionState", Boolean.toString(value));
  }

  public void setCacheServerConfiguration(boolean value) {
    property("cacheServerConfiguration", Boolean.toString(value));
  }

  public void setCacheResultSetMetadata(boolean value) {
    property("cacheResultSetMetadata", Boolean.toString(value));
  }

  public void setCacheCallableStmts(boolean value) {
    property("cacheCallableStmts", Boolean.toString(value));
  }

  public void setElideSetAutoCommits(boolean value) {
    property("elideSetAutoCommits", Boolean.toString(value));
  }

  public void setMaintainTimeStats(boolean value) {
    property("maintainTimeStats", Boolean.toString(value));
  }

  public void setAlwaysSendSetIsolation(boolean value) {
    property("alwaysSendSetIsolation", Boolean.toString(value));
  }

  public void setEnableQueryTimeouts(boolean value) {
    property("enableQueryTimeouts", Boolean.toString(value));
  }

  public void setContinueBatchOnError(boolean value) {
    property("continueBatchOnError", Boolean.toString(value));
  }

  public void setReadOnlyPropagatesToServer(boolean value) {
    property("readOnlyPropagatesToServer", Boolean.toString(value));
  }

  public void setCreateDatabaseIfNotExist(boolean value) {
    property("createDatabaseIfNotExist", Boolean.toString(value));
  }

  public void setTinyInt1isBit(boolean value) {
    property("tinyInt1isBit", Boolean.toString(value));
  }

  public void setTransformedBitIsBoolean(boolean value) {
    property("transformedBitIsBoolean", Boolean.toString(value));
  }

  public void setYearIsDateType(boolean value) {
    property("yearIsDateType", Boolean.toString(value));
  }

  public void setSendFractionalSeconds(boolean value) {
    property("sendFractionalSeconds", Boolean.toString(value));
  }

  public void setForceConnectionTimeZoneToSession(boolean value) {
    property("forceConnectionTimeZoneToSession", Boolean.toString(value));
  }

  public void setPreserveInstants(boolean value) {
    property("preserveInstants", Boolean.toString(value));
  }

  public void setNullCatalogMeansCurrent(boolean value) {
    property("nullCatalogMeansCurrent", Boolean.toString(value));
  }

  public void setNoAccessToProcedureBodies(boolean value) {
    property("noAccessToProcedureBodies", Boolean.toString(value));
  }

  public void setDontTrackOpenResources(boolean value) {
    property("dontTrackOpenResources", Boolean.toString(value));
  }

  public void setHoldResultsOpenOverStatementClose(boolean value) {
    property("holdResultsOpenOverStatementClose", Boolean.toString(value));
  }

  public void setPinGlobalTxToPhysicalConnection(boolean value) {
    property("pinGlobalTxToPhysicalConnection", Boolean.toString(value));
  }

  public void setRollbackOnPooledClose(boolean value) {
    property("rollbackOnPooledClose", Boolean.toString(value));
  }

  public void setTcpKeepAlive(boolean value) {
    property("tcpKeepAlive", Boolean.toString(value));
  }

  public void setTcpNoDelay(boolean value) {
    property("tcpNoDelay", Boolean.toString(value));
  }

  public void setConnectTimeout(int value) {
    property("connectTimeout", Integer.toString(value));
  }

  public void setSocketTimeout(int value) {
    property("socketTimeout", Integer.toString(value));
  }

  public void setPrepStmtCacheSize(int value) {
    property("prepStmtCacheSize", Integer.toString(value));
  }

  public void setPrepStmtCacheSqlLimit(int value) {
    property("prepStmtCacheSqlLimit", Integer.toString(value));
  }

  public void setCallableStmtCacheSize(int value) {
    property("callableStmtCacheSize", Integer.toString(value));
  }

  public void setDefaultFetchSize(int value) {
    property("defaultFetchSize", Integer.toString(value));
  }

  public void setMaxAllowedPacket(int value) {
    property("maxAllowedPacket", Integer.toString(value));
  }
}
