package io.bonito.pool.jdbc;

import java.util.function.Supplier;

/**
 * Who connects.
 *
 * @param password in clear, so keep this no longer than connecting takes; a {@link Supplier} of it
 *     is asked each time that a connection is opened
 */
public record Login(String user, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return user;
  }
}
