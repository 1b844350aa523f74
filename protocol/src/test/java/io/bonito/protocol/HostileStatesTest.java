package io.bonito.protocol;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of packet in each state of a session: the protocol as a table.
 *
 * <pre>
 *   x  refused: one of the two documented exceptions, and the session has ended
 *   F  the server's error
 *   D  the command is complete
 *   -  a part of the answer, or an event; more is due
 *   C  the server's good-bye, which ends the session
 * </pre>
 */
class HostileStatesTest {
  private static final byte[] COLUMN = Packets.column("a", 253, 45, 0);
  private static final byte[] COUNT = {1};
  private static final String NATIVE = "mysql_native_password";

  /** The packets, each right in some state. */
  private static final Map<String, byte[]> KINDS =
      Map.ofEntries(
          Map.entry("nothing", new byte[0]),
          Map.entry("ok", Packets.ok()),
          Map.entry("err", Packets.error(1064, "42000", "no")),
          Map.entry("eof", Packets.eof(2)),
          Map.entry("endok", Packets.endOk(2)),
          Map.entry("switch", Packets.authSwitch(NATIVE, Packets.scramble())),
          Map.entry("more", Packets.moreAuthData((byte) 4)),
          Map.entry(
              "factor", new Payload().int8(2).nulText(NATIVE).raw(Packets.scramble()).bytes()),
          Map.entry("file", Packets.localInfile("/etc/passwd")),
          Map.entry("count", COUNT),
          Map.entry("column", COLUMN),
          Map.entry("text", Packets.textRow(List.of("x"))),
          Map.entry("binary", new Payload().zeros(2).lengthText("x").bytes()),
          Map.entry("prepared", Packets.prepared(1, 0, 0)),
          Map.entry("greeting", Packets.greeting("8.0.33", SessionTalk.MYSQL, NATIVE)));

  private static final String[] ORDER = {
    "nothing",
    "ok",
    "err",
    "eof",
    "endok",
    "switch",
    "more",
    "factor",
    "file",
    "count",
    "column",
    "text",
    "binary",
    "prepared",
    "greeting"
  };

  /**
   * @param due the number of the server's next packet
   */
  private record Position(SessionTalk talk, int due) {}

  /**
   * What the session waits for, and what it makes of each packet, in the order of {@link #ORDER}.
   */
  enum State {
    //          nothing ok err eof endok switch more factor file count column text binary prep greet
    GREETING("x x F x x x x x x x x x x x -") {
      @Override
      Position reach() {
        return new Position(new SessionTalk(SessionTalk.options(0, Login.Tls.NEVER)), 0);
      }
    },
    LOGIN("x D F x x - x x x x x x x x x") {
      @Override
      Position reach() {
        return greeted(NATIVE);
      }
    },
    LOGIN_WITH_SHA2("x D F x x - x x x x x x x x x") {
      @Override
      Position reach() {
        return greeted("caching_sha2_password");
      }
    },
    IDLE("x x C x x x x x x x x x x x x") {
      @Override
      Position reach() {
        return new Position(SessionTalk.loggedIn(), 0);
      }
    },
    QUERY("x D F x x x x x x - x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.query("SELECT a");
        return new Position(talk, 1);
      }
    },
    QUERY_THAT_MAY_LOAD("x D F x x x x x - - x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = loading();
        talk.session.query("SELECT a");
        return new Position(talk, 1);
      }
    },
    LOADED("x D F x x x x x - - x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = loading();
        QueryExchange load = talk.session.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE t");
        load.takeLocalData();
        talk.sent();
        talk.hear(1, Packets.localInfile("x"));
        assertThat(talk.events()).containsExactly(Event.LOCAL_DATA);
        talk.session.localDataEnd();
        return new Position(talk, 3);
      }
    },
    SECOND_RESULT("x D F x x x x x x - x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.query("CALL p()");
        talk.hear(1, Packets.ok(0, 0, Packets.MORE_RESULTS, 0));
        assertThat(talk.events()).containsExactly(Event.RESULT_END);
        return new Position(talk, 2);
      }
    },
    DEFINITIONS("x x x x x x x x x x - x x x x") {
      @Override
      Position reach() {
        return heard(SessionTalk.MYSQL, COUNT);
      }
    },
    DEFINITIONS_END("x x x - x x x x x x x x x x x") {
      @Override
      Position reach() {
        return heard(SessionTalk.MYSQL & ~Capability.DEPRECATE_EOF, COUNT, COLUMN);
      }
    },
    TEXT_ROWS("x x F D D x - x x x x - x x x") {
      @Override
      Position reach() {
        return heard(SessionTalk.MYSQL, COUNT, COLUMN);
      }
    },
    EXECUTE("x D F x x x x x x - x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.execute(preparedIn(talk), new Parameters(0), false);
        return new Position(talk, 1);
      }
    },
    BINARY_ROWS("x x F D D x x x x x x x - x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.execute(preparedIn(talk), new Parameters(0), false);
        talk.hearAll(1, COUNT, COLUMN);
        return new Position(talk, 3);
      }
    },
    FETCH("x x F D D x x x x x x x - x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        ServerStatement statement = preparedIn(talk);
        Columns columns = statement.columns();
        assertThat(columns).isNotNull();
        talk.session.fetch(statement, columns, 2);
        return new Position(talk, 1);
      }
    },
    PREPARE("x x F x x x x x x x x x x D x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.prepare(new ServerStatement("SELECT a"));
        return new Position(talk, 1);
      }
    },
    PREPARED_PARAMETERS("x x x x x x x x x x - x x x x") {
      @Override
      Position reach() {
        return preparing(SessionTalk.MYSQL, Packets.prepared(1, 1, 1));
      }
    },
    PREPARED_COLUMNS("x x x x x x x x x x D x x x x") {
      @Override
      Position reach() {
        return preparing(SessionTalk.MYSQL, Packets.prepared(1, 1, 1), COLUMN);
      }
    },
    PREPARED_END("x x x D x x x x x x x x x x x") {
      @Override
      Position reach() {
        return preparing(
            SessionTalk.MYSQL & ~Capability.DEPRECATE_EOF, Packets.prepared(1, 1, 0), COLUMN);
      }
    },
    BULK("x D F x x x - x x x x - x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn("11.4.5-MariaDB", SessionTalk.MARIADB, 0);
        ServerStatement statement = new ServerStatement("INSERT INTO t VALUES (?)");
        talk.session.prepare(statement);
        talk.hearAll(1, Packets.prepared(1, 0, 1), COLUMN);
        assertThat(talk.events()).containsExactly(Event.PREPARED);
        Parameters row = new Parameters(1);
        row.setLong(0, 7);
        talk.session.executeBulk(statement, ParameterRows.of(List.of(row)), 0, 1, false);
        return new Position(talk, 1);
      }
    },
    PING("x D F D D x x x x x x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.ping();
        return new Position(talk, 1);
      }
    },
    RESET("x - F x x x x x x x x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.resetConnection();
        return new Position(talk, 1);
      }
    },
    RESET_NAMES("x D F x x x x x x x x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.resetConnection();
        talk.sent();
        talk.hear(1, Packets.ok());
        assertThat(talk.events()).isEmpty();
        return new Position(talk, 1);
      }
    },
    CHANGE_USER("x D F x x - x x x x x x x x x") {
      @Override
      Position reach() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.changeUser(Credentials.of("other", "secret"), "");
        return new Position(talk, 1);
      }
    };

    private final List<String> outcomes;

    State(String outcomes) {
      this.outcomes = List.of(outcomes.split(" "));
    }

    /** A session in this state. */
    abstract Position reach();
  }

  @ParameterizedTest
  @EnumSource
  void everyPacketIsLegalOrEndsTheSession(State state) {
    String found = Arrays.stream(ORDER).map(kind -> outcome(state, kind)).collect(joining(" "));
    assertThat(found).isEqualTo(String.join(" ", state.outcomes));
  }

  private static String outcome(State state, String kind) {
    Position position = state.reach();
    SessionTalk talk = position.talk();
    talk.events();
    talk.sent();
    talk.hear(position.due(), KINDS.get(kind));
    String outcome = "-";
    try {
      for (Event event : talk.events()) {
        switch (event) {
          case FAILED -> outcome = "F";
          case DONE, READY, PREPARED -> outcome = "D";
          case CLOSED -> outcome = "C";
          default -> {}
        }
      }
    } catch (MalformedPacketException | RefusedDemandException e) {
      assertThat(talk.session.hasEnded()).as("%s in %s", kind, state).isTrue();
      return "x";
    }
    return outcome;
  }

  private static Position greeted(String plugin) {
    SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.NEVER));
    talk.hear(0, Packets.greeting("8.0.33", SessionTalk.MYSQL, plugin));
    return new Position(talk, 2);
  }

  private static SessionTalk loading() {
    return SessionTalk.loggedIn("8.0.33", SessionTalk.MYSQL, Capability.LOCAL_FILES);
  }

  /** A query of which these packets have been answered. */
  private static Position heard(long offered, byte[]... payloads) {
    SessionTalk talk = SessionTalk.loggedIn("8.0.33", offered, 0);
    talk.session.query("SELECT a");
    talk.sent();
    talk.hearAll(1, payloads);
    return new Position(talk, 1 + payloads.length);
  }

  private static Position preparing(long offered, byte[]... payloads) {
    SessionTalk talk = SessionTalk.loggedIn("8.0.33", offered, 0);
    talk.session.prepare(new ServerStatement("SELECT a FROM t WHERE b = ?"));
    talk.sent();
    talk.hearAll(1, payloads);
    return new Position(talk, 1 + payloads.length);
  }

  private static ServerStatement preparedIn(SessionTalk talk) {
    ServerStatement statement = new ServerStatement("SELECT a FROM t");
    talk.session.prepare(statement);
    talk.hearAll(1, Packets.prepared(1, 1, 0), COLUMN);
    assertThat(talk.events()).containsExactly(Event.PREPARED);
    talk.sent();
    return statement;
  }
}
