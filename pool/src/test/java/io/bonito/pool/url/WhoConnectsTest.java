package io.bonito.pool.url;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.jdbc.PoolIdentity;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server is told of those who connect. */
@Timeout(120)
class WhoConnectsTest {
  private static final PoolIdentity SHOP = new PoolIdentity("shop", "orders", "QueuePool", 7);

  /** What each driver wants beside a name and a password. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "bonito:mysql",
          "",
          "mysql",
          "allowPublicKeyRetrieval=true&",
          "mariadb",
          "allowPublicKeyRetrieval=true&sslMode=disable&");

  /** The documented question, on a server that answers it. */
  @ParameterizedTest
  @Tag("server")
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theDocumentedQuestionNamesTheProgramAndThePool(Server shared) throws Exception {
    try (Server server =
        Servers.start(ServerOptions.of(shared.kind()).argument("--performance_schema=ON"))) {
      long pid = ProcessHandle.current().pid();
      for (String driver : OPTIONS.keySet()) {
        String url =
            "jdbc:bonito:pool:%s://%s:%d/?%sprogram_name=shop&logging_name=%s"
                .formatted(
                    driver,
                    server.host(),
                    server.port(),
                    OPTIONS.get(driver),
                    driver.replace(':', '-'));
        Properties login = new Properties();
        login.setProperty("user", server.user());
        login.setProperty("password", server.password());
        try (PooledDataSource pool = PoolDriver.pool(url, login);
            Connection one = pool.getConnection();
            Connection other = pool.getConnection()) {
          assertThat(one).isNotSameAs(other);
          assertThat(answers(server))
              .contains(List.of("shop", pid + "", driver.replace(':', '-'), "QueuePool", "2"));
        }
      }
    }
  }

  /** Without the host, which is this machine's. */
  private static List<List<String>> answers(Server server) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "pools.md"));
    String question = page.substring(page.indexOf("```sql") + 6);
    question = question.substring(0, question.indexOf("```"));
    List<List<String>> rows = new ArrayList<>();
    try (AdminConnection admin = server.admin()) {
      for (List<String> row : admin.query(question)) {
        assertThat(row.get(1)).isIn("localhost", "127.0.0.1", null);
        List<String> others = new ArrayList<>(row);
        others.remove(1);
        rows.add(others);
      }
    }
    return rows;
  }

  @Test
  void whatSomebodyHasWrittenStaysAndTheRestIsAdded() {
    assertThat(given("jdbc:mysql://db/shop?connectionAttributes=team:a,pid:none&useSSL=true"))
        .isEqualTo(
            "jdbc:mysql://db/shop?connectionAttributes=team:a,pid:none,"
                + "program_name:shop,pool_name:orders,pool_kind:QueuePool&useSSL=true {}");
    Properties properties = new Properties();
    properties.setProperty("connectionAttributes", "program_name:till");
    assertThat(given("jdbc:mariadb://db/shop", properties))
        .isEqualTo(
            "jdbc:mariadb://db/shop {connectionAttributes=program_name:till,"
                + "pool_name:orders,pool_kind:QueuePool,pid:7}");
    assertThat(properties).containsEntry("connectionAttributes", "program_name:till");
  }

  @Test
  void whoHasForbiddenAttributesSendsNone() {
    String url = "jdbc:bonito:mysql://db/shop?connectionAttributes=none";
    assertThat(given(url)).isEqualTo(url + " {}");
  }

  @Test
  void attributesOfOneHostAmongSeveralAreLeftAlone() {
    String url = "jdbc:mysql://(host=a,connectionAttributes=team:a),(host=b)/shop";
    assertThat(given(url)).isEqualTo(url + " {}");
  }

  @Test
  void otherDriversAreGivenWhatTheyWouldBeGiven() {
    assertThat(given("jdbc:postgresql://db/shop?a=b"))
        .isEqualTo("jdbc:postgresql://db/shop?a=b {}");
  }

  @Test
  void aNameHasNothingThatSeparatesAttributes() {
    PoolIdentity odd = new PoolIdentity("C:\\till, the", "größe & x".repeat(20), "QueuePool", 7);
    assertThat(odd.attributes().get("program_name")).isEqualTo("C__till__the");
    assertThat(odd.attributes().get("pool_name")).startsWith("größe___x").hasSize(64);
  }

  @Test
  void aProgramIsCalledWhatWasStarted() {
    String started = PoolIdentity.of("", "orders", "QueuePool").program();
    assertThat(System.getProperty("sun.java.command")).contains(started);
    assertThat(started).doesNotContain("/").isNotBlank();
    assertThat(PoolIdentity.of("till", "orders", "QueuePool").program()).isEqualTo("till");
  }

  private static String given(String url) {
    return given(url, new Properties());
  }

  /** What the driver is given: the URL, and the properties beside it. */
  private static String given(String url, Properties properties) {
    List<String> seen = new ArrayList<>();
    try (Connection connection =
        new DriverConnector(new Listening(seen), url, properties).introducing(SHOP).connect()) {
      assertThat(connection).isNotNull();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return seen.get(0);
  }

  /** A driver that notes what it is given, and connects to H2. */
  private static final class Listening implements Driver {
    private final List<String> seen;

    Listening(List<String> seen) {
      this.seen = seen;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      seen.add(url + " " + info);
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setUrl("jdbc:h2:mem:who");
      return h2.getConnection();
    }

    @Override
    public boolean acceptsURL(String url) {
      return true;
    }

    @Override
    public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new java.sql.DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public java.util.logging.Logger getParentLogger() {
      return java.util.logging.Logger.getLogger("h2");
    }
  }
}
