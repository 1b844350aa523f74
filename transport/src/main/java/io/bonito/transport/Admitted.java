package io.bonito.transport;

import io.bonito.protocol.failure.ConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/** The permits of one socket, given back once. */
final class Admitted {
  /** Loaded once: who counts has to count from the beginning. */
  private static final List<Admission> COUNTING =
      ServiceLoader.load(Admission.class, Admission.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private static final Admitted FREELY = new Admitted(List.of());

  private final List<Admission.Permit> permits;
  private final AtomicBoolean given = new AtomicBoolean();

  private Admitted(List<Admission.Permit> permits) {
    this.permits = permits;
  }

  static Admitted of(Admission.Purpose purpose, String target, ConnectDeadline deadline)
      throws ConnectionException {
    if (COUNTING.isEmpty()) {
      return FREELY;
    }
    Admitted admitted = new Admitted(new ArrayList<>(COUNTING.size()));
    boolean complete = false;
    try {
      for (Admission admission : COUNTING) {
        Admission.Permit permit = admission.admit(purpose, deadline.nanosLeft());
        if (permit != Admission.Permit.UNCOUNTED) {
          admitted.permits.add(permit);
        }
      }
      complete = true;
      return admitted.permits.isEmpty() ? FREELY : admitted;
    } catch (Admission.NoRoomException e) {
      throw deadline.passed(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConnectionException.lost(
          target,
          "the thread was interrupted while it connected",
          /* commandMayHaveRun= */ false,
          e);
    } finally {
      if (!complete) {
        admitted.giveBack();
      }
    }
  }

  /** Whether somebody waits for its end. */
  boolean isCounted() {
    return !permits.isEmpty();
  }

  void giveBack() {
    if (isCounted() && given.compareAndSet(false, true)) {
      permits.forEach(Admission.Permit::giveBack);
    }
  }
}
