package io.bonito.pool;

import io.bonito.pool.jdbc.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One for each login. Passwords are kept as salted digests only; one that has changed is another
 * login, and what is no longer used goes when more come.
 */
final class OthersPools<P> {
  private static final int FEW = 16;
  private static final byte[] SALT = new byte[16];

  static {
    new SecureRandom().nextBytes(SALT);
  }

  private record Key(String user, String digest) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, P> pools = new HashMap<>();
  private final Predicate<P> endsIfUnused;

  /**
   * @param endsIfUnused ends one that nobody uses, and says whether it has
   */
  OthersPools(Predicate<P> endsIfUnused) {
    this.endsIfUnused = endsIfUnused;
  }

  P of(Login login, Supplier<P> maker) {
    Key key = new Key(login.user(), digest(login.password()));
    lock.lock();
    try {
      P present = pools.get(key);
      if (present != null) {
        return present;
      }
      if (pools.size() >= FEW) {
        pools.values().removeIf(endsIfUnused);
      }
      P made = maker.get();
      pools.put(key, made);
      return made;
    } finally {
      lock.unlock();
    }
  }

  List<P> all() {
    lock.lock();
    try {
      return new ArrayList<>(pools.values());
    } finally {
      lock.unlock();
    }
  }

  private static String digest(String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(SALT);
      return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
