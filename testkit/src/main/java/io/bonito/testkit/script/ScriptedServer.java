package io.bonito.testkit.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A server that answers what it was told to.
 *
 * <pre>{@code
 * ScriptedServer script =
 *     new ScriptedServer()
 *         .query("SELECT 1", Answer.rows(List.of("1"), List.of("1")))
 *         .query("COMMIT", Answer.hangUp());
 *
 * try (ListeningServer server = script.listen()) { connect(server.host(), server.port()); ... }
 *
 * Talk talk = script.open();            // the same in memory: no socket, no thread
 * talk.fromServer();                    // the greeting
 * talk.fromClient(bytes);
 * }</pre>
 *
 * <p>Every login succeeds, every command that has no answer of its own gets OK, and QUIT hangs up.
 * Each of these can be replaced:
 *
 * <pre>
 *   (connected)  ──greeting──▶ LOGIN ──answer of login──▶ COMMANDS
 *                               │ ▲
 *                  SSL request ─┘ └─ further auth packets: handler of auth
 * </pre>
 *
 * <p>A script must be complete before it is opened; afterwards it is only read, and may be shared
 * by threads.
 */
public final class ScriptedServer {
  public static final int QUIT = 1;
  public static final int INIT_DB = 2;
  public static final int QUERY = 3;
  public static final int PING = 14;
  public static final int CHANGE_USER = 17;
  public static final int PREPARE = 22;
  public static final int EXECUTE = 23;
  public static final int CLOSE_STATEMENT = 25;
  public static final int RESET_CONNECTION = 31;

  /** Answers a packet of the client. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @param payload what the client sent; for a command with its code first
     */
    void handle(byte[] payload, Wire wire);
  }

  private final Map<Integer, Handler> commands = new HashMap<>();
  private final Map<String, Answer> queries = new HashMap<>();
  private Answer greeting =
      wire ->
          wire.packet(0, Packets.greeting("8.0.33", Capabilities.USUAL, "mysql_native_password"));
  private Handler sslRequest = (payload, wire) -> wire.hangUp();
  private Handler login = (payload, wire) -> wire.packet(Packets.ok());
  private Handler auth = (payload, wire) -> wire.packet(Packets.ok());
  private boolean loginEndsWithFirstAnswer = true;

  public ScriptedServer() {
    commands.put(QUIT, (payload, wire) -> wire.hangUp());
    // This command has no answer; the protocol says so.
    commands.put(CLOSE_STATEMENT, (payload, wire) -> {});
    commands.put(QUERY, this::answerQuery);
  }

  /** What is said first. */
  public ScriptedServer greeting(Answer answer) {
    greeting = answer;
    return this;
  }

  public ScriptedServer greeting(String version, long capabilities, String plugin) {
    return greeting(wire -> wire.packet(0, Packets.greeting(version, capabilities, plugin)));
  }

  /** What is done with an SSL request; usually {@link Wire#startTls}. */
  public ScriptedServer sslRequest(Handler handler) {
    sslRequest = handler;
    return this;
  }

  /** What is answered to the client's handshake response. */
  public ScriptedServer login(Handler handler) {
    login = handler;
    return this;
  }

  public ScriptedServer login(Answer answer) {
    return login((payload, wire) -> answer.write(wire));
  }

  /**
   * What is answered to further packets of a login. It goes on until this or the login's answer
   * sends OK, so {@code login} must not.
   */
  public ScriptedServer auth(Handler handler) {
    auth = handler;
    loginEndsWithFirstAnswer = false;
    return this;
  }

  /** What is done on commands of this code. */
  public ScriptedServer command(int code, Handler handler) {
    commands.put(code, handler);
    return this;
  }

  public ScriptedServer command(int code, Answer answer) {
    return command(code, (payload, wire) -> answer.write(wire));
  }

  /** What is answered to this text of COM_QUERY. */
  public ScriptedServer query(String sql, Answer answer) {
    queries.put(sql, answer);
    return this;
  }

  private void answerQuery(byte[] payload, Wire wire) {
    String sql = new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8);
    queries.getOrDefault(sql, Answer.ok()).write(wire);
  }

  /** Begins a talk in memory. */
  public Talk open() {
    return new Talk(this);
  }

  /** Listens on a free port of the loopback; each connection gets a talk and a thread. */
  public ListeningServer listen() throws IOException {
    return new ListeningServer(this);
  }

  Answer greeting() {
    return greeting;
  }

  Handler sslRequest() {
    return sslRequest;
  }

  Handler login() {
    return login;
  }

  Handler auth() {
    return auth;
  }

  boolean loginEndsWithFirstAnswer() {
    return loginEndsWithFirstAnswer;
  }

  Handler command(byte[] payload) {
    int code = payload.length == 0 ? -1 : payload[0] & 0xff;
    return commands.getOrDefault(code, (any, wire) -> wire.packet(Packets.ok()));
  }
}
