package io.bonito.jdbc;

import io.bonito.protocol.option.Scheme;
import java.sql.SQLException;

/**
 * The driver that DriverManager finds by itself. It is polite: a rival's own URL is the rival's,
 * wherever the rival's driver is on the class path.
 *
 * <pre>
 *   jdbc:bonito:…      always
 *   jdbc:mysql:…       where com.mysql.cj.jdbc.Driver is not visible
 *   jdbc:mariadb:…     where org.mariadb.jdbc.Driver is not visible
 *   none of them       where somebody has named {@link Driver}, which takes them all
 * </pre>
 *
 * <p>Two drivers for one URL would be worse than none: DriverManager tries the second where the
 * first one's login fails.
 */
public final class AutoDriver extends BonitoDriver {
  private static final String CONNECTOR_J = "com/mysql/cj/jdbc/Driver.class";
  private static final String MARIADB_CONNECTOR_J = "org/mariadb/jdbc/Driver.class";

  static {
    // DriverManager only loads what ServiceLoader finds.
    register(new AutoDriver(true));
  }

  /** Whether {@link Driver} is registered too. */
  static volatile boolean named;

  private final boolean registered;

  /** For ServiceLoader. */
  public AutoDriver() {
    this(false);
  }

  private AutoDriver(boolean registered) {
    this.registered = registered;
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    if (!super.acceptsURL(url) || (registered && named)) {
      return false;
    }
    if (url.startsWith(Scheme.MYSQL.prefix())) {
      return !isVisible(CONNECTOR_J);
    }
    return !url.startsWith(Scheme.MARIADB.prefix()) || !isVisible(MARIADB_CONNECTOR_J);
  }

  /** Looks for the file only: the class is neither loaded nor initialised. */
  private static boolean isVisible(String classFile) {
    ClassLoader own = AutoDriver.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return (own != null && own.getResource(classFile) != null)
        || (context != null && context != own && context.getResource(classFile) != null);
  }
}
