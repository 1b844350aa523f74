package io.bonito.conformance.types;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.WireFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way whose rows are the core's own. */
abstract class CoreWay implements Way {
  private final WireFormat format;

  CoreWay(WireFormat format) {
    this.format = format;
  }

  abstract List<Reading> ask(String sql) throws Exception;

  abstract List<Reading> askPrepared(String sql, @Nullable Object argument) throws Exception;

  @Override
  public WireFormat format() {
    return format;
  }

  @Override
  public void run(String sql) throws Exception {
    ask(sql);
  }

  @Override
  public void run(String sql, @Nullable Object value) throws Exception {
    if (format == WireFormat.BINARY) {
      askPrepared(sql, value);
    } else {
      ask(sql.replace("?", literal(value)));
    }
  }

  @Override
  public List<Reading> read(String sql) throws Exception {
    return format == WireFormat.BINARY ? askPrepared(sql + " AND 1 = ?", 1) : ask(sql);
  }

  private static String literal(@Nullable Object value) {
    Parameters parameters = new Parameters(1);
    parameters.setObject(0, value);
    ByteWriter out = new ByteWriter();
    parameters.writeLiteral(0, out);
    return new String(out.array(), 0, out.end(), UTF_8);
  }

  static Reading reading(Row row) {
    return new Reading(
        row.getInt(0),
        row.isNull(1) ? Map.of() : Getter.all(row, 1),
        natural(row),
        row.getString(2),
        row.getString(3));
  }

  private static @Nullable Object natural(Row row) {
    try {
      return row.getObject(1);
    } catch (ConversionException e) {
      return Getter.REFUSED;
    }
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " in " + format;
  }
}
