package io.bonito.protocol.value;

import io.bonito.protocol.buffer.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Java values on their way to the server: one slot for each parameter, filled again and again.
 *
 * <p>Setters refuse at once what SQL cannot hold, with a {@link ConversionException}; texts and
 * arrays given are not copied before they are written. A number or a date is kept in its slot
 * without an object. Indexes count from 0.
 *
 * <p>Written in the binary format, a parameter has the type that belongs to its setter. As a
 * literal it has the same type, so that the server treats both alike.
 */
public final class Parameters {
  /** The {@link #kind} of a NULL. */
  public static final byte NO_KIND = 0;

  /** Added to the code of an integer type that is unsigned. */
  static final int UNSIGNED = 0x8000;

  /** The most digits before the point that the server's DECIMAL has. */
  private static final int MAX_INTEGER_DIGITS = 65;

  /** A number with more digits after its point than this is not meant as a DECIMAL. */
  private static final int MAX_SCALE = 128;

  private final Codecs codecs;
  private final ZoneId zone;

  /** One of {@link State} for each parameter. */
  private final byte[] states;

  /** The code of a {@link ColumnType}; of a NULL, the one it had before, so that it stays put. */
  private final short[] types;

  /** Integers, the bits of floating numbers, packed dates, microseconds of a time. */
  private final long[] numbers;

  /** A String, or a byte[]. */
  private final @Nullable Object[] objects;

  private @Nullable String @Nullable [] names;
  private SqlCharset charset = SqlCharset.UTF8MB4;
  private boolean wholeSeconds;

  public Parameters(int count) {
    this(count, Codecs.NONE, ZoneOffset.UTC);
  }

  /**
   * @param zone the session's time zone, in which instants are written
   */
  public Parameters(int count, Codecs codecs, ZoneId zone) {
    this.codecs = codecs;
    this.zone = zone;
    this.states = new byte[count];
    this.types = new short[count];
    this.numbers = new long[count];
    this.objects = new @Nullable Object[count];
    Arrays.fill(types, (short) ColumnType.NULL.code());
  }

  private Parameters(Parameters other) {
    this.codecs = other.codecs;
    this.zone = other.zone;
    this.states = other.states.clone();
    this.types = other.types.clone();
    this.numbers = other.numbers.clone();
    this.objects = other.objects.clone();
    this.names = other.names == null ? null : other.names.clone();
    this.charset = other.charset;
    this.wholeSeconds = other.wholeSeconds;
  }

  /** Slots with the same values, to be filled apart from these. */
  public Parameters copy() {
    return new Parameters(this);
  }

  /**
   * What a slot holds. Small constants, not an enum: there is one for each parameter of a batch.
   */
  static final class State {
    static final byte UNSET = 0;
    static final byte VALUE = 1;
    static final byte NULL = 2;

    /** The column's default; only in bulk. */
    static final byte DEFAULT = 3;

    /** The column keeps its value; only in bulk. */
    static final byte IGNORE = 4;

    /** The value has travelled before, by COM_STMT_SEND_LONG_DATA. */
    static final byte SENT = 5;

    private State() {}
  }

  public int count() {
    return states.length;
  }

  /** The first parameter that no setter was called for, or -1. */
  public int firstUnset() {
    for (int index = 0; index < states.length; index++) {
      if (states[index] == State.UNSET) {
        return index;
      }
    }
    return -1;
  }

  /** Forgets all values, so that they can be collected. */
  public void clear() {
    Arrays.fill(states, State.UNSET);
    Arrays.fill(objects, null);
  }

  /** Whether a setter was called for this parameter. */
  public boolean isSet(int index) {
    return states[index] != State.UNSET;
  }

  /** Takes over one value of other parameters. */
  public void copySlot(int index, Parameters other, int otherIndex) {
    copySlots(index, other, otherIndex, 1);
  }

  /** Takes over values that stand side by side. */
  void copySlots(int index, Parameters other, int otherIndex, int slots) {
    System.arraycopy(other.states, otherIndex, states, index, slots);
    System.arraycopy(other.types, otherIndex, types, index, slots);
    System.arraycopy(other.numbers, otherIndex, numbers, index, slots);
    System.arraycopy(other.objects, otherIndex, objects, index, slots);
  }

  /** As many unset slots as are wanted, in other respects like these. */
  Parameters unset(int slots) {
    Parameters unset = new Parameters(slots, codecs, zone);
    unset.wholeSeconds = wholeSeconds;
    return unset;
  }

  /** Cuts the fractions of seconds off what is set from here on. */
  public void setWholeSeconds() {
    wholeSeconds = true;
  }

  /** The charset that text is sent in: the session's character_set_client. */
  public void setCharset(SqlCharset charset) {
    this.charset = charset;
  }

  /** Names a parameter, for a query attribute. */
  public void setName(int index, String name) {
    if (names == null) {
      names = new @Nullable String[states.length];
    }
    names[index] = name;
  }

  public void setNull(int index) {
    states[index] = State.NULL;
    objects[index] = null;
  }

  /** The column's default value; only for COM_STMT_BULK_EXECUTE. */
  public void setDefault(int index) {
    states[index] = State.DEFAULT;
    objects[index] = null;
  }

  /** Leaves the column as it is; only for COM_STMT_BULK_EXECUTE. */
  public void setIgnore(int index) {
    states[index] = State.IGNORE;
    objects[index] = null;
  }

  /**
   * Says that the value has been sent by COM_STMT_SEND_LONG_DATA.
   *
   * @param text whether it is text in the session's charset, not bytes
   */
  public void setSentBefore(int index, boolean text) {
    set(index, text ? ColumnType.VAR_STRING : ColumnType.BLOB, 0, null);
    states[index] = State.SENT;
  }

  public void setBoolean(int index, boolean value) {
    set(index, ColumnType.TINY, value ? 1 : 0, null);
  }

  public void setByte(int index, byte value) {
    set(index, ColumnType.TINY, value, null);
  }

  public void setShort(int index, short value) {
    set(index, ColumnType.SHORT, value, null);
  }

  public void setInt(int index, int value) {
    set(index, ColumnType.LONG, value, null);
  }

  public void setLong(int index, long value) {
    set(index, ColumnType.LONGLONG, value, null);
  }

  /** Sets a BIGINT UNSIGNED, whose top bit is part of the number. */
  public void setUnsignedLong(int index, long bits) {
    set(index, ColumnType.LONGLONG, bits, null);
    types[index] |= (short) UNSIGNED;
  }

  public void setFloat(int index, float value) {
    if (!Float.isFinite(value)) {
      throw new ConversionException("SQL has no " + value);
    }
    set(index, ColumnType.FLOAT, Float.floatToRawIntBits(value), null);
  }

  public void setDouble(int index, double value) {
    if (!Double.isFinite(value)) {
      throw new ConversionException("SQL has no " + value);
    }
    set(index, ColumnType.DOUBLE, Double.doubleToRawLongBits(value), null);
  }

  public void setBigDecimal(int index, @Nullable BigDecimal value) {
    if (value == null) {
      setNull(index);
    } else if ((long) value.precision() - value.scale() > MAX_INTEGER_DIGITS
        || value.scale() > MAX_SCALE) {
      // The server would bend it to its largest DECIMAL. As text it meets the column's own rules.
      setString(index, value.toString());
    } else {
      set(index, ColumnType.NEWDECIMAL, 0, value.toPlainString());
    }
  }

  public void setBigInteger(int index, @Nullable BigInteger value) {
    if (value == null) {
      setNull(index);
    } else if (value.bitLength() < Long.SIZE) {
      setLong(index, value.longValue());
    } else if (value.bitLength() == Long.SIZE && value.signum() > 0) {
      setUnsignedLong(index, value.longValue());
    } else {
      setBigDecimal(index, new BigDecimal(value));
    }
  }

  public void setString(int index, @Nullable String value) {
    if (value == null) {
      setNull(index);
    } else {
      set(index, ColumnType.VAR_STRING, 0, value);
    }
  }

  public void setBytes(int index, byte @Nullable [] value) {
    if (value == null) {
      setNull(index);
    } else {
      set(index, ColumnType.BLOB, 0, value);
    }
  }

  public void setLocalDate(int index, @Nullable LocalDate value) {
    if (value == null) {
      setNull(index);
    } else {
      set(index, ColumnType.DATE, PackedDateTime.of(value), null);
    }
  }

  /** Digits beyond microseconds are cut off. */
  public void setLocalDateTime(int index, @Nullable LocalDateTime value) {
    if (value == null) {
      setNull(index);
    } else {
      LocalDateTime sent = wholeSeconds ? value.truncatedTo(ChronoUnit.SECONDS) : value;
      set(index, ColumnType.DATETIME, PackedDateTime.of(sent), null);
    }
  }

  /** Digits beyond microseconds are cut off. */
  public void setLocalTime(int index, @Nullable LocalTime value) {
    if (value == null) {
      setNull(index);
    } else {
      LocalTime sent = wholeSeconds ? value.truncatedTo(ChronoUnit.SECONDS) : value;
      set(index, ColumnType.TIME, sent.toNanoOfDay() / 1000, null);
    }
  }

  /** A TIME; digits beyond microseconds are cut off. */
  public void setDuration(int index, @Nullable Duration value) {
    if (value == null) {
      setNull(index);
    } else {
      Duration sent = wholeSeconds ? value.truncatedTo(ChronoUnit.SECONDS) : value;
      set(index, ColumnType.TIME, SqlTime.micros(sent), null);
    }
  }

  /**
   * Sets any object that has a natural SQL type, or a codec.
   *
   * @throws ConversionException where it has neither
   */
  public void setObject(int index, @Nullable Object value) {
    if (value == null) {
      setNull(index);
    } else if (!codecs.write(value, this, index)) {
      NaturalParameter.set(this, index, value, zone);
    }
  }

  /**
   * Whether the server must be told types anew.
   *
   * @param sent as filled by {@link #rememberTypes} when they were sent last
   */
  public boolean typesChangedSince(short[] sent) {
    for (int index = 0; index < types.length; index++) {
      if (types[index] != sent[index] && hasType(index)) {
        return true;
      }
    }
    return false;
  }

  public void rememberTypes(short[] sent) {
    System.arraycopy(types, 0, sent, 0, types.length);
  }

  /**
   * What sort of value is in a slot, as servers convert between sorts: {@link #NO_KIND} for NULL,
   * one number for integers of all sizes with a sign, one for those without, and so on.
   */
  public byte kind(int index) {
    if (!hasType(index)) {
      return NO_KIND;
    }
    ColumnType type = ColumnType.of(types[index]);
    return switch (type) {
      case NULL -> NO_KIND;
      case TINY, SHORT, LONG, INT24, LONGLONG, YEAR ->
          (byte)
              ((types[index] & UNSIGNED) == 0 ? ColumnType.LONGLONG.code() : ColumnType.BIT.code());
      case FLOAT -> (byte) ColumnType.DOUBLE.code();
      default -> (byte) type.code();
    };
  }

  /** Whether the slot's type matters: that of a NULL is nobody's business. */
  boolean hasType(int index) {
    return states[index] == State.VALUE || states[index] == State.SENT;
  }

  /**
   * Writes the end of COM_STMT_EXECUTE.
   *
   * <pre>
   *   NULL bits((count + 7) / 8)  types follow(1)  [ type(2) [name(length-encoded)] ]…  value…
   * </pre>
   *
   * <p>Without parameters it is empty.
   *
   * @param named whether names go with the types, as CLIENT_QUERY_ATTRIBUTES has it
   * @throws ConversionException where text does not fit the session's charset; nothing is written
   *     then
   * @throws IllegalStateException where a parameter is unset; nothing is written then
   */
  public void writeBinary(ByteWriter out, boolean sendTypes, boolean named) {
    BinaryParameters.write(this, out, sendTypes, named);
  }

  public void writeBinary(ByteWriter out, boolean sendTypes) {
    writeBinary(out, sendTypes, /* named= */ false);
  }

  /**
   * Writes one parameter as an SQL literal.
   *
   * <p>It needs no white space or parentheses around it, and it reads the same whether or not
   * NO_BACKSLASH_ESCAPES is set: text with a backslash is written in hexadecimal.
   *
   * @throws ConversionException where it is text and the session's charset could hide a quote
   */
  public void writeLiteral(int index, ByteWriter out) {
    LiteralParameters.write(this, index, out);
  }

  byte state(int index) {
    return states[index];
  }

  /** The type without the mark of unsigned integers. */
  int type(int index) {
    return types[index] & 0xFF;
  }

  boolean isUnsigned(int index) {
    return (types[index] & UNSIGNED) != 0;
  }

  /** The type with the mark of unsigned integers. */
  int wireType(int index) {
    return types[index] & 0xFFFF;
  }

  long number(int index) {
    return numbers[index];
  }

  @Nullable Object object(int index) {
    return objects[index];
  }

  /** The object of a parameter that is a text, a decimal or bytes. */
  Object present(int index) {
    return Objects.requireNonNull(objects[index]);
  }

  String name(int index) {
    String name = names == null ? null : names[index];
    return name == null ? "" : name;
  }

  SqlCharset charset() {
    return charset;
  }

  private void set(int index, ColumnType type, long number, @Nullable Object object) {
    states[index] = State.VALUE;
    types[index] = (short) type.code();
    numbers[index] = number;
    objects[index] = object;
  }
}
