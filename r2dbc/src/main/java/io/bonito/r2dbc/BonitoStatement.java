package io.bonito.r2dbc;

import io.bonito.async.Query;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.protocol.sql.Identifiers;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** A statement and what is bound to its parameters. */
final class BonitoStatement implements Statement {
  private final BonitoConnection connection;
  private final String sql;
  private final Markers markers;
  private @Nullable List<Binding> added;
  private Binding binding;
  private @Nullable List<String> keys;

  BonitoStatement(BonitoConnection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
    this.markers = connection.markers(sql);
    this.binding = new Binding();
  }

  /** The values of one execution. */
  private final class Binding {
    final Parameters values = connection.async().parameters(markers.placeCount());
    final boolean[] bound = new boolean[markers.count()];

    /** Large values, by place; null where there was none so far. */
    @Nullable Object @Nullable [] lobs;

    /** By parameter; null where none comes out. */
    @Nullable Type @Nullable [] out;

    void set(int index, @Nullable Object value) {
      bound[index] = true;
      for (int place = 0; place < markers.placeCount(); place++) {
        if (markers.valueOf(place) == index) {
          setLob(place, null);
          setPlace(place, value);
        }
      }
    }

    private void setLob(int place, @Nullable Object lob) {
      @Nullable Object[] all = lobs;
      if (all == null && lob != null) {
        all = new @Nullable Object[markers.placeCount()];
        lobs = all;
      }
      if (all != null) {
        all[place] = lob;
      }
    }

    private void setPlace(int place, @Nullable Object value) {
      if (value instanceof Blob || value instanceof Clob) {
        setLob(place, value);
        values.setNull(place);
      } else if (value instanceof ByteBuffer bytes) {
        values.setBytes(place, Lobs.bytes(bytes));
      } else {
        try {
          values.setObject(place, value);
        } catch (ConversionException e) {
          throw new IllegalArgumentException(e.getMessage(), e);
        }
      }
    }

    void comesOut(int index, Type type) {
      @Nullable Type[] all = out;
      if (all == null) {
        all = new @Nullable Type[markers.count()];
        out = all;
      }
      all[index] = type;
    }

    List<Type> outTypes() {
      @Nullable Type[] all = out;
      List<Type> types = new ArrayList<>(0);
      for (int place = 0; all != null && place < markers.placeCount(); place++) {
        Type type = all[markers.valueOf(place)];
        if (type != null) {
          types.add(type);
        }
      }
      return types;
    }

    boolean isEmpty() {
      for (boolean is : bound) {
        if (is) {
          return false;
        }
      }
      return true;
    }

    void requireComplete() {
      for (int index = 0; index < bound.length; index++) {
        if (!bound[index]) {
          throw new IllegalStateException("parameter " + index + " has no value");
        }
      }
    }

    List<Supplier<CompletableFuture<@Nullable Void>>> collecting() {
      @Nullable Object[] present = lobs;
      if (present == null) {
        return List.of();
      }
      List<Supplier<CompletableFuture<@Nullable Void>>> all = new ArrayList<>();
      for (int place = 0; place < present.length; place++) {
        Object lob = present[place];
        if (lob != null) {
          int at = place;
          all.add(() -> Lobs.collect(lob, values, at));
        }
      }
      return all;
    }
  }

  @Override
  public Statement add() {
    binding.requireComplete();
    List<Binding> all = added;
    if (all == null) {
      all = new ArrayList<>();
      added = all;
    }
    all.add(binding);
    binding = new Binding();
    return this;
  }

  @Override
  public Statement bind(int index, Object value) {
    checkIndex(index);
    set(index, value);
    return this;
  }

  @Override
  public Statement bind(String name, Object value) {
    set(indexOf(name), value);
    return this;
  }

  @Override
  public Statement bindNull(int index, Class<?> type) {
    checkIndex(index);
    requirePresent(type, "type");
    binding.set(index, null);
    return this;
  }

  @Override
  public Statement bindNull(String name, Class<?> type) {
    int index = indexOf(name);
    requirePresent(type, "type");
    binding.set(index, null);
    return this;
  }

  private void set(int index, Object value) {
    requirePresent(value, "value");
    if (value instanceof Parameter parameter) {
      if (value instanceof Parameter.Out) {
        requireOut();
        binding.comesOut(index, parameter.getType());
      }
      binding.set(index, parameter.getValue());
    } else {
      binding.set(index, value);
    }
  }

  /** The server tells OUT parameters only of what it has prepared. */
  private void requireOut() {
    if (!markers.isCall()) {
      throw new UnsupportedOperationException("parameters come out of a CALL alone");
    }
    if (connection.async().options().get(Options.USE_SERVER_PREP_STMTS)
        == ServerPreparation.NEVER) {
      throw new UnsupportedOperationException(
          "OUT parameters need prepared statements, which useServerPrepStmts turns off");
    }
  }

  private void checkIndex(int index) {
    if (index < 0 || index >= markers.count()) {
      throw new IndexOutOfBoundsException("parameter " + index + " of " + markers.count());
    }
  }

  private int indexOf(String name) {
    requirePresent(name, "name");
    return markers.indexOf(name);
  }

  private static void requirePresent(@Nullable Object given, String what) {
    if (given == null) {
      throw new IllegalArgumentException("there is no " + what);
    }
  }

  @Override
  public Statement returnGeneratedValues(String... columns) {
    requirePresent(columns, "array of columns");
    for (String column : columns) {
      requirePresent(column, "column");
    }
    keys = List.of(columns);
    return this;
  }

  /**
   * A hint that is not needed: rows are read from the socket as they are asked for, and what is not
   * asked for stays with the server, so that memory does not grow with the number of rows.
   */
  @Override
  public Statement fetchSize(int rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("a fetch size of " + rows);
    }
    return this;
  }

  @Override
  public Publisher<? extends Result> execute() {
    if (added != null && binding.isEmpty() && markers.count() > 0) {
      throw new IllegalStateException("nothing was bound after the last add()");
    }
    binding.requireComplete();
    String text = markers.sql();
    List<String> names = keys;
    boolean oneRow = false;
    if (names != null) {
      oneRow = markers.insertsOneRow();
      if (oneRow && !names.isEmpty() && returns(connection.async().state().server())) {
        text = text + " RETURNING " + quoted(names);
        names = null;
      }
    }
    Step first = step(binding, text, names, oneRow, null);
    List<Binding> before = added;
    for (int i = before == null ? -1 : before.size() - 1; before != null && i >= 0; i--) {
      first = step(before.get(i), text, names, oneRow, first);
    }
    return Run.publisher(connection, first);
  }

  private Step step(
      Binding one, String text, @Nullable List<String> names, boolean oneRow, @Nullable Step next) {
    Query query = connection.query(text, one.values);
    List<Type> out = markers.isCall() ? one.outTypes() : null;
    if (connection.isPipelining() && added == null && out == null) {
      query = query.independent();
    }
    return new Step(query, sql, one.collecting(), names, oneRow, out, next);
  }

  /** Whether the server gives the new rows back. */
  private static boolean returns(ServerVersion server) {
    return server.mariaDb() && server.isAtLeast(10, 5, 0);
  }

  private static String quoted(List<String> names) {
    List<String> all = new ArrayList<>(names.size());
    for (String name : names) {
      all.add(Identifiers.quote(name));
    }
    return String.join(", ", all);
  }

  @Override
  public String toString() {
    return sql;
  }
}
