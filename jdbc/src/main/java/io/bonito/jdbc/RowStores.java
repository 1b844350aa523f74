package io.bonito.jdbc;

import io.bonito.protocol.row.RowStore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Stores that closed results have left, for the next ones: most results are small, short-lived and
 * much like the one before. What lies here belongs to the whole process and is bounded, so that an
 * idle connection holds nothing.
 */
final class RowStores {
  /** A power of two. */
  private static final int PLACES = 32;

  /** 8 MiB in all. */
  private static final long LARGEST_KEPT = 256 * 1024;

  private static final AtomicReferenceArray<@Nullable RowStore> RESERVE =
      new AtomicReferenceArray<>(PLACES);

  private RowStores() {}

  /** An empty store. */
  static RowStore take() {
    int first = place();
    for (int i = 0; i < PLACES; i++) {
      int place = first + i & PLACES - 1;
      if (RESERVE.getPlain(place) != null) {
        RowStore left = RESERVE.getAndSet(place, null);
        if (left != null) {
          return left;
        }
      }
    }
    return new RowStore();
  }

  /** Takes back a store from which no row is read any more. */
  static void giveBack(RowStore store) {
    if (store.retainedBytes() > LARGEST_KEPT) {
      return;
    }
    store.clear();
    int first = place();
    for (int i = 0; i < PLACES; i++) {
      int place = first + i & PLACES - 1;
      // A place that was taken meanwhile costs a store, and nothing else.
      if (RESERVE.getPlain(place) == null) {
        RESERVE.set(place, store);
        return;
      }
    }
  }

  /** Where a thread looks first, so that it finds what it has left itself. */
  private static int place() {
    return (int) Thread.currentThread().getId() & PLACES - 1;
  }
}
