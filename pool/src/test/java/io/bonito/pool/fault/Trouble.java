package io.bonito.pool.fault;

import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.Fault;
import io.bonito.testkit.server.Server;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What may happen to a server or on the way to it, and how it ends. */
enum Trouble {
  /** Nobody listens, and what was open is gone. */
  REFUSED {
    @Override
    void strike(Scene scene) throws Exception {
      scene.proxy().refuse();
      scene.toAll(new Fault.Action.Reset());
      scene.awaitRefusals(3);
    }

    @Override
    long heal(Scene scene) throws Exception {
      long now = System.nanoTime();
      scene.proxy().listenAgain();
      return now;
    }
  },
  /** As a proxy does whose servers are all away. */
  ACCEPTED_AND_CLOSED {
    @Override
    void strike(Scene scene) throws Exception {
      scene.toComing(Fault.before(Direction.TO_CLIENT, 0).cut());
      scene.toAll(new Fault.Action.Reset());
      scene.awaitRefusals(3);
    }

    @Override
    long heal(Scene scene) {
      long now = System.nanoTime();
      scene.proxy().heal();
      return now;
    }
  },
  /** It accepts, and says nothing. */
  SILENT_AT_LOGIN {
    @Override
    void strike(Scene scene) throws Exception {
      scene.toComing(Fault.before(Direction.TO_CLIENT, 0).stall());
      scene.toAll(new Fault.Action.Reset());
      awaitHanging(scene);
    }

    @Override
    long heal(Scene scene) {
      long now = System.nanoTime();
      scene.proxy().heal();
      return now;
    }
  },
  /** It greets, and says no more: in TLS where that is begun, else before the password. */
  SILENT_AFTER_ITS_GREETING {
    @Override
    void strike(Scene scene) throws Exception {
      scene.toComing(Fault.before(Direction.TO_CLIENT, 1).stall());
      scene.toAll(new Fault.Action.Reset());
      awaitHanging(scene);
    }

    @Override
    long heal(Scene scene) {
      long now = System.nanoTime();
      scene.proxy().heal();
      return now;
    }
  },
  /** Who was about to connect gets no answer ever; who comes later does. */
  LOGINS_LOST {
    @Override
    void strike(Scene scene) throws Exception {
      scene.toComing(Fault.before(Direction.TO_CLIENT, 0).swallow());
      scene.toAll(new Fault.Action.Reset());
      awaitHanging(scene);
    }

    @Override
    long heal(Scene scene) {
      // What has been swallowed does not come again.
      long now = System.nanoTime();
      scene.proxy().heal();
      return now;
    }
  },
  /** 1040. */
  TOO_MANY_CONNECTIONS {
    @Override
    int asks() {
      // After a close anywhere in the process, which the server may not have counted yet.
      return 6;
    }

    @Override
    void strike(Scene scene) {
      scene.fill();
      scene.awaitRefusals(2);
    }

    @Override
    long heal(Scene scene) {
      scene.empty();
      return System.nanoTime();
    }
  },
  RESET {
    @Override
    void strike(Scene scene) throws Exception {
      scene.toAll(new Fault.Action.Reset());
    }

    @Override
    long heal(Scene scene) {
      return System.nanoTime();
    }
  },
  ENDED_IN_ORDER {
    @Override
    void strike(Scene scene) throws Exception {
      scene.toAll(new Fault.Action.Cut());
    }

    @Override
    long heal(Scene scene) {
      return System.nanoTime();
    }
  },
  KILLED_BY_AN_OPERATOR {
    @Override
    void strike(Scene scene) {
      scene.killSessions();
    }

    @Override
    long heal(Scene scene) {
      return System.nanoTime();
    }
  },
  /** The server's threads stand still, and go on. */
  STOPPED_FOR_A_WHILE {
    @Override
    void strike(Scene scene) {
      scene.server().pause();
      scene.crews().forEach(Crew::awaitStandstill);
    }

    @Override
    long heal(Scene scene) {
      scene.server().resume();
      return System.nanoTime();
    }
  },
  /** The last one: another server stands there afterwards, at the same port. */
  KILLED_AND_STARTED_AGAIN {
    @Override
    boolean throughProxy() {
      return false;
    }

    @Override
    void strike(Scene scene) {
      scene.server().close();
      scene.awaitRefusals(3);
    }

    @Override
    long heal(Scene scene) throws Exception {
      Server before = scene.server();
      CompletableFuture<Long> accepts = Scene.firstGreeting(before.port());
      scene.startAgain();
      return accepts.get(60, TimeUnit.SECONDS);
    }
  };

  boolean throughProxy() {
    return true;
  }

  /** How often a driver is asked at most for one attempt of the pool. */
  int asks() {
    return 1;
  }

  /** Begins, and goes on for so long that all pools have noticed. */
  abstract void strike(Scene scene) throws Exception;

  /**
   * Ends it.
   *
   * @return since when a new connection is taken
   */
  abstract long heal(Scene scene) throws Exception;

  private static void awaitHanging(Scene scene) {
    for (Crew crew : scene.crews()) {
      crew.await("attempts that hang", () -> crew.status().opening() >= 2);
    }
  }
}
