package io.bonito.integrationkit;

import io.bonito.protocol.exchange.Event;
import io.bonito.testkit.script.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * After how many bytes of the server each event of a conversation is due. Found by giving it to a
 * session byte by byte, without a socket.
 */
final class Ledger {
  /** What happens between transport and session is no business of the caller. */
  private static final Set<Event> UNTOLD =
      Set.of(Event.READY, Event.START_TLS, Event.LOCAL_DATA, Event.CLOSED, Event.EXPIRED);

  private record Due(int afterBytes, String text) {}

  private final List<Due> entries = new ArrayList<>();
  private int loginBytes;

  private Ledger() {}

  static Ledger of(Conversation conversation) {
    Ledger ledger = new Ledger();
    MemoryReplay replay =
        new MemoryReplay(conversation) {
          @Override
          void told(Event event) {
            super.told(event);
            if (event == Event.READY) {
              ledger.loginBytes = bytesGiven();
            }
            if (!UNTOLD.contains(event)) {
              ledger.entries.add(new Due(bytesGiven(), events().get(events().size() - 1)));
            }
          }
        };
    replay.inPieces(1);
    return ledger;
  }

  /** How many bytes bring the login to its end; 0 where it is refused. */
  int loginBytes() {
    return loginBytes;
  }

  /** What is told when so many bytes have come and no more. */
  List<String> after(int bytes) {
    return entries.stream().filter(due -> due.afterBytes <= bytes).map(Due::text).toList();
  }

  /** All that is told. */
  List<String> all() {
    return after(Integer.MAX_VALUE);
  }

  /** The numbers of bytes behind which something new has been told, or the login is complete. */
  List<Integer> turns() {
    List<Integer> turns = new ArrayList<>();
    turns.add(loginBytes);
    for (Due due : entries) {
      if (due.afterBytes > turns.get(turns.size() - 1)) {
        turns.add(due.afterBytes);
      }
    }
    return turns;
  }
}
