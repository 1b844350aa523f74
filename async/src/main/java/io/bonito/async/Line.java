package io.bonito.async;

import io.bonito.netty.LoopConnection;
import io.bonito.netty.LoopConnector;
import io.bonito.netty.Sink;
import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.exchange.StatementCache;
import io.bonito.protocol.exchange.UnansweredExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.protocol.option.SessionStart;
import io.bonito.protocol.option.SessionZone;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.sql.SqlTemplateCache;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.SqlCharset;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the statements of one connection share; but for what says otherwise, on its loop. */
final class Line {
  private static final int TEMPLATES = 256;
  private static final int MOST_UNPREPARABLE = 256;

  /** How many statements go as text after one that found no room, before another one is tried. */
  private static final int PAUSE = 100;

  private static final int TOO_MANY_PREPARED = 1461;

  private final LoopConnector connector;
  private final LoopConnection connection;
  private final Turns turns;
  private final StatementCache statements;
  private final List<ServerStatement> evicted;
  private final Set<String> unpreparable;
  private final SqlTemplateCache templates;
  private final ServerPreparation preparation;
  private final Map<String, String> queryAttributes;
  private final Codecs codecs;
  private final SessionZone zone;
  private final SessionStart start;
  private final Command.Owner alone =
      new Command.Owner() {
        @Override
        public void prepared(Command command) {
          command.execute();
        }

        @Override
        public void over(Command command) {
          turns.over(command);
        }
      };
  private final @Nullable Consumer<AsyncException> refusals;

  /** For who wonders what a borrower does; a look from another thread may come late. */
  private @Nullable String latestSql;

  private SqlRules startRules = SqlRules.DEFAULT;
  private boolean rulesKnown;
  private int pause;
  private @Nullable AsyncException startRefused;

  /**
   * A borrower's: all is shared but the turns.
   *
   * @param refusals hears what the server refuses the borrower
   */
  Line(Line lender, Consumer<AsyncException> refusals) {
    this.connector = lender.connector;
    this.connection = lender.connection;
    this.turns = new Turns(connection, /* lent= */ true);
    this.evicted = lender.evicted;
    this.statements = lender.statements;
    this.unpreparable = lender.unpreparable;
    this.templates = lender.templates;
    this.preparation = lender.preparation;
    this.queryAttributes = lender.queryAttributes;
    this.codecs = lender.codecs;
    this.zone = lender.zone;
    this.start = lender.start;
    this.refusals = refusals;
  }

  Line(LoopConnector connector, LoopConnection connection) {
    ConnectionOptions options = connection.options();
    this.connector = connector;
    this.connection = connection;
    this.turns = new Turns(connection);
    this.evicted = new ArrayList<>();
    this.unpreparable = new HashSet<>();
    this.templates = new SqlTemplateCache(TEMPLATES);
    this.refusals = null;
    this.statements =
        new StatementCache(
            options.get(Options.CACHE_PREP_STMTS) ? options.get(Options.PREP_STMT_CACHE_SIZE) : 1,
            () -> connection.profile().maxPreparedStatements(),
            evicted::add);
    this.preparation = options.get(Options.USE_SERVER_PREP_STMTS);
    this.queryAttributes = options.get(Options.QUERY_ATTRIBUTES);
    this.codecs = Codecs.of(options);
    this.zone = SessionZone.of(options);
    this.start = SessionStart.of(options, zone);
  }

  // ---- from any thread

  LoopConnector connector() {
    return connector;
  }

  LoopConnection connection() {
    return connection;
  }

  Turns turns() {
    return turns;
  }

  ServerPreparation preparation() {
    return preparation;
  }

  /** Slots whose instants are written in the session's zone. */
  Parameters parameters(int count) {
    return new Parameters(count, codecs, zone.now());
  }

  /** What a new session, or one begun anew, is told. */
  SessionStart start() {
    return start;
  }

  /** 0 for none. */
  long statementTimeoutNanos() {
    return connection.options().get(Options.STATEMENT_TIMEOUT).toNanos();
  }

  /** Owns the commands that have a turn of their own. */
  Command.Owner alone() {
    return alone;
  }

  boolean onLoop(Runnable action) {
    return turns.onLoop(action);
  }

  /** Null where the host shuts its loop down, and with it all that could be late. */
  @Nullable Future<?> after(long nanos, Runnable action) {
    try {
      return connection.eventLoop().schedule(action, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return null;
    }
  }

  @Nullable String latestSql() {
    return latestSql;
  }

  // ---- on the loop

  /** Tells the lender, where there is one. */
  void refused(ServerError error) {
    if (refusals != null) {
      refusals.accept(AsyncException.of(error));
    }
  }

  /** In a session that is not as was asked for nothing may run. */
  void startRefused(AsyncException why) {
    startRefused = why;
    connection.abort();
  }

  /** Why there is no answer, where that is not only that the connection is gone. */
  Throwable reason(Throwable failure) {
    AsyncException known = startRefused;
    return known != null && failure instanceof ConnectionException ? known : failure;
  }

  SessionState state() {
    return connection.state();
  }

  /** How the server reads quotes now, as far as it tells. */
  SqlRules rules() {
    if (!rulesKnown) {
      ServerProfile profile = connection.profile();
      startRules = SqlRules.of(profile.sqlMode());
      rulesKnown = profile.known();
    }
    SessionState state = state();
    boolean ansiQuotes = state.server().mariaDb() ? state.ansiQuotes() : startRules.ansiQuotes();
    if (ansiQuotes == startRules.ansiQuotes()
        && state.noBackslashEscapes() == startRules.noBackslashEscapes()) {
      return startRules;
    }
    return new SqlRules(ansiQuotes, state.noBackslashEscapes());
  }

  SqlTemplate template(String sql) {
    return templates.get(sql, rules());
  }

  /** What the server holds ready for this text, if it does. */
  @Nullable ServerStatement prepared(String sql) {
    ServerStatement statement = statements.get(state().schema(), sql);
    if (statement == null && !evicted.isEmpty()) {
      statement = spared(sql);
    }
    return statement == null || statement.isOutdated(state()) ? null : statement;
  }

  /** The same, unless the server would convert the values: then it has to prepare it anew. */
  @Nullable ServerStatement prepared(Query query) {
    ServerStatement statement = prepared(query.sql());
    Parameters values = query.values();
    return statement != null && values != null && statement.wouldConvert(values, state())
        ? null
        : statement;
  }

  /** What had to go in this turn and has not been closed yet stays. */
  private @Nullable ServerStatement spared(String sql) {
    for (ServerStatement statement : evicted) {
      if (statement.sql().equals(sql)) {
        evicted.remove(statement);
        keep(statement);
        return statement;
      }
    }
    return null;
  }

  void keep(ServerStatement statement) {
    statements.put(state().schema(), statement);
  }

  void forget(String sql) {
    statements.remove(state().schema(), sql);
  }

  /** The server has forgotten all of them. */
  void forgetStatements() {
    statements.clear();
    evicted.clear();
  }

  /** Whether the server has said that it cannot prepare this text. */
  boolean isUnpreparable(String sql) {
    return !unpreparable.isEmpty() && unpreparable.contains(sql);
  }

  /**
   * Whether a statement that the server has not prepared is to go as text.
   *
   * @param error why it has not
   */
  boolean goesAsText(String sql, ServerError error) {
    if (preparation != ServerPreparation.NEVER && error.code() == TOO_MANY_PREPARED) {
      // What makes room is closed ahead of the next turn, and the text is prepared then.
      if (!statements.makeRoom()) {
        pause = PAUSE;
      }
      return true;
    }
    if (preparation != ServerPreparation.AUTO || !ErrorKind.isUnpreparable(error)) {
      return false;
    }
    if (unpreparable.size() == MOST_UNPREPARABLE) {
      unpreparable.clear(); // they are found again
    }
    unpreparable.add(sql);
    return true;
  }

  /** Whether the server has just been full of others' statements, so that it is not asked. */
  boolean pauses() {
    return pause > 0 && pause-- > 0;
  }

  /** Whether the server prepares it; else its values, if any, are written into the text. */
  boolean isBinary(Query query) {
    if (isUnpreparable(query.sql())) {
      return false;
    }
    Parameters values = query.values();
    return switch (preparation) {
      case NEVER -> false;
      case AUTO -> (values != null && values.count() > 0) || query.asksForPreparation();
      // Several statements in one text cannot be prepared by any server.
      case ALWAYS -> query.isPreparable() && !template(query.sql()).isMultiple();
    };
  }

  /**
   * What to give to the connection for it.
   *
   * @param statement what the server has prepared, where it has
   * @throws AsyncException where its values do not fit its parameters
   */
  Exchange exchange(Query query, @Nullable ServerStatement statement) {
    latestSql = query.sql();
    Exchange ready = query.exchange();
    if (ready != null) {
      return ready;
    }
    Parameters values = query.values();
    if (statement != null) {
      Parameters given = values == null ? Query.NO_VALUES : values;
      requireCount(given.count(), statement.parameters().size());
      requireSet(given);
      return new ExecuteExchange(statement, given, /* cursor= */ false);
    }
    String sql = query.sql();
    if (values != null && values.count() > 0) {
      sql = text(template(sql), values);
    }
    return queryAttributes.isEmpty()
        ? new QueryExchange(sql)
        : new QueryExchange(sql, queryAttributes);
  }

  /** Closes what had to go; not while a turn is on, in which they may be used yet. */
  void closeEvicted() {
    if (!evicted.isEmpty()) {
      for (ServerStatement statement : evicted) {
        connection.submit(UnansweredExchange.closeStatement(statement), Nobody.INSTANCE);
      }
      evicted.clear();
    }
  }

  /**
   * A statement with its values written into it.
   *
   * @throws AsyncException where that cannot be done without doubt
   */
  private String text(SqlTemplate template, Parameters values) {
    int count = template.placeholderCount();
    requireCount(values.count(), count);
    if (count == 0) {
      return template.sql();
    }
    if (!template.takesLiterals()) {
      throw AsyncException.notSupported(
          "this statement cannot be prepared, and where its parameters are depends on the server");
    }
    SqlCharset charset = state().clientCharset();
    if (charset.canHideQuote()) {
      throw AsyncException.misuse(
          "values cannot be written into SQL while character_set_client is "
              + charset.name()
              + ", which can hide a quote: use SET NAMES utf8mb4");
    }
    requireSet(values);
    ByteWriter out = new ByteWriter();
    values.setCharset(SqlCharset.UTF8MB4);
    for (int i = 0; i < count; i++) {
      out.writeText(template.piece(i));
      values.writeLiteral(i, out);
    }
    out.writeText(template.piece(count));
    return new String(out.array(), 0, out.end(), StandardCharsets.UTF_8);
  }

  static void requireCount(int given, int due) {
    if (given != due) {
      throw AsyncException.misuse(given + " values for " + due + " parameters");
    }
  }

  static void requireSet(Parameters values) {
    int unset = values.firstUnset();
    if (unset >= 0) {
      throw AsyncException.misuse("parameter " + unset + " has no value");
    }
  }

  /** Who cares about an answer that does not come. */
  private enum Nobody implements Sink {
    INSTANCE;

    @Override
    public void done() {}

    @Override
    public void refused(ServerError error) {}

    @Override
    public void failed(Throwable failure) {}
  }
}
