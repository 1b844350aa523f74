package io.bonito.integrationkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.Session;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.exchange.AcknowledgedExchange;
import io.bonito.protocol.exchange.BulkExchange;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.FetchExchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ResetConnectionExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.UnansweredExchange;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.script.Conversation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, in a conversation: reads its {@code >} lines.
 *
 * <pre>
 *   connect user=root database=kit sslMode=DISABLED     always first
 *   query SELECT 1
 *   load "1\t2\n" LOAD DATA LOCAL INFILE 'x' INTO TABLE t
 *   prepare SELECT ?            execute 7, 'text'       execute-cursor 7       fetch 2
 *   bulk 1, 'one'; 2, 'two'     bulk-units ...          long-data 0 'text'
 *   close-statement             reset-statement         ping
 *   init-db kit                 multi-statements on     reset-connection
 *   change-user sha2 secret kit                         pipelining on          quit
 * </pre>
 *
 * <p>Statements are executed that were prepared last. What parameters look like is said at {@link
 * ParameterText}.
 */
final class Caller {
  private @Nullable ServerStatement statement;
  private @Nullable ExecuteExchange executed;
  private byte @Nullable [] localData;

  /** The options that a conversation begins with. */
  static ConnectionOptions options(Conversation conversation) {
    return optionsBuilder(conversation).build();
  }

  static ConnectionOptions.Builder optionsBuilder(Conversation conversation) {
    for (Conversation.Step step : conversation.steps()) {
      if (step instanceof Conversation.Step.Asked asked) {
        return optionsOf(asked.text());
      }
    }
    throw new IllegalArgumentException(conversation.name() + " asks nothing");
  }

  static ConnectionOptions.Builder optionsOf(String connectLine) {
    if (!connectLine.startsWith("connect ")) {
      throw new IllegalArgumentException("a conversation begins with connect, not " + connectLine);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String pair : connectLine.substring("connect ".length()).split(" ")) {
      int equals = pair.indexOf('=');
      texts.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    // What a client says of itself would be another on each machine.
    texts.putIfAbsent("connectionAttributes", "none");
    ConnectionOptions.Builder builder = ConnectionOptions.builder();
    texts.forEach(builder::set);
    return builder;
  }

  private static String rest(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? "" : line.substring(space + 1);
  }

  private static String verb(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }

  /** Whether a line can be asked of a transport; the others need the session itself. */
  static boolean isPlayable(String line) {
    return !verb(line).equals("change-user");
  }

  /** Whether a line is a command, and not the connection's own affair. */
  static boolean isCommand(String line) {
    return switch (verb(line)) {
      case "connect", "pipelining", "change-user", "quit" -> false;
      default -> true;
    };
  }

  /** Gives what a line asks for to a session. */
  void ask(String line, Session session) {
    switch (verb(line)) {
      case "connect" -> {}
      case "pipelining" -> session.pipelining(rest(line).equals("on"));
      case "change-user" -> {
        String[] words = rest(line).split(" ");
        session.changeUser(Credentials.of(words[0], words[1]), words.length > 2 ? words[2] : "");
      }
      default -> session.submit(command(line));
    }
  }

  /** The command of a line, as it is given to a transport. */
  Command toGive(String line) {
    Exchange exchange = command(line);
    return verb(line).equals("load")
        ? new Command(exchange, /* loads= */ true, localData())
        : Command.of(exchange);
  }

  /** The command of a line. */
  Exchange command(String line) {
    String rest = rest(line);
    return switch (verb(line)) {
      case "query" -> new QueryExchange(rest);
      case "load" -> load(rest);
      case "prepare" -> {
        ServerStatement begun = new ServerStatement(rest);
        statement = begun;
        yield new PrepareExchange(begun);
      }
      case "execute" -> execute(rest, /* cursor= */ false);
      case "execute-cursor" -> execute(rest, /* cursor= */ true);
      case "fetch" -> {
        ExecuteExchange before = executed;
        if (before == null) {
          throw new IllegalArgumentException("nothing was executed");
        }
        yield new FetchExchange(statement(), before.columns(), Integer.parseInt(rest));
      }
      case "bulk" -> bulk(rest, /* unitResults= */ false);
      case "bulk-units" -> bulk(rest, /* unitResults= */ true);
      case "long-data" ->
          UnansweredExchange.sendLongData(
              statement(), Integer.parseInt(verb(rest)), unquoted(rest(rest)).getBytes(UTF_8));
      case "close-statement" -> UnansweredExchange.closeStatement(statement());
      case "reset-statement" -> AcknowledgedExchange.resetStatement(statement());
      case "ping" -> AcknowledgedExchange.ping();
      case "init-db" -> AcknowledgedExchange.initDatabase(rest);
      case "multi-statements" -> AcknowledgedExchange.multiStatements(rest.equals("on"));
      case "reset-connection" -> new ResetConnectionExchange();
      case "quit" -> UnansweredExchange.quit();
      default -> throw new IllegalArgumentException("what is \"" + line + "\"?");
    };
  }

  private ServerStatement statement() {
    ServerStatement prepared = statement;
    if (prepared == null) {
      throw new IllegalArgumentException("nothing was prepared");
    }
    return prepared;
  }

  private Exchange execute(String rest, boolean cursor) {
    ExecuteExchange execute = new ExecuteExchange(statement(), ParameterText.parse(rest), cursor);
    executed = execute;
    return execute;
  }

  private Exchange bulk(String rest, boolean unitResults) {
    List<Parameters> rows = new ArrayList<>();
    for (String row : rest.split("; ")) {
      rows.add(ParameterText.parse(row));
    }
    return new BulkExchange(statement(), ParameterRows.of(rows), 0, rows.size(), unitResults);
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1);
  }

  private ResultExchange load(String rest) {
    int end = rest.indexOf("\" ");
    localData = rest.substring(1, end).replace("\\t", "\t").replace("\\n", "\n").getBytes(UTF_8);
    QueryExchange query = new QueryExchange(rest.substring(end + 2));
    query.takeLocalData();
    return query;
  }

  /** What the {@code load} asked last gives to its statement. */
  byte[] localData() {
    byte[] data = localData;
    return data == null ? new byte[0] : data;
  }
}
