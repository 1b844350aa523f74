package io.bonito.jdbc;

import io.bonito.protocol.row.Columns;
import io.bonito.protocol.sql.JdbcEscapes;
import io.bonito.protocol.sql.SqlRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.CallableStatement;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call of a procedure or a function.
 *
 * <pre>
 *   {call p(?, ?)}       parameters 1 and 2 are the placeholders; the server sends a row of those
 *                        that come out, behind all other results
 *   {?= call f(?)}       parameter 1 is the value returned, parameter 2 the first placeholder
 * </pre>
 *
 * <p>Results are read as a whole, since what comes out comes last. So a call is one round trip once
 * it is prepared. Names are asked of the server where they are used, once for each routine and
 * connection.
 */
final class JdbcCallableStatement extends JdbcPreparedStatement
    implements CallableStatement, NamedSetters, OutGetters, NamedOutGetters, OutRegistrations {
  private final CallShape shape;

  /** Of each parameter that comes out, its type and scale. */
  private final Map<Integer, OutType> registered = new TreeMap<>();

  private @Nullable JdbcResultSet out;
  private @Nullable List<Routines.Parameter> routine;

  private record OutType(int type, int scale) {}

  JdbcCallableStatement(JdbcConnection connection, String sql, ResultKind kind)
      throws SQLException {
    super(
        connection,
        // Here, since the escapes of other prepared statements can be turned off by an option.
        JdbcEscapes.translate(
            CallShape.braced(sql, connection.link().rules()), connection.link().rules()),
        kind);
    SqlRules rules = connection.link().rules();
    this.shape = CallShape.of(sql(), CallShape.isFunction(sql, rules), rules);
    needBinary();
  }

  // ---- what goes in

  @Override
  public int slot(int index) {
    return shape.function() ? index - 2 : index - 1;
  }

  @Override
  public int placeholder(String name) throws SQLException {
    settings();
    List<Routines.Parameter> parameters = routine();
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equalsIgnoreCase(name)) {
        int slot = shape.arguments().indexOf(i);
        if (slot < 0) {
          throw SqlExceptions.misuse("no placeholder stands for parameter '" + name + "'");
        }
        return shape.function() ? slot + 2 : slot + 1;
      }
    }
    throw SqlExceptions.misuse(shape.routine() + " has no parameter '" + name + "'");
  }

  private List<Routines.Parameter> routine() throws SQLException {
    List<Routines.Parameter> known = routine;
    if (known == null) {
      if (shape.routine().isEmpty()) {
        throw SqlExceptions.misuse("parameters have names only in {call routine(?)}");
      }
      known = connection().routines().parameters(connection(), shape);
      routine = known;
    }
    return known;
  }

  @Override
  public void register(int index, int type, int scale) throws SQLException {
    settings();
    if (index != 1 || !shape.function()) {
      slots(index);
    }
    registered.put(index, new OutType(type, scale));
  }

  @Override
  void complete() throws SQLException {
    for (int index : registered.keySet()) {
      if (slot(index) >= 0 && !slots(index).isSet(slot(index))) {
        slots(index).setNull(slot(index));
      }
    }
  }

  @Override
  boolean keepsTypes() {
    return registered.isEmpty();
  }

  // ---- what comes out

  @Override
  boolean isStored() {
    return true;
  }

  @Override
  void answered(Answer answer) throws SQLException {
    Rows rows = shape.function() ? answer.takeRows() : answer.takeOutParameters();
    JdbcResultSet before = out;
    out = null;
    if (before != null) {
      before.close();
    }
    if (rows != null) {
      out = new JdbcResultSet(null, rows, connection().choices(), ResultKind.PLAIN, 0);
      out.next();
    }
  }

  @Override
  public ResultSet out(int index) throws SQLException {
    settings();
    JdbcResultSet row = out;
    if (row == null) {
      throw SqlExceptions.misuse(
          "parameter " + index + " has not come out: execute the call first");
    }
    if (!registered.containsKey(index)) {
      throw SqlExceptions.misuse("parameter " + index + " was not registered as one to come out");
    }
    return row;
  }

  @Override
  public int column(int index) throws SQLException {
    if (shape.function()) {
      return 1;
    }
    Columns columns = out == null ? null : out.rows().columns();
    int column = 0;
    if (columns == null || columns.count() == registered.size()) {
      for (int other : registered.keySet()) {
        column += other <= index ? 1 : 0;
      }
      return column;
    }
    // More come out than were registered: only the routine's own list tells which these are.
    List<Routines.Parameter> parameters = routine();
    for (int slot = 0; slot <= slot(index); slot++) {
      int argument = shape.arguments().get(slot);
      boolean comesOut =
          argument >= 0 && argument < parameters.size() && parameters.get(argument).comesOut();
      column += comesOut ? 1 : 0;
      if (slot == slot(index) && !comesOut) {
        throw SqlExceptions.misuse("parameter " + index + " does not come out of the routine");
      }
    }
    return column;
  }

  @Override
  public boolean wasNull() throws SQLException {
    settings();
    return out != null && out.wasNull();
  }

  /** As the class that belongs to the type it was registered with. */
  @Override
  public @Nullable Object getObject(int index) throws SQLException {
    ResultSet row = out(index);
    OutType type = registered.get(index);
    int column = column(index);
    if (type == null) {
      return row.getObject(column);
    }
    Class<?> javaClass = javaClass(type.type());
    if (javaClass == null) {
      return row.getObject(column);
    }
    Object value = row.getObject(column, javaClass);
    return value instanceof BigDecimal decimal && type.scale() >= 0
        ? decimal.setScale(type.scale(), RoundingMode.HALF_UP)
        : value;
  }

  private static @Nullable Class<?> javaClass(int type) {
    return switch (type) {
      case Types.BIT, Types.BOOLEAN -> Boolean.class;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Integer.class;
      case Types.BIGINT -> Long.class;
      case Types.REAL -> Float.class;
      case Types.FLOAT, Types.DOUBLE -> Double.class;
      case Types.DECIMAL, Types.NUMERIC -> BigDecimal.class;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR ->
          String.class;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> byte[].class;
      case Types.BLOB -> java.sql.Blob.class;
      case Types.CLOB, Types.NCLOB -> java.sql.NClob.class;
      case Types.DATE -> Date.class;
      case Types.TIME -> Time.class;
      case Types.TIMESTAMP -> Timestamp.class;
      default -> null;
    };
  }

  @Override
  public void close() throws SQLException {
    JdbcResultSet row = out;
    out = null;
    if (row != null) {
      row.close();
    }
    super.close();
  }

  @Override
  public void addBatch() throws SQLException {
    if (!registered.isEmpty()) {
      throw SqlExceptions.misuse("a batch gives nothing out of its calls");
    }
    super.addBatch();
  }
}
