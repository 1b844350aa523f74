package io.bonito.protocol.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:bonito://db.example.org:3307/shop            | BONITO  | db.example.org    | 3307 | shop
          jdbc:bonito:mysql://db/shop                       | MYSQL   | db                | 3306 | shop
          jdbc:bonito:mariadb://db/shop                     | MARIADB | db                | 3306 | shop
          jdbc:mysql://db/                                  | MYSQL   | db                | 3306 | ''
          jdbc:mariadb://db                                 | MARIADB | db                | 3306 | ''
          jdbc:mysql://:/                                   | MYSQL   | localhost         | 3306 | ''
          jdbc:mysql:///                                    | MYSQL   | localhost         | 3306 | ''
          jdbc:mysql://                                     | MYSQL   | localhost         | 3306 | ''
          jdbc:mysql://db:/shop                             | MYSQL   | db                | 3306 | shop
          jdbc:mysql://:3307/shop                           | MYSQL   | localhost         | 3307 | shop
          jdbc:mysql://db?                                  | MYSQL   | db                | 3306 | ''
          jdbc:mysql://10.0.0.1/shop                        | MYSQL   | 10.0.0.1          | 3306 | shop
          jdbc:mysql://[::1]:3307/shop                      | MYSQL   | ::1               | 3307 | shop
          jdbc:mysql://[fe80::1%25eth0]/shop                | MYSQL   | fe80::1%eth0      | 3306 | shop
          jdbc:mysql://address=(host=db)(port=3307)/shop    | MYSQL   | db                | 3307 | shop
          jdbc:mariadb://address=(host=db)(type=master)/x   | MARIADB | db                | 3306 | x
          jdbc:mysql://address=(host=::1)(port=1)/          | MYSQL   | ::1               | 1    | ''
          jdbc:mysql://(host=db,port=3307)/shop             | MYSQL   | db                | 3307 | shop
          jdbc:mysql://address=(HOST=)(port=)/shop          | MYSQL   | localhost         | 3306 | shop
          jdbc:mariadb://%2Frun%2Fmysqld.sock/shop          | MARIADB | /run/mysqld.sock  | 3306 | shop
          jdbc:mariadb://address=(host=/run/m.sock)/shop    | MARIADB | /run/m.sock       | 3306 | shop
          jdbc:mysql://db/a%2Fb%3Fc=d                       | MYSQL   | db                | 3306 | a/b?c=d
          jdbc:mysql://db/gr%C3%BC%C3%9Fe                   | MYSQL   | db                | 3306 | grüße
          """)
  void namesOneServerAndItsDatabase(
      String text, Scheme scheme, String host, int port, String database) {
    JdbcUrl url = JdbcUrl.parse(text);

    assertThat(url.scheme()).isEqualTo(scheme);
    assertThat(url.servers()).containsExactly(new HostAddress(host, port));
    assertThat(url.database()).isEqualTo(database);
    assertThat(JdbcUrl.parse(url.print())).isEqualTo(url);
  }

  @Test
  void optionsAreDecodedOnce() {
    JdbcUrl url =
        JdbcUrl.parse("jdbc:mysql://db/?user=a%2Bb+c&password=%2561%26%3D=x?&connectTimeout=5000&");

    assertThat(url.texts())
        .containsExactly(
            Map.entry("user", "a+b+c"),
            Map.entry("password", "%61&==x?"),
            Map.entry("connectTimeout", "5000"));
  }

  @Test
  void userAndPasswordMayStandBeforeTheServer() {
    JdbcUrl url = JdbcUrl.parse("jdbc:mysql://app:s%40cret@db:3307/shop");

    assertThat(url.texts())
        .containsExactly(Map.entry("user", "app"), Map.entry("password", "s@cret"));
    assertThat(url.servers()).containsExactly(new HostAddress("db", 3307));
  }

  @Test
  void theMostCopiedUrlOfAllWorks() {
    ConnectionOptions options =
        options(
            "jdbc:mysql://db/shop?useUnicode=true&characterEncoding=utf8&useSSL=false"
                + "&allowPublicKeyRetrieval=true&zeroDateTimeBehavior=convertToNull"
                + "&rewriteBatchedStatements=true&allowMultiQueries=true&cachePrepStmts=true"
                + "&prepStmtCacheSize=250&prepStmtCacheSqlLimit=2048&useServerPrepStmts=true"
                + "&useLocalSessionState=true&elideSetAutoCommits=true&maintainTimeStats=false");

    assertThat(options.tlsMode(Peer.REMOTE)).isEqualTo(TlsMode.DISABLED);
    assertThat(options.get(TlsOptions.ALLOW_PUBLIC_KEY_RETRIEVAL)).isTrue();
    assertThat(options.get(Options.ZERO_DATE_TIME_BEHAVIOR))
        .isEqualTo(ZeroDateTimeBehavior.CONVERT_TO_NULL);
    assertThat(options.get(Options.USE_SERVER_PREP_STMTS)).isEqualTo(ServerPreparation.ALWAYS);
    assertThat(options.warnings()).isEmpty();
  }

  /** What was published to slip a dangerous option past a filter, and what can be read two ways. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // escaped, doubly escaped, padded or invisible names
        "jdbc:mysql://db/?%61llowLoadLocalInfile=true",
        "jdbc:mysql://db/?allowLoadLocalInfil%65=true",
        "jdbc:mysql://db/?%2561llowLoadLocalInfile=true",
        "jdbc:mysql://db/? allowLoadLocalInfile=true",
        "jdbc:mysql://db/?allowLoadLocalInfile =true",
        "jdbc:mysql://db/?allowLoadLocal\tInfile=true",
        "jdbc:mysql://db/?allowLoadLocal\u200bInfile=true",
        "jdbc:mysql://db/?allowLoadLocalInfıle=true",
        "jdbc:mysql://db/?user=a\nautoDeserialize=true",
        "jdbc:mysql://db/?user=a\u0000b",
        "jdbc:mysql://db/?user=a\uD800b",
        // the same thing said twice
        "jdbc:mysql://db/?useSSL=true&useSSL=false",
        "jdbc:mysql://db/?useSSL=true&USESSL=false",
        "jdbc:mysql://db/?allowLoadLocalInfile=false&allowLocalInfile=true",
        "jdbc:mysql://db/?unknown=1&Unknown=2",
        "jdbc:mysql://app@db/?user=root",
        "jdbc:mysql://app:x@db/?password1=y",
        "jdbc:mysql://address=(host=db)(host=evil)/",
        "jdbc:mysql://db/?host=evil",
        "jdbc:mysql://db/?port=1",
        "jdbc:mysql://db/shop?database=mysql",
        // options through the server part
        "jdbc:mysql://address=(host=db)(allowLoadLocalInfile=true)/",
        "jdbc:mysql://address=(host=db)(%61utoDeserialize=true)/",
        "jdbc:mysql://(host=db,autoDeserialize=true)/",
        "jdbc:mysql://(allowUrlInLocalInfile=true)@db/",
        "jdbc:mysql://address=(host=db,port=1)/",
        "jdbc:mysql://(host=a,b)/",
        "jdbc:mysql://address=(host=(host=db))/",
        "jdbc:mysql://address=(host=db)evil/",
        "jdbc:mysql://address=(host=db",
        "jdbc:mysql://address=host=db/",
        "jdbc:mysql://address=(protocol=pipe)(path=x)/",
        "jdbc:mysql://address=(type=evil)/",
        // where does the host end?
        "jdbc:mysql://good@evil@db/",
        "jdbc:mysql://good:x@evil@db/",
        "jdbc:mysql://db#@evil/",
        "jdbc:mysql://db/shop#?useSSL=true",
        "jdbc:mysql://db/shop?useSSL=true#frag",
        "jdbc:mysql://db;evil/",
        "jdbc:mysql://db\\@evil/",
        "jdbc:mysql://db /",
        "jdbc:mysql://d%20b/",
        "jdbc:mysql://d%2500b/",
        "jdbc:mysql://d%00b/",
        "jdbc:mysql://db%2Cevil/",
        "jdbc:mysql://db%3A3306%40evil/",
        "jdbc:mysql://db/shop/evil",
        "jdbc:mysql://db//evil",
        "jdbc:mysql://::1/",
        "jdbc:mysql://[db]/",
        "jdbc:mysql://[::1/",
        "jdbc:mysql://[::1]evil/",
        "jdbc:mysql://[[::1]]/",
        "jdbc:mysql://[::1]@evil/",
        "jdbc:mysql://[db1,db2]/",
        "jdbc:mysql://db:0/",
        "jdbc:mysql://db:65536/",
        "jdbc:mysql://db:+3306/",
        "jdbc:mysql://db:٣٣٠٦/",
        "jdbc:mysql://db:3306:3306/",
        // escapes that are none
        "jdbc:mysql://db/?user=%",
        "jdbc:mysql://db/?user=%4",
        "jdbc:mysql://db/?user=%zz",
        "jdbc:mysql://db/?user=%C3",
        "jdbc:mysql://db/?user=%C0%AF",
        "jdbc:mysql://db/?user=%ED%A0%80",
        // not our grammar
        "jdbc:mysql:/db/",
        "jdbc:mysql:db",
        "jdbc:mysql:evil://db/",
        "jdbc:mysql:LOADBALANCE://db/",
        "jdbc:bonito:mysql:mysql://db/",
        "jdbc:bonito:bonito://db/",
        "jdbc:mysql://db/?user",
        "jdbc:mysql://db/?=x",
        "jdbc:mysql+srv://db/",
        "JDBC:mysql://db/",
        " jdbc:mysql://db/",
        "http://db/",
        "",
      })
  void aUrlThatCouldBeReadInTwoWaysIsRefused(String url) {
    assertThatThrownBy(() -> JdbcUrl.parse(url))
        .isInstanceOf(OptionException.class)
        .hasMessageMatching("(?s)JDBC URL, character \\d+: .+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/?socketFactory=evil.Factory",
        "jdbc:mysql://db/?queryInterceptors=com.mysql.cj.jdbc.interceptors.ServerStatusDiffInterceptor",
        "jdbc:mysql://db/?autoDeserialize=true",
        "jdbc:mysql://db/?AUTODESERIALIZE=yes",
        "jdbc:mysql://db/?propertiesTransform=evil.Transform",
        "jdbc:mysql://db/?allowUrlInLocalInfile=true",
        "jdbc:mysql://db/?allowLoadLocalInfileInPath=/",
        "jdbc:mysql://db/?authenticationPlugins=evil.Plugin",
      })
  void whatWouldLoadAClassOrOpenAUrlIsRefused(String url) {
    assertThatThrownBy(() -> options(url))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("is refused");
  }

  @Test
  void dangerousOptionsWrittenOutAsOffDoNoHarm() {
    ConnectionOptions options =
        options("jdbc:mysql://db/?autoDeserialize=false&allowUrlInLocalInfile=FALSE");

    assertThat(options.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db1,db2/shop",
        "jdbc:mysql://address=(host=a)(port=1),address=(host=b)/",
        "jdbc:mysql:loadbalance://db1,db2:3307/",
        "jdbc:mariadb:sequential://db/",
        "jdbc:mariadb:replication://address=(host=a)(type=master),address=(host=b)(type=slave)/",
      })
  void severalServersParseAndSayWhatIsMissing(String text) {
    JdbcUrl url = JdbcUrl.parse(text);

    assertThat(JdbcUrl.parse(url.print())).isEqualTo(url);
    assertThatThrownBy(() -> url.options(new Properties()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("failover is not in yet");
  }

  @Test
  void unknownOptionsGiveOneWarningOrUnderStrictAnError() {
    ConnectionOptions lenient = options("jdbc:mysql://db/?conectTimeout=5&foo=bar");

    assertThat(lenient.warnings())
        .containsExactly(
            "unknown options have no effect: 'conectTimeout' (did you mean connectTimeout?),"
                + " 'foo'");
    assertThatThrownBy(() -> options("jdbc:mysql://db/?conectTimeout=5&strictOptions=true"))
        .isInstanceOf(OptionException.class)
        .hasMessage("unknown option 'conectTimeout', did you mean connectTimeout?");
  }

  @Test
  void propertiesPrevailOverTheUrl() {
    Properties properties = new Properties();
    properties.setProperty("user", "fromProperties");
    properties.setProperty("trustStore", "/etc/trust.p12");

    ConnectionOptions options =
        JdbcUrl.parse("jdbc:mysql://fromUrl@db/?trustCertificateKeyStoreUrl=/tmp/x")
            .options(properties);

    assertThat(options.user()).isEqualTo("fromProperties");
    assertThat(options.get(TlsOptions.TRUST_STORE)).isEqualTo("/etc/trust.p12");
  }

  @Test
  void emptyVariablesOfAContainerMeanTheDefaults() {
    ConnectionOptions options = options("jdbc:bonito://:@:/?user2=&localSocket=&connectTimeout=");

    assertThat(options.target()).isEqualTo("localhost:3306");
    assertThat(options.user()).isEmpty();
    assertThat(options.database()).isEmpty();
    assertThat(options.get(Options.CONNECT_TIMEOUT)).hasSeconds(10);
  }

  @Test
  void defaultsFollowTheSchemeExceptWhereTheyGuardSecrets() {
    ConnectionOptions mariaDb = options("jdbc:mariadb://db/");
    ConnectionOptions mySql = options("jdbc:bonito:mysql://db/");

    assertThat(mariaDb.get(Options.ZERO_DATE_TIME_BEHAVIOR))
        .isEqualTo(ZeroDateTimeBehavior.CONVERT_TO_NULL);
    assertThat(mySql.get(Options.ZERO_DATE_TIME_BEHAVIOR))
        .isEqualTo(ZeroDateTimeBehavior.EXCEPTION);
    for (ConnectionOptions options : List.of(mariaDb, mySql)) {
      assertThat(options.tlsMode(Peer.REMOTE)).isEqualTo(TlsMode.VERIFY_IDENTITY);
      assertThat(options.get(TlsOptions.ALLOW_LOAD_LOCAL_INFILE)).isFalse();
    }
  }

  @Test
  void programsSeeThePlainUrlWithoutPasswords() {
    String text =
        "jdbc:bonito:mysql://app:canary@db/shop?trustStorePassword=canary&apiToken=canary&useSSL=true";

    JdbcUrl url = JdbcUrl.parse(text);

    assertThat(url.printFor(Scheme.MARIADB))
        .isEqualTo("jdbc:mysql://db:3306/shop?user=app&useSSL=true");
    assertThat(JdbcUrl.parse("jdbc:bonito://db").printFor(Scheme.MARIADB))
        .isEqualTo("jdbc:mariadb://db:3306");
    assertThat(url.toString()).doesNotContain("canary");
    assertThat(url.options(new Properties()).toString()).doesNotContain("canary").contains("app");
  }

  @Test
  void noMessageShowsAPartOfThePassword() {
    for (String url :
        List.of(
            "jdbc:mysql://app:canary@x@db/",
            "jdbc:mysql://app:canary/x@db/",
            "jdbc:mysql://app:canary#x@db/",
            "jdbc:mysql://app:canary?x@db/",
            "jdbc:mysql://app:canary%x@db/",
            "jdbc:mysql://db/?password=canary%",
            "jdbc:mysql://db/?password=canary&password=canary")) {
      assertThatThrownBy(() -> JdbcUrl.parse(url)).hasMessageNotContaining("canary");
    }
  }

  @Test
  void onlyTheFivePrefixesAreOurs() {
    assertThat(JdbcUrl.accepts("jdbc:bonito://db")).isTrue();
    assertThat(JdbcUrl.accepts("jdbc:mysql://db")).isTrue();
    assertThat(JdbcUrl.accepts("jdbc:mariadb://db")).isTrue();
    assertThat(JdbcUrl.accepts("jdbc:postgresql://db")).isFalse();
    assertThat(JdbcUrl.accepts("jdbc:mysql+srv://db")).isFalse();
    assertThat(JdbcUrl.accepts("")).isFalse();
  }

  private static ConnectionOptions options(String url) {
    return JdbcUrl.parse(url).options(new Properties());
  }
}
