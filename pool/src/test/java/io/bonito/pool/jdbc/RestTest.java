package io.bonito.pool.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.PooledDataSource;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.ScriptedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long servers let a connection rest, and those that do not say. */
@Timeout(60)
class RestTest {
  private static final String QUESTION = "SELECT @@session.wait_timeout";

  private static ListeningServer server(Answer answer) throws Exception {
    return new ScriptedServer()
        .query(QUESTION, answer)
        .command(ScriptedServer.PING, Answer.ok())
        .listen();
  }

  private static BonitoDataSource to(ListeningServer server) throws SQLException {
    return new BonitoDataSource(
        "jdbc:bonito:mysql://127.0.0.1:" + server.port() + "/?user=u&sslMode=DISABLED");
  }

  private static Duration rest(Answer answer) throws Exception {
    try (ListeningServer server = server(answer);
        Connection connection = to(server).getConnection()) {
      return Duration.ofNanos(Rest.of(connection));
    }
  }

  @Test
  void whereTheQuestionIsRefusedTheConnectionIsLentAllTheSame() throws Exception {
    Answer refusal = Answer.error(1193, "HY000", "Unknown system variable 'wait_timeout'");
    try (ListeningServer server = server(refusal);
        PooledDataSource pool = PooledDataSource.over(to(server)::getConnection, Map.of());
        Connection connection = pool.getConnection()) {
      assertThat(connection.isValid(30)).isTrue();
      assertThat(pool.pool().status().opened()).isEqualTo(1);
    }
  }

  @Test
  void whereTheQuestionIsRefusedItMayRestFor119Seconds() throws Exception {
    assertThat(rest(Answer.error(1193, "HY000", "Unknown system variable 'wait_timeout'")))
        .isEqualTo(Duration.ofSeconds(119));
    assertThat(rest(Answer.error(1142, "42000", "no such question here"))).hasSeconds(119);
  }

  @Test
  void aServerThatSaysItIsBelieved() throws Exception {
    assertThat(rest(Answer.result(List.of("w"), List.of(List.of("28800")))))
        .isEqualTo(Duration.ofSeconds(28800 - 60).minusMillis(500));
    assertThat(rest(Answer.result(List.of("w"), List.of(List.of("2"))))).hasMillis(1000);
  }
}
