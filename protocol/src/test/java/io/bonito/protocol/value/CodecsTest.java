package io.bonito.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often a class loader is asked for codecs, and that it can go. */
@Timeout(120)
class CodecsTest {
  private static final String SERVICES = "META-INF/services/" + Codec.class.getName();

  @TempDir private Path folder;

  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  @Test
  void aClassLoaderIsAskedOnceWhileItsCodecsAreInUse() throws Exception {
    Application one = application(MarkCodec.class.getName());
    Codecs first = foundBy(one);
    Codecs second = foundBy(one);
    assertThat(second).isSameAs(first);
    assertThat(one.asked).isOne();

    Application other = application(MarkCodec.class.getName());
    assertThat(foundBy(other)).isNotSameAs(first);
    assertThat(other.asked).isOne();
  }

  @Test
  void aClassLoaderWithoutCodecsIsAskedOnce() throws Exception {
    Application bare = application("");
    assertThat(foundBy(bare)).isSameAs(Codecs.NONE);
    assertThat(foundBy(bare)).isSameAs(Codecs.NONE);
    assertThat(bare.asked).isOne();
  }

  @Test
  void aCodecThatCannotBeHadIsSaidEachTime() throws Exception {
    Application broken = application("no.such.Codec");
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> foundBy(broken))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no.such.Codec");
      assertThat(broken.asked).isEqualTo(attempt);
    }
  }

  /** Else each redeployment in a container would leave its application's classes behind. */
  @Test
  void aClassLoaderCanGoThoughItsCodecsWereFound() throws Exception {
    WeakReference<ClassLoader> gone = usedAndDropped();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (gone.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(gone.get()).isNull();
  }

  private WeakReference<ClassLoader> usedAndDropped() throws Exception {
    Application application = application(MarkCodec.class.getName());
    Codecs found = foundBy(application);
    Object mark = application.loadClass(Mark.class.getName()).getConstructor().newInstance();
    assertThat(found.write(mark, new Parameters(1), 0)).isTrue();
    assertThat(mark.getClass().getClassLoader()).isSameAs(application);
    return new WeakReference<>(application);
  }

  private Codecs foundBy(Application application) {
    Thread.currentThread().setContextClassLoader(application);
    try {
      return Codecs.found();
    } finally {
      Thread.currentThread().setContextClassLoader(usual);
    }
  }

  private Application application(String codec) throws IOException {
    Path services = Files.createTempFile(folder, "services", "");
    Files.writeString(services, codec);
    return new Application(services.toUri().toURL(), CodecsTest.class.getClassLoader());
  }

  /** The class loader of an application that has a codec of its own. */
  private static final class Application extends ClassLoader {
    private final URL services;
    int asked;

    Application(URL services, ClassLoader parent) {
      super(parent);
      this.services = services;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (!name.equals(SERVICES)) {
        return super.getResources(name);
      }
      asked++;
      return Collections.enumeration(Collections.singleton(services));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Mark.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : own(name);
    }

    private Class<?> own(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** A type that only the application knows. */
  public static final class Mark {}

  public static final class MarkCodec implements Codec<Mark> {
    @Override
    public Class<Mark> javaType() {
      return Mark.class;
    }

    @Override
    public Mark read(ColumnDecoder decoder, byte[] bytes, int offset, int length) {
      return new Mark();
    }

    @Override
    public void write(Mark value, Parameters parameters, int index) {
      parameters.setLong(index, 1);
    }
  }
}
