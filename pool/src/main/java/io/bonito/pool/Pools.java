package io.bonito.pool;

import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.echo.Echo;
import io.bonito.pool.kind.Pool;
import io.bonito.pool.kind.PoolKind;
import io.bonito.pool.kind.PoolKinds;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.PoolObserver;
import io.bonito.pool.lending.Settings;
import io.bonito.pool.lending.Source;
import io.bonito.pool.lending.SystemWorld;
import io.bonito.pool.management.Management;
import io.bonito.pool.recording.Recording;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Makes pools of what is no connection of JDBC, by the same arguments. */
public final class Pools {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Pools() {}

  /**
   * A pool that is not started yet.
   *
   * @param timeoutNanos how long borrowers wait, for JMX to read and change
   * @throws IllegalArgumentException where there is no kind of that name
   */
  public static <T> Pool<T> of(
      PoolArguments arguments, Budget budget, Source<T> source, AtomicLong timeoutNanos) {
    PoolKind kind = PoolKinds.named(arguments.get(Arguments.POOL_CLASS));
    String given = arguments.get(Arguments.LOGGING_NAME);
    String name = given.isEmpty() ? "async-" + kind.name() + "-" + NUMBER.incrementAndGet() : given;
    Settings settings = PoolKinds.settings(name, arguments);
    String echo = arguments.get(Arguments.ECHO);
    Management management = Management.place(arguments.get(Arguments.REGISTER_MBEANS));
    PoolObserver observer =
        PoolObserver.both(
            Recording.observer(), PoolObserver.both(Echo.observer(echo), management.observer()));
    Pool<T> pool =
        kind.create(
            new Pool.Parts<>(
                settings,
                source,
                Echo.listener(echo, name, null),
                SystemWorld.INSTANCE,
                budget,
                arguments.get(Arguments.BUDGET_MINIMUM),
                observer),
            arguments);
    Epoch.include(pool);
    management.register().accept(pool, timeoutNanos);
    return pool;
  }
}
