package io.bonito.protocol.exchange;

/**
 * The first byte of each command.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html">Command
 *     Phase</a>
 */
final class Command {
  static final int QUIT = 0x01;
  static final int INIT_DB = 0x02;
  static final int QUERY = 0x03;
  static final int PING = 0x0E;
  static final int STMT_PREPARE = 0x16;
  static final int STMT_EXECUTE = 0x17;
  static final int STMT_SEND_LONG_DATA = 0x18;
  static final int STMT_CLOSE = 0x19;
  static final int STMT_RESET = 0x1A;
  static final int SET_OPTION = 0x1B;
  static final int STMT_FETCH = 0x1C;
  static final int RESET_CONNECTION = 0x1F;

  /** MariaDB's. */
  static final int STMT_BULK_EXECUTE = 0xFA;

  private Command() {}
}
