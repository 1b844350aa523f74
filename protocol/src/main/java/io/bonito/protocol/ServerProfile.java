package io.bonito.protocol;

import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What does not change from one connection to the next, asked once for each host by the first
 * connection of the process, alone.
 *
 * <pre>{@code
 * ServerProfile.Answers answers = new ServerProfile.Answers();
 * for (String question : ServerProfile.QUESTIONS) {
 *   // query it; answers.add(session.row()) at each ROW; an error is no failure, go on
 * }
 * ServerProfile profile = answers.profile(session.state().server());
 * }</pre>
 *
 * @param known false where nothing was asked or answered yet
 * @param versionComment what the server says of itself, for example {@code MySQL Community Server}
 * @param auroraVersion empty for all but Amazon Aurora
 * @param waitTimeout after how long the server closes an idle connection; zero where not known
 * @param maxAllowedPacket bytes of the largest command that the server takes; 0 where not known
 * @param maxPreparedStatements for all connections together; 0 where not known
 * @param timeZone {@code SYSTEM} or a zone or offset
 * @param systemTimeZone what SYSTEM means, in the words of the server's machine
 * @param sqlMode as a new session has it
 * @param lowerCaseTableNames 0, 1 or 2, as the server's manual has it
 */
public record ServerProfile(
    boolean known,
    ServerProduct product,
    String versionComment,
    String auroraVersion,
    Duration waitTimeout,
    long maxAllowedPacket,
    long maxPreparedStatements,
    String timeZone,
    String systemTimeZone,
    String sqlMode,
    int lowerCaseTableNames) {
  /**
   * Two, because ProxySQL answers the first by itself, letter by letter as it stands here, and
   * hands the second on to a server that knows nothing of it. The second gives no error where a
   * variable does not exist, as aurora_version on all but Aurora.
   */
  public static final List<String> QUESTIONS =
      List.of(
          "select @@version_comment limit 1",
          "SHOW VARIABLES WHERE Variable_name IN ('aurora_version','wait_timeout',"
              + "'max_allowed_packet','max_prepared_stmt_count','time_zone','system_time_zone',"
              + "'sql_mode','lower_case_table_names')");

  /** Before anything is known. */
  public static ServerProfile unknown(ServerVersion version) {
    return new Answers().profile(version);
  }

  /** Before there is a connection at all. */
  public static final ServerProfile UNKNOWN = unknown(new ServerVersion("", false, 0, 0, 0));

  /**
   * Whether commands may be written before earlier ones are answered, unless an option says
   * otherwise. Old servers and some proxies lose such commands, and then all wait for ever.
   */
  public boolean mayPipeline(ServerVersion version) {
    if (!known || !product.readsInOrder()) {
      return false;
    }
    // Aurora 1 and 2 hang, whatever version of MySQL they say they are.
    if (auroraVersion.startsWith("1.") || auroraVersion.startsWith("2.")) {
      return false;
    }
    return version.mariaDb() ? version.isAtLeast(10, 2, 0) : version.isAtLeast(8, 0, 0);
  }

  /**
   * How large a command may be: it must have fewer bytes.
   *
   * @param wanted by the options; 0 for what the server takes
   */
  public long largestCommand(long wanted) {
    long taken = maxAllowedPacket > 0 ? maxAllowedPacket : Long.MAX_VALUE;
    return wanted > 0 ? Math.min(wanted, taken) : taken;
  }

  /** The rows of the answers to {@link #QUESTIONS}, in any order. */
  public static final class Answers {
    /** More than are asked for: the answers stay in memory, and a server may say anything. */
    private static final int MOST_VARIABLES = 64;

    private static final int LONGEST_TEXT = 4096;

    private final Map<String, String> variables = new HashMap<>();
    private String versionComment = "";
    private boolean commented;

    /** Takes one row: of one column for the comment, of two for a variable and its value. */
    public void add(Row row) {
      int count = row.columns().count();
      if (count == 1) {
        String comment = text(row, 0);
        versionComment = comment == null ? "" : comment;
        commented = true;
      } else if (count == 2 && variables.size() < MOST_VARIABLES) {
        String name = text(row, 0);
        String value = text(row, 1);
        if (name != null && value != null) {
          variables.put(name.toLowerCase(Locale.ROOT), value);
        }
      }
    }

    /** What is no text, or far too long for an answer, counts as not said. */
    private static @Nullable String text(Row row, int column) {
      if (row.length(column) > LONGEST_TEXT) {
        return null;
      }
      try {
        return row.getString(column);
      } catch (ConversionException e) {
        return null;
      }
    }

    /** What was learnt; known only where both questions were answered. */
    public ServerProfile profile(ServerVersion version) {
      String auroraVersion = text("aurora_version");
      return new ServerProfile(
          commented && !variables.isEmpty(),
          ServerProduct.of(version, versionComment, auroraVersion),
          versionComment,
          auroraVersion,
          Duration.ofSeconds(number("wait_timeout")),
          number("max_allowed_packet"),
          number("max_prepared_stmt_count"),
          text("time_zone"),
          text("system_time_zone"),
          text("sql_mode"),
          (int) Math.min(number("lower_case_table_names"), 2));
    }

    private String text(String name) {
      return variables.getOrDefault(name, "");
    }

    /** A server may say anything here; what is no number below 10^18 counts as not said. */
    private long number(String name) {
      String text = text(name);
      if (text.length() > 18) {
        return 0;
      }
      long number = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < '0' || c > '9') {
          return 0;
        }
        number = number * 10 + (c - '0');
      }
      return number;
    }
  }
}
