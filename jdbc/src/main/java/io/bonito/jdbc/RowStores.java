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
    RowStore left = RESERVE.getAndSet(place(), null);
    return left == null ? new RowStore() : left;
  }

  /** Takes back a store from which no row is read any more. */
  static void giveBack(RowStore store) {
    if (store.retainedBytes() <= LARGEST_KEPT) {
      store.clear();
      RESERVE.set(place(), store);
    }
  }

  /** Threads that come one after the other have places beside each other; nothing depends on it. */
  private static int place() {
    return (int) Thread.currentThread().getId() & PLACES - 1;
  }
}
