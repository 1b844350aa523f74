package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.ServerProduct;
import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.sql.JdbcEscapes;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our scanner of SQL reads as the servers' own lexers read. */
@Tag("server")
class SqlOnServersTest {
  private static final int ROUNDS = 20_000;

  /** Whatever these are put together to, a server that prepares it says how many parameters. */
  private static final String[] PIECES = {
    "?",
    "?",
    "?",
    ",",
    ",",
    ",",
    " ",
    " ",
    "1",
    "'a'",
    "''",
    "'",
    "\"b\"",
    "\"",
    "`",
    "\\",
    "'\\''",
    "'?'",
    "\"?\"",
    "-",
    "--",
    "-- ",
    "#",
    "\n",
    "/*",
    "*/",
    "/*!",
    "/*!50000 ",
    "/*! 1*/",
    "/* ? */",
    "/*M!100000 ",
    "+",
    "(",
    ")",
    "x'41'",
    "N'a'",
    "_utf8mb4'a'",
    " AS a",
    " AS `a`",
    "@a",
    "@'?'",
    "@`?`",
    "$1",
    "a$b",
    "$$",
    "= ",
    "1e5",
    "?a",
    "a?",
    ".5",
    " IN (?)",
    "/*+ ? */",
    ";",
    "{d '2020-01-01'}",
  };

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void placeholdersAreWhereTheServerSeesThem(Server server) throws IOException {
    try (Line line = new Line(server)) {
      int prepared = 0;
      for (int mode = 0; mode < 4; mode++) {
        SqlRules rules = new SqlRules((mode & 1) != 0, (mode & 2) != 0);
        String sqlMode =
            (rules.ansiQuotes() ? "ANSI_QUOTES," : "")
                + (rules.noBackslashEscapes() ? "NO_BACKSLASH_ESCAPES" : "");
        line.run("SET sql_mode = '" + sqlMode + "'", row -> {});
        Random random = new Random(mode);
        for (int round = 0; round < ROUNDS / 4; round++) {
          String sql = statement(random);
          ServerStatement statement = new ServerStatement(sql);
          line.session.prepare(statement);
          if (line.await(row -> {}) == Event.FAILED) {
            continue;
          }
          SqlTemplate template = SqlTemplate.of(sql, rules);
          if (template.takesLiterals()) {
            prepared++;
            assertThat(template.placeholderCount())
                .as("%s under '%s' on %s", sql, sqlMode, server)
                .isEqualTo(statement.parameters().size());
          }
          line.session.closeStatement(statement);
        }
      }
      assertThat(prepared).isGreaterThan(ROUNDS / 50);
    }
  }

  private static String statement(Random random) {
    StringBuilder sql = new StringBuilder("SELECT ?");
    for (int i = random.nextInt(7); i >= 0; i--) {
      sql.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return sql.append(random.nextBoolean() ? "" : ",?").toString();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void escapesBecomeSqlThatTheServerKnows(Server server) throws IOException {
    try (Line line = new Line(server)) {
      for (String sql :
          List.of(
              "SELECT {d '2020-01-31'}, {t '12:30:00'}, {ts '2020-01-31 12:30:00.5'}",
              "SELECT {fn CONCAT({fn UCASE('a')}, '}')}",
              "SELECT {fn CONVERT('1', SQL_INTEGER)}, {fn CONVERT('1', SQL_VARCHAR)}",
              "SELECT {fn CONVERT('2020-01-31', SQL_TIMESTAMP)}, {fn CONVERT('1', DECIMAL)}",
              "SELECT {fn TIMESTAMPADD(SQL_TSI_DAY, 1, {d '2020-01-31'})}",
              "SELECT {fn TIMESTAMPADD(SQL_TSI_FRAC_SECOND, 1, {ts '2020-01-31 12:30:00'})}",
              "SELECT a.x FROM {oj (SELECT 1 x) a LEFT OUTER JOIN (SELECT 1 x) b ON a.x = b.x}",
              "SELECT 'a%' LIKE 'a!%' {escape '!'} {limit 1}")) {
        assertThat(line.run(JdbcEscapes.translate(sql, SqlRules.DEFAULT), row -> {}))
            .as(sql)
            .isEqualTo(Event.DONE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theProfileIsLearntFromTwoQuestions(Server server) throws IOException {
    try (Line line = new Line(server)) {
      ServerProfile.Answers answers = new ServerProfile.Answers();
      for (String question : ServerProfile.QUESTIONS) {
        assertThat(line.run(question, answers::add)).isEqualTo(Event.DONE);
      }
      ServerProfile profile = answers.profile(line.session.state().server());

      assertThat(profile.known()).isTrue();
      assertThat(profile.product())
          .isEqualTo(
              server.family() == Family.MARIADB ? ServerProduct.MARIADB : ServerProduct.MYSQL);
      assertThat(profile.mayPipeline(line.session.state().server())).isTrue();
      assertThat(profile.maxAllowedPacket()).isGreaterThan(1 << 20);
      assertThat(profile.maxPreparedStatements()).isPositive();
      assertThat(profile.waitTimeout()).isPositive();
      assertThat(profile.timeZone()).isNotEmpty();
      assertThat(profile.auroraVersion()).isEmpty();
    }
  }

  /** A session on the server's Unix socket, with the least that can move its bytes. */
  private static final class Line implements AutoCloseable {
    private final SocketChannel channel;
    private final Session session;

    Line(Server server) throws IOException {
      ConnectionOptions options =
          ConnectionOptions.builder()
              .set(Options.LOCAL_SOCKET, server.socketPath().toString())
              .set(Options.USER, server.user())
              .set(Options.PASSWORD, Secret.of(server.password()))
              .build();
      channel = SocketChannel.open(UnixDomainSocketAddress.of(options.localSocket()));
      session =
          new Session(
              SessionOptions.of(
                  options,
                  Peer.UNIX_SOCKET,
                  SessionOptions.credentials(options),
                  new SecureRandom()));
      assertThat(await(row -> {})).isEqualTo(Event.READY);
    }

    Event run(String sql, Consumer<Row> rows) throws IOException {
      session.query(sql);
      return await(rows);
    }

    /** Goes on to the event that completes the command, or makes it fail. */
    Event await(Consumer<Row> rows) throws IOException {
      while (true) {
        Event event = session.next();
        if (event == Event.NEED_BYTES) {
          exchangeBytes();
        } else if (event == Event.ROW) {
          rows.accept(session.row());
        } else if (event == Event.FAILED || event.completesExchange() || event.endsSession()) {
          return event;
        }
      }
    }

    private void exchangeBytes() throws IOException {
      while (session.outbound().hasRemaining()) {
        channel.write(session.outbound());
      }
      int count = channel.read(session.inbound());
      if (count < 0) {
        throw new EOFException("the server closed the connection");
      }
      session.received(count);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
