package io.bonito.integrationkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import io.bonito.testkit.script.Conversation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Recorded conversations with seeded damage: nothing but the three documented exceptions may come
 * out, and the session ends where it must. {@code -Dbonito.damage=200000} asks for more rounds.
 */
class DamagedConversationsTest {
  private static final int ROUNDS = Integer.getInteger("bonito.damage", 20_000);
  private static final int FIRST_SEED = Integer.getInteger("bonito.damage.seed", 0);

  @Test
  void damageIsReportedAsDamage() {
    List<Conversation> conversations = Conversations.all();
    Map<String, String> surprises = new ConcurrentSkipListMap<>();
    long refused =
        IntStream.range(FIRST_SEED, FIRST_SEED + ROUNDS)
            .parallel()
            .filter(seed -> isRefused(conversations, seed, surprises))
            .count();
    assertThat(surprises).isEmpty();
    assertThat(refused).as("rounds whose damage was noticed").isGreaterThan(ROUNDS / 4);
  }

  private static boolean isRefused(
      List<Conversation> conversations, int seed, Map<String, String> surprises) {
    Random dice = new Random(seed);
    Conversation whole = conversations.get(seed % conversations.size());
    Replay replay = new Replay(Damage.of(whole, dice));
    try {
      replay.inPieces(dice.nextBoolean() ? 100_000 : 7);
      replay.cutAfter(0, 1);
      return false;
    } catch (MalformedPacketException | RefusedDemandException expected) {
      if (!replay.session().hasEnded()) {
        surprises.put("goes on after " + expected, whole.name() + ", seed " + seed);
      }
      return true;
    } catch (RuntimeException | Error surprise) {
      surprises.put(first(surprise), whole.name() + ", seed " + seed);
      return false;
    }
  }

  private static String first(Throwable surprise) {
    StringWriter trace = new StringWriter();
    surprise.printStackTrace(new PrintWriter(trace));
    return trace.toString().lines().limit(8).reduce("", (all, line) -> all + "\n" + line);
  }

  /** Reads all that it is told, in every way there is. */
  private static final class Replay extends MemoryReplay {
    Replay(Conversation conversation) {
      super(conversation);
      withoutLookingAtTheClient();
    }

    @Override
    void ask(String line) {
      try {
        super.ask(line);
      } catch (IllegalStateException e) {
        // What this asks builds on an answer that damage has taken away.
        cutAfter(0, 1);
      } catch (ConversionException e) {
        // Damage has changed the character set that the server reads.
      }
    }

    @Override
    void told(Event event) {
      try {
        super.told(event);
      } catch (ConversionException e) {
        // A value that is none; the session goes on.
      }
      if (event == Event.ROW) {
        readAll(session().row());
      }
    }

    private static void readAll(Row row) {
      for (int column = 0; column < row.columns().count(); column++) {
        int index = column;
        List<Runnable> getters =
            List.of(
                () -> row.getString(index),
                () -> row.getObject(index),
                () -> row.getBytes(index),
                () -> row.getBoolean(index),
                () -> row.getInt(index),
                () -> row.getLong(index),
                () -> row.getDouble(index),
                () -> row.getFloat(index),
                () -> row.getBigDecimal(index),
                () -> row.getBigInteger(index),
                () -> row.getLocalDate(index),
                () -> row.getLocalTime(index),
                () -> row.getLocalDateTime(index),
                () -> row.getDuration(index));
        for (Runnable getter : getters) {
          try {
            getter.run();
          } catch (ConversionException e) {
            // Not every type can be had of every column.
          }
        }
      }
    }
  }
}
