package io.bonito.pool.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.PooledDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PooledDataSourceBeanTest {
  private static PooledDataSourceBean bean(String schema) {
    PooledDataSourceBean bean = new PooledDataSourceBean();
    bean.setUrl("jdbc:h2:mem:" + schema + ";DB_CLOSE_DELAY=-1");
    bean.setUsername("sa");
    bean.setPassword("");
    return bean;
  }

  @Test
  void lendsWhatTheUrlsDriverOpens() throws SQLException {
    try (PooledDataSourceBean bean = bean("lends")) {
      bean.setPoolClass("AssertionPool");
      assertThat(bean.pool()).isNull();
      try (Connection connection = bean.getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
        assertThatThrownBy(bean::getConnection)
            .hasMessageContaining("connection is already checked out");
      }
      assertThat(bean.unwrap(PooledDataSource.class)).isSameAs(bean.pool());
    }
  }

  @Test
  void wrongArgumentsFailWhenItIsOpened() {
    try (PooledDataSourceBean bean = bean("wrong")) {
      bean.setArguments(Map.of("pool_sise", "3"));
      assertThatThrownBy(bean::open)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("pool_sise is no argument of a pool; there are [pool_class,");
    }
  }

  @Test
  void aDriversNameChoosesAmongTheRegisteredAndLoadsNothing() throws SQLException {
    try (PooledDataSourceBean bean = bean("named")) {
      bean.setDriverClassName("org.h2.Driver");
      bean.getConnection().close();
    }
    try (PooledDataSourceBean bean = bean("unknown")) {
      bean.setDriverClassName("io.bonito.pool.bean.Exploit");
      assertThatThrownBy(bean::open)
          .hasMessageContaining("no driver is registered that is a io.bonito.pool.bean.Exploit")
          .hasMessageContaining("org.h2.Driver");
    }
  }

  @Test
  void userAndPasswordAreAskedForEachOpening() throws SQLException {
    try (PooledDataSourceBean bean = bean("rotated")) {
      bean.setPoolClass("NullPool");
      try (Connection connection = bean.getConnection()) {
        connection.createStatement().execute("ALTER USER sa SET PASSWORD 'new'");
      }
      assertThatThrownBy(bean::getConnection).hasMessageContaining("Wrong user name or password");
      bean.setPassword("new");
      bean.getConnection().close();
      assertThatThrownBy(() -> bean.setUrl("jdbc:h2:mem:other"))
          .hasMessage("the URL is told when the pool is open already");
    }
  }

  @Test
  void aUrlThatAsksForAPoolIsThatPool() throws SQLException {
    try (PooledDataSourceBean bean = new PooledDataSourceBean()) {
      bean.setUrl("jdbc:bonito:pool:h2:mem:byurl?poolClass=StaticPool");
      bean.setArgument("logging_name", "byurl");
      assertThat(bean.open().pool().settings().name()).isEqualTo("byurl");
      assertThat(bean.open().status()).contains("StaticPool");
    }
  }

  @Test
  void aClosedOneLendsNothing() throws SQLException {
    PooledDataSourceBean unused = bean("unused");
    unused.close();
    assertThatThrownBy(unused::getConnection).hasMessage("the pool is closed");

    PooledDataSourceBean used = bean("used");
    used.getConnection().close();
    used.close();
    assertThatThrownBy(used::getConnection).isInstanceOf(SQLException.class);
  }
}
