package io.bonito.testkit.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client just good enough to set a server up and to ask it what it saw: root without a password,
 * plain TCP on the loopback, text results.
 *
 * <pre>{@code
 * admin.execute("CREATE TABLE t (id INT); INSERT INTO t VALUES (1)");
 * admin.query("SELECT id FROM t");      // [[1]]
 * }</pre>
 *
 * <p>For one thread.
 */
public final class AdminConnection implements AutoCloseable {
  /**
   * LONG_PASSWORD, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, MULTI_STATEMENTS, MULTI_RESULTS,
   * PLUGIN_AUTH.
   */
  private static final int CAPABILITIES =
      1 | 1 << 9 | 1 << 13 | 1 << 15 | 1 << 16 | 1 << 17 | 1 << 19;

  private static final int MORE_RESULTS = 8;
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final String version;
  private int sequence;

  private AdminConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
    this.version = logIn();
  }

  static AdminConnection open(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      return new AdminConnection(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** The version as the server's greeting tells it. */
  public String version() {
    return version;
  }

  /** Runs statements, separated by semicolons, and forgets their results. */
  public void execute(String statements) {
    query(statements);
  }

  /**
   * Runs statements and returns the rows of the last one that has some.
   *
   * @return values as the server prints them; null for NULL
   * @throws IllegalStateException where the server refuses one; the message is the server's
   */
  public List<List<@Nullable String>> query(String statements) {
    try {
      byte[] text = statements.getBytes(StandardCharsets.UTF_8);
      byte[] command = new byte[1 + text.length];
      command[0] = 3;
      System.arraycopy(text, 0, command, 1, text.length);
      sequence = 0;
      send(command);
      List<List<@Nullable String>> rows = List.of();
      for (boolean more = true; more; ) {
        Payload head = receive();
        if (head.first() == 0) {
          more = head.okSaysMore();
        } else {
          List<List<@Nullable String>> result = new ArrayList<>();
          more = readRows((int) head.readLength(), result);
          rows = result;
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to: " + statements, e);
    }
  }

  /** The one value of a statement that yields one. */
  public @Nullable String value(String statement) {
    return query(statement).get(0).get(0);
  }

  /** Reads definitions and rows; says whether a further result follows. */
  private boolean readRows(int columnCount, List<List<@Nullable String>> rows) throws IOException {
    for (int packet = 0; packet <= columnCount; packet++) {
      receive();
    }
    for (Payload row = receive(); ; row = receive()) {
      if (row.first() == 0xfe && row.bytes.length < 9) {
        return (row.bytes[3] & MORE_RESULTS) != 0;
      }
      List<@Nullable String> values = new ArrayList<>();
      for (int column = 0; column < columnCount; column++) {
        values.add(row.readText());
      }
      rows.add(values);
    }
  }

  private String logIn() throws IOException {
    Payload greeting = receive();
    if (greeting.first() != 10) {
      throw new IOException("greeting of version " + greeting.first() + " where 10 was due");
    }
    greeting.position = 1;
    String greeted = greeting.readNulTerminated();
    // thread id, scramble, filler, capabilities, collation, status, capabilities, length, filler
    greeting.position += 4 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10;
    greeting.readNulTerminated();
    String plugin = greeting.readNulTerminated();

    ByteArrayOutputStream response = new ByteArrayOutputStream();
    writeInt(response, CAPABILITIES);
    writeInt(response, 1 << 24);
    response.write(45);
    response.writeBytes(new byte[23]);
    response.writeBytes("root\0".getBytes(StandardCharsets.US_ASCII));
    // No password: every method takes an empty answer.
    response.write(0);
    response.writeBytes((plugin + "\0").getBytes(StandardCharsets.US_ASCII));
    send(response.toByteArray());
    for (Payload answer = receive(); answer.first() != 0; answer = receive()) {
      if (answer.first() == 0xfe) {
        send(new byte[0]);
      }
    }
    return greeted;
  }

  private static void writeInt(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }

  private void send(byte[] payload) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream(payload.length + 4);
    writeInt(packet, payload.length | (sequence++ << 24));
    packet.writeBytes(payload);
    out.write(packet.toByteArray());
  }

  private Payload receive() throws IOException {
    int header = Integer.reverseBytes(in.readInt());
    sequence = (header >>> 24) + 1;
    Payload payload = new Payload(in.readNBytes(header & 0xffffff));
    if (payload.bytes.length < (header & 0xffffff)) {
      throw new EOFException("the server closed the connection");
    }
    if (payload.first() == 0xff) {
      throw new IllegalStateException(payload.errorText());
    }
    return payload;
  }

  @Override
  public void close() {
    try {
      sequence = 0;
      send(new byte[] {1});
      socket.close();
    } catch (IOException e) {
      // The server may be gone; that is why some tests close.
    }
  }

  /** One packet's content and how far it was read. */
  private static final class Payload {
    private final byte[] bytes;
    private int position;

    Payload(byte[] bytes) {
      this.bytes = bytes;
    }

    int first() {
      return bytes.length == 0 ? -1 : bytes[0] & 0xff;
    }

    long readLength() {
      int first = bytes[position++] & 0xff;
      int size = first < 0xfb ? 0 : first == 0xfb ? -1 : first == 0xfc ? 2 : first == 0xfd ? 3 : 8;
      if (size <= 0) {
        return size < 0 ? -1 : first;
      }
      long value = 0;
      for (int i = 0; i < size; i++) {
        value |= (bytes[position++] & 0xffL) << (8 * i);
      }
      return value;
    }

    @Nullable String readText() {
      int length = (int) readLength();
      if (length < 0) {
        return null;
      }
      position += length;
      return new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    String readNulTerminated() {
      int start = position;
      while (bytes[position] != 0) {
        position++;
      }
      return new String(bytes, start, position++ - start, StandardCharsets.UTF_8);
    }

    boolean okSaysMore() {
      position = 1;
      readLength();
      readLength();
      return (bytes[position] & MORE_RESULTS) != 0;
    }

    String errorText() {
      int code = (bytes[1] & 0xff) | (bytes[2] & 0xff) << 8;
      byte[] text = Arrays.copyOfRange(bytes, 3, bytes.length);
      return code + " " + new String(text, StandardCharsets.UTF_8);
    }
  }
}
