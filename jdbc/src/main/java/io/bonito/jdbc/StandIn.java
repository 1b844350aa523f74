package io.bonito.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An artifact whose classes have the names of another driver's, for configurations that hold those
 * names.
 *
 * @param artifact the artifact that stands in
 * @param absent what it stands in for
 * @param itsResource a file of that one that has no namesake in ours
 * @param prefix of the URLs that it takes, with the colon at its end
 */
public record StandIn(String artifact, String absent, String itsResource, String prefix) {
  private static final String CONFIGURATION = "F0000";

  /**
   * Where both are there nobody can say which of the two a program gets, so then nothing is opened.
   *
   * @throws SQLException where the other one is visible; it says what to remove
   */
  void requireAlone(Class<?> standsIn) throws SQLException {
    if (isVisible(standsIn.getClassLoader())
        || isVisible(Thread.currentThread().getContextClassLoader())) {
      throw new SQLException(
          artifact
              + " stands in for "
              + absent
              + ", and both are on the class path: remove one of them",
          CONFIGURATION);
    }
  }

  private boolean isVisible(@Nullable ClassLoader loader) {
    return loader != null && loader.getResource(itsResource) != null;
  }
}
