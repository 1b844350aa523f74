package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container throws an application away, and nothing of it stays. */
@Timeout(180)
class RedeployTest {
  private static final long DEADLINE = TimeUnit.SECONDS.toNanos(120);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void afterAnApplicationIsGoneNoThreadAndNoClassOfItStays(boolean recorded) throws Exception {
    URL driver = org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation();
    try (jdk.jfr.Recording recording = new jdk.jfr.Recording();
        URLClassLoader container =
            new URLClassLoader(new URL[] {driver}, ClassLoader.getPlatformClassLoader())) {
      if (recorded) {
        recording.enable("io.bonito.pool.BorrowWait").withoutThreshold();
        recording.start();
      }
      useDriver(container);
      WeakReference<ClassLoader> application = runAndForget(container);
      until(() -> threadsOf(application.get()).isEmpty());
      until(
          () -> {
            System.gc();
            return application.get() == null;
          });
      assertThat(application.get()).isNull();
    }
  }

  /**
   * The container's driver has been used before: H2 makes a thread when it opens its first database
   * ever, which keeps the context of whoever did that.
   */
  private static void useDriver(ClassLoader container) throws Exception {
    Driver driver = (Driver) container.loadClass("org.h2.Driver").getConstructor().newInstance();
    try (Connection connection = driver.connect("jdbc:h2:mem:container", new Properties())) {
      assertThat(connection.isClosed()).isFalse();
    }
  }

  /** No variable of the caller has the loader. */
  private static WeakReference<ClassLoader> runAndForget(ClassLoader container) throws Exception {
    URL[] classes = {
      Path.of("target/classes/").toUri().toURL(), Path.of("target/test-classes/").toUri().toURL()
    };
    try (URLClassLoader application = new URLClassLoader(classes, container)) {
      Class<?> type = application.loadClass("io.bonito.pool.RedeployedApplication");
      assertThat(type.getClassLoader()).isSameAs(application);
      Callable<?> program = (Callable<?>) type.getConstructor().newInstance();
      assertThat(program.call()).isEqualTo(List.of(3, 1, 0));
      return new WeakReference<>(application);
    }
  }

  private static List<Thread> threadsOf(ClassLoader application) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> application != null && thread.getContextClassLoader() == application)
        .toList();
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    long since = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - since < DEADLINE) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
