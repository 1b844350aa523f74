package io.bonito.spring;

import io.bonito.pool.argument.Argument;
import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.bean.PooledDataSourceBean;
import java.beans.PropertyDescriptor;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.lookup.JndiDataSourceLookup;
import org.springframework.util.ClassUtils;

/**
 * One data source, read as it was configured, and the pool of ours that does what it would have
 * done.
 */
final class ConfiguredPool {
  /** What opens a connection for each call, and so wants a pool. */
  private static final Set<String> UNPOOLED =
      Set.of(
          "org.springframework.jdbc.datasource.DriverManagerDataSource",
          "org.springframework.jdbc.datasource.SimpleDriverDataSource");

  /** What Spring Boot sets of Tomcat's pool by itself. */
  private static final Set<String> BY_BOOT = Set.of("testonborrow", "validationquery", "name");

  /** Settings of every data source that a pool asks its driver for. */
  private static final Set<String> OF_THE_DRIVER = Set.of("logwriter", "logintimeout");

  private final String name;
  private final DataSource source;
  private final @Nullable String prefix;
  private final boolean isOfBoot;
  private final ConfigurableApplicationContext context;
  private final PoolSettings settings;
  private final PooledDataSourceBean pool;

  ConfiguredPool(
      String name,
      DataSource source,
      @Nullable String prefix,
      boolean isOfBoot,
      ConfigurableApplicationContext context,
      PoolSettings settings) {
    this.name = name;
    this.source = source;
    this.prefix = prefix;
    this.isOfBoot = isOfBoot;
    this.context = context;
    this.settings = settings;
    pool = source instanceof PooledDataSourceBean present ? present : new PooledDataSourceBean();
  }

  /**
   * Null where the data source is to stay as it is.
   *
   * @throws PoolConfigurationException where a setting is wrong or cannot be honoured
   */
  @Nullable PooledDataSourceBean make() {
    Optional<RivalPool> rival = RivalPool.of(source);
    Translation translation = new Translation();
    if (rival.isPresent()) {
      if (isRunning(rival.get())) {
        return null;
      }
      BeanWrapper bean = new BeanWrapperImpl(source);
      takeConnecting(bean);
      translate(rival.get(), bean, translation);
    } else if (UNPOOLED.contains(source.getClass().getName())) {
      pool.setDataSource(source);
    } else if (source != pool || pool.pool() != null) {
      return null;
    }
    if (isOfBoot) {
      for (RivalPool other : RivalPool.all()) {
        if (!other.prefix.equals(prefix)) {
          translateForeign(other, translation);
        }
      }
    }
    return open(translation);
  }

  // --- how connections are opened ---

  /** Asks the field: a getter may begin the pool. */
  private boolean isRunning(RivalPool rival) {
    return new DirectFieldAccessor(source).getPropertyValue(rival.begun) != null;
  }

  private void takeConnecting(BeanWrapper bean) {
    String url = text(bean, "jdbcUrl");
    pool.setUrl(url == null ? text(bean, "url") : url);
    pool.setUsername(text(bean, "username"));
    String inner = text(bean, "poolProperties.password");
    pool.setPassword(inner == null ? text(bean, "password") : inner);
    pool.setDriverClassName(text(bean, "driverClassName"));
    Properties more = new Properties();
    for (String each : List.of("dataSourceProperties", "dbProperties")) {
      if (value(bean, each) instanceof Properties properties) {
        more.putAll(properties);
      }
    }
    more.remove("user");
    more.remove("password");
    pool.setConnectionProperties(more);
    takeDataSource(bean, more);
  }

  /** Some pools may stand on a data source instead of a driver. */
  private void takeDataSource(BeanWrapper bean, Properties properties) {
    String type = text(bean, "dataSourceClassName");
    String jndi = text(bean, "dataSourceJNDI");
    if (value(bean, "dataSource") instanceof DataSource given) {
      pool.setDataSource(given);
    } else if (jndi != null) {
      pool.setDataSource(new JndiDataSourceLookup().getDataSource(jndi));
    } else if (type != null) {
      DataSource made = instance(type, DataSource.class);
      BeanWrapper target = new BeanWrapperImpl(made);
      properties.forEach((key, value) -> target.setPropertyValue(String.valueOf(key), value));
      pool.setDataSource(made);
    }
  }

  private <T> T instance(String className, Class<T> type) {
    try {
      Class<?> found = ClassUtils.forName(className, context.getClassLoader());
      return type.cast(BeanUtils.instantiateClass(found));
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      throw new PoolConfigurationException(
          "%s: %s is no %s".formatted(name, className, type.getName()), e);
    }
  }

  private static @Nullable Object value(BeanWrapper bean, String property) {
    try {
      return bean.isReadableProperty(property) ? bean.getPropertyValue(property) : null;
    } catch (BeansException e) {
      // Some getters ask a pool that has not begun.
      return null;
    }
  }

  private static @Nullable String text(BeanWrapper bean, String property) {
    return value(bean, property) instanceof String text ? text : null;
  }

  // --- how they are pooled ---

  private void translate(RivalPool rival, BeanWrapper bean, Translation translation) {
    Map<String, Keys.Entry> keys =
        prefix == null ? Map.of() : Keys.under(context.getEnvironment(), prefix);
    Map<String, PropertyDescriptor> properties = new LinkedHashMap<>();
    for (PropertyDescriptor each : bean.getPropertyDescriptors()) {
      String plain = Keys.plain(each.getName());
      if (each.getWriteMethod() != null && !OF_THE_DRIVER.contains(plain)) {
        properties.put(plain, each);
      }
    }
    setByCode(rival, bean, properties, keys, translation);
    keys.forEach(
        (plain, entry) -> {
          // Elsewhere the prefix may be another bean's too, as Spring Boot allows.
          if (rival.prefix.equals(prefix) || properties.containsKey(plain)) {
            translation.begin(prefix + "." + entry.name(), entry.value());
            rival.translate(plain, translation);
          }
        });
  }

  private static void setByCode(
      RivalPool rival,
      BeanWrapper bean,
      Map<String, PropertyDescriptor> properties,
      Map<String, Keys.Entry> keys,
      Translation translation) {
    BeanWrapper fresh = new BeanWrapperImpl(BeanUtils.instantiateClass(bean.getWrappedClass()));
    properties.forEach(
        (plain, property) -> {
          Object present = value(bean, property.getName());
          if (present == null
              || present.equals(value(fresh, property.getName()))
              || keys.containsKey(plain)
              || keys.keySet().stream().anyMatch(key -> key.startsWith(plain))
              || (rival == RivalPool.TOMCAT && BY_BOOT.contains(plain))) {
            return;
          }
          translation.begin(
              bean.getWrappedClass().getSimpleName() + "." + property.getName(), said(present));
          rival.translate(plain, translation);
        });
  }

  private static String said(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis() + "ms";
    }
    return value instanceof List<?> list && list.size() == 1
        ? String.valueOf(list.get(0))
        : String.valueOf(value);
  }

  /** Settings of a pool that Spring Boot has not made: it would have ignored them. */
  private void translateForeign(RivalPool rival, Translation translation) {
    Properties more = new Properties();
    Keys.under(context.getEnvironment(), rival.prefix)
        .forEach(
            (plain, entry) -> {
              translation.begin(rival.prefix + "." + entry.name(), entry.value());
              switch (plain) {
                case "jdbcurl", "url" -> pool.setUrl(entry.value());
                case "username" -> pool.setUsername(entry.value());
                case "password" -> pool.setPassword(entry.value());
                case "driverclassname" -> pool.setDriverClassName(entry.value());
                case "connectionproperties", "datasource", "datasourceclassname" ->
                    throw translation.refusal(rival.title + " is not there");
                case "datasourcejndi", "driver", "driverclassloader", "poolproperties" ->
                    throw translation.refusal(rival.title + " is not there");
                default -> {
                  int dot = entry.name().indexOf('.');
                  if (plain.startsWith("datasourceproperties") && dot > 0) {
                    more.setProperty(entry.name().substring(dot + 1), entry.value());
                  } else {
                    rival.translate(plain, translation);
                  }
                }
              }
            });
    pool.setConnectionProperties(more);
  }

  private @Nullable PooledDataSourceBean open(Translation translation) {
    Map<String, String> translated = translation.finish();
    Map<String, String> own = settings.own(name);
    refuseContradictions(own, translated, translation);
    Map<String, String> arguments =
        settings.withHabits(
            PoolSettings.layered(pool.getArguments(), PoolSettings.layered(own, translated)));
    Map<String, String> all = new LinkedHashMap<>(arguments);
    unlessSaid(all, Arguments.LOGGING_NAME, name);
    unlessSaid(
        all,
        Arguments.PROGRAM_NAME,
        context.getEnvironment().getProperty("spring.application.name", ""));
    pool.setArguments(all);
    String driver = pool.getDriverClassName();
    if (driver != null) {
      pool.setDriver(instance(driver, Driver.class));
    }
    try {
      pool.open();
    } catch (SQLException | IllegalArgumentException e) {
      throw new PoolConfigurationException(name + ": " + e.getMessage(), e);
    }
    return pool;
  }

  private static void unlessSaid(
      Map<String, String> said, Argument<String> argument, String value) {
    if (said.keySet().stream().noneMatch(each -> PoolArguments.isSame(each, argument.name()))) {
      said.put(argument.name(), value);
    }
  }

  /** What is set by code yields to a key of ours; a key does not yield in silence. */
  private void refuseContradictions(
      Map<String, String> own, Map<String, String> translated, Translation translation) {
    List<String> contradictions = new ArrayList<>();
    own.forEach(
        (ours, value) ->
            translated.forEach(
                (theirs, other) -> {
                  String key = translation.origin(theirs);
                  if (key.startsWith("spring.") || (prefix != null && key.startsWith(prefix))) {
                    if (PoolSettings.overlap(ours, theirs) && !value.equals(other)) {
                      contradictions.add(
                          "%s and %s say different things of %s; leave one"
                              .formatted(PoolSettings.PREFIX + ".arguments." + ours, key, name));
                    }
                  }
                }));
    if (!contradictions.isEmpty()) {
      throw new PoolConfigurationException(contradictions.get(0));
    }
  }
}
