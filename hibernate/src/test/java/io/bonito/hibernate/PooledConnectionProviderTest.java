package io.bonito.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.bean.PooledDataSourceBean;
import io.bonito.testkit.server.Server;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.HibernateException;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PooledConnectionProviderTest {
  @Entity(name = "people")
  static class Person {
    @Id int id;
    String name;

    Person() {}

    Person(int id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  private static SessionFactory factory(Map<String, String> more) {
    Configuration configuration = new Configuration().addAnnotatedClass(Person.class);
    configuration.setProperty("hibernate.connection.provider_class", "bonito");
    configuration.setProperty("hibernate.hbm2ddl.auto", "create-drop");
    more.forEach(configuration::setProperty);
    return configuration.buildSessionFactory();
  }

  private static PooledDataSourceBean pool(SessionFactory factory) {
    return factory
        .unwrap(SessionFactoryImplementor.class)
        .getServiceRegistry()
        .getService(ConnectionProvider.class)
        .unwrap(PooledDataSourceBean.class);
  }

  private static void storesAndLoads(SessionFactory factory) {
    factory.inTransaction(session -> session.persist(new Person(1, "Ada")));
    String name = factory.fromTransaction(session -> session.find(Person.class, 1).name);
    assertThat(name).isEqualTo("Ada");
  }

  @Test
  void hibernateRunsOverThePoolThatItsSettingsDescribe() throws Exception {
    PooledDataSourceBean pool;
    try (SessionFactory factory =
        factory(
            Map.of(
                "hibernate.connection.url", "jdbc:h2:mem:hibernate;DB_CLOSE_DELAY=-1",
                "hibernate.connection.driver_class", "org.h2.Driver",
                "hibernate.connection.username", "sa",
                "hibernate.connection.isolation", "8",
                "hibernate.bonito.pool_class", "QueuePool",
                "hibernate.bonito.max_overflow", "1",
                "hibernate.bonito.pool_size", "2"))) {
      storesAndLoads(factory);
      pool = pool(factory);
      assertThat(pool.open().pool().settings().limit()).isEqualTo(3);
      assertThat(pool.open().pool().status().used()).isZero();
      int isolation =
          factory.fromSession(session -> session.doReturningWork(c -> c.getTransactionIsolation()));
      assertThat(isolation).isEqualTo(8);
    }
    assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
  }

  @Test
  void aWrongArgumentFailsWhenTheFactoryIsBuilt() {
    assertThatThrownBy(
            () ->
                factory(
                    Map.of(
                        "hibernate.connection.url", "jdbc:h2:mem:wrong",
                        "hibernate.bonito.pool_sise", "2")))
        .isInstanceOf(HibernateException.class)
        .hasStackTraceContaining("pool_sise is no argument of a pool; there are [pool_class,");
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theSameOverBonitosDriverOnAServer(Server server) {
    Map<String, String> settings = new TreeMap<>();
    String schema = server.freshSchema(getClass());
    settings.put(
        "hibernate.connection.url",
        "jdbc:bonito:mysql://%s:%d/%s".formatted(server.host(), server.port(), schema));
    settings.put("hibernate.connection.username", server.user());
    settings.put("hibernate.connection.password", server.password());
    settings.put("hibernate.connection.pool_size", "3");
    try (SessionFactory factory = factory(settings)) {
      storesAndLoads(factory);
    }
  }
}
