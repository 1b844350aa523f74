package io.bonito.pool.naming;

import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.bean.PooledDataSourceBean;
import io.bonito.pool.kind.PoolKinds;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pool that a container's resource describes.
 *
 * <pre>
 *   &lt;Resource name="jdbc/shop" type="javax.sql.DataSource" auth="Container"
 *       factory="io.bonito.pool.naming.DataSourceFactory" closeMethod="close"
 *       url="jdbc:mysql://db/shop" username="app" password="secret"
 *       pool_class="QueuePool" pool_size="10" /&gt;
 * </pre>
 *
 * <p>A reference may come from anywhere, so no class is loaded by a name in it, nothing is looked
 * up, and no connection is opened before one is asked for. {@code driverClassName} chooses among
 * the drivers that are registered.
 */
public final class DataSourceFactory implements ObjectFactory {
  /** What containers say to themselves. */
  private static final Set<String> OF_THE_CONTAINER =
      Set.of("scope", "auth", "singleton", "factory", "description", "closeMethod", "type");

  /** Made by the container. */
  public DataSourceFactory() {}

  /**
   * Null where it is no reference to a {@code DataSource}.
   *
   * @throws NamingException where something in the reference is wrong
   */
  @Override
  public @Nullable Object getObjectInstance(
      Object object,
      @Nullable Name name,
      @Nullable Context context,
      @Nullable Hashtable<?, ?> environment)
      throws NamingException {
    if (!(object instanceof Reference reference) || !isDataSource(reference.getClassName())) {
      return null;
    }
    PooledDataSourceBean pool = new PooledDataSourceBean();
    Map<String, String> arguments = new HashMap<>();
    for (RefAddr address : Collections.list(reference.getAll())) {
      if (OF_THE_CONTAINER.contains(address.getType())) {
        continue;
      }
      if (!(address instanceof StringRefAddr)) {
        throw new NamingException(address.getType() + " is no text");
      }
      say(pool, arguments, address.getType(), String.valueOf(address.getContent()));
    }
    try {
      PoolKinds.named(PoolArguments.of(arguments).get(Arguments.POOL_CLASS));
    } catch (IllegalArgumentException e) {
      NamingException wrong = new NamingException(e.getMessage());
      wrong.initCause(e);
      throw wrong;
    }
    pool.setArguments(arguments);
    return pool;
  }

  private static boolean isDataSource(String className) {
    return className.equals("javax.sql.DataSource")
        || className.equals(PooledDataSourceBean.class.getName());
  }

  private static void say(
      PooledDataSourceBean pool, Map<String, String> arguments, String name, String value)
      throws NamingException {
    switch (name) {
      case "url" -> pool.setUrl(value);
      case "username", "user" -> pool.setUsername(value);
      case "password" -> pool.setPassword(value);
      case "driverClassName" -> pool.setDriverClassName(value);
      case "connectionProperties" -> pool.setConnectionProperties(properties(value));
      default -> {
        if (!PoolArguments.isName(name)) {
          Optional<String> meant = PoolArguments.nearest(name);
          throw new NamingException(
              name
                  + " is no setting of a pool"
                  + meant.map(nearest -> "; is it " + nearest + "?").orElse(""));
        }
        arguments.put(name, value);
      }
    }
  }

  /** {@code a=b;c=d}. */
  private static Properties properties(String text) throws NamingException {
    Properties properties = new Properties();
    for (String each : text.split(";", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        properties.setProperty(each.substring(0, equals).trim(), each.substring(equals + 1).trim());
      } else if (!each.isBlank()) {
        throw new NamingException("connectionProperties: name=value is due, and not " + each);
      }
    }
    return properties;
  }
}
