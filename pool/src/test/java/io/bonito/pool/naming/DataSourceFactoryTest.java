package io.bonito.pool.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.bean.PooledDataSourceBean;
import java.sql.Connection;
import java.util.Map;
import javax.naming.BinaryRefAddr;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.NamingManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourceFactoryTest {
  private static Reference reference(Map<String, String> settings) {
    Reference reference =
        new Reference("javax.sql.DataSource", DataSourceFactory.class.getName(), null);
    // As Tomcat does.
    reference.add(new StringRefAddr("auth", "Container"));
    reference.add(new StringRefAddr("singleton", "true"));
    settings.forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
    return reference;
  }

  private static Object made(Reference reference) throws Exception {
    return NamingManager.getObjectInstance(reference, null, null, null);
  }

  @Test
  void aResourceIsThePoolThatItDescribes() throws Exception {
    Object made =
        made(
            reference(
                Map.of(
                    "url", "jdbc:h2:mem:naming",
                    "username", "sa",
                    "driverClassName", "org.h2.Driver",
                    "connectionProperties", "LOCK_TIMEOUT=777; ",
                    "poolClass", "QueuePool",
                    "pool_size", "3",
                    "maxOverflow", "0")));
    try (PooledDataSourceBean pool = (PooledDataSourceBean) made) {
      assertThat(pool.pool()).as("nothing is opened by looking").isNull();
      try (Connection connection = pool.getConnection();
          var result = connection.createStatement().executeQuery("CALL LOCK_TIMEOUT()")) {
        result.next();
        assertThat(result.getInt(1)).isEqualTo(777);
      }
      assertThat(pool.open().pool().settings().limit()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool_sise | 3 | pool_sise is no setting of a pool; is it pool_size?",
        "pool_size | many | pool_size is \"many\"; it may be: number, 0 or more",
        "pool_class | java.lang.Runtime | pool_class is \"java.lang.Runtime\"; it may be: [Queue",
        "dataSourceClassName | org.h2.Driver | dataSourceClassName is no setting of a pool",
        "connectionProperties | nothing | connectionProperties: name=value is due"
      })
  void whatIsWrongIsTold(String name, String value, String told) {
    assertThatThrownBy(() -> made(reference(Map.of(name, value))))
        .isInstanceOf(NamingException.class)
        .hasMessageStartingWith(told);
  }

  @Test
  void aDriverThatIsNotRegisteredIsNotLoaded() throws Exception {
    Object made =
        made(
            reference(
                Map.of("url", "jdbc:h2:mem:naming", "driverClassName", Loaded.class.getName())));
    try (PooledDataSourceBean pool = (PooledDataSourceBean) made) {
      assertThatThrownBy(pool::getConnection)
          .hasMessageContaining("no driver is registered that is a " + Loaded.class.getName());
    }
    assertThat(System.getProperty("bonito.test.loaded")).isNull();
  }

  /** Tells when it is initialised. */
  static final class Loaded {
    static {
      System.setProperty("bonito.test.loaded", "true");
    }
  }

  @Test
  void bytesAreRefused() {
    Reference reference = reference(Map.of());
    reference.add(new BinaryRefAddr("url", new byte[] {1}));
    assertThatThrownBy(() -> made(reference)).hasMessage("url is no text");
  }

  @Test
  void referencesToSomethingElseAreLeftToOthers() throws Exception {
    DataSourceFactory factory = new DataSourceFactory();
    assertThat(factory.getObjectInstance("text", null, null, null)).isNull();
    assertThat(factory.getObjectInstance(new Reference("java.net.URL"), null, null, null)).isNull();
  }
}
