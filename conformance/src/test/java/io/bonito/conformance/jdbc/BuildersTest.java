package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnectionPoolDataSource;
import io.bonito.jdbc.BonitoDataSource;
import io.bonito.jdbc.BonitoXADataSource;
import io.bonito.jdbc.ConfiguredDataSource;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKey;
import java.util.List;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The builders of connections that JDBC 4.3 has. */
@Tag("server")
class BuildersTest {
  private static final ShardingKey KEY = new ShardingKey() {};

  /** As the account in the source, or as another; then the user that the server sees. */
  private interface Way {
    PooledConnection build(boolean named) throws SQLException;
  }

  private static String userOf(Connection connection) throws SQLException {
    return String.valueOf(Jdbc.value(connection, "SELECT CURRENT_USER()")).split("@")[0];
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void userAndPasswordOfABuilderGoBeforeTheSources(Server server) throws SQLException {
    String user = server.freshSchema(BuildersTest.class);
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE USER '" + user + "'@'%' IDENTIFIED BY 'other'");
    }
    String url = Jdbc.url(server, "", "allowPublicKeyRetrieval=true");
    BonitoDataSource source = new BonitoDataSource(url);
    BonitoXADataSource xa = new BonitoXADataSource(url);
    BonitoConnectionPoolDataSource pooled = new BonitoConnectionPoolDataSource(url);
    for (ConfiguredDataSource each : List.of(source, xa, pooled)) {
      each.setUser(server.user());
      each.setPassword(server.password());
    }
    try (Connection own = source.createConnectionBuilder().build();
        Connection other = source.createConnectionBuilder().user(user).password("other").build()) {
      assertThat(userOf(own)).isEqualTo(server.user());
      assertThat(userOf(other)).isEqualTo(user);
    }
    List<Way> ways =
        List.of(
            named ->
                named
                    ? xa.createXAConnectionBuilder().user(user).password("other").build()
                    : xa.createXAConnectionBuilder().build(),
            named ->
                named
                    ? pooled.createPooledConnectionBuilder().user(user).password("other").build()
                    : pooled.createPooledConnectionBuilder().build());
    for (Way way : ways) {
      for (boolean named : new boolean[] {false, true}) {
        PooledConnection built = way.build(named);
        assertThat(userOf(built.getConnection())).isEqualTo(named ? user : server.user());
        built.close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void shardingKeysAreRefusedAndNoneIsNone(Server server) throws SQLException {
    String url = Jdbc.url(server, "");
    BonitoDataSource source = new BonitoDataSource(url);
    source.setUser(server.user());
    source.setPassword(server.password());
    assertThatThrownBy(source::createShardingKeyBuilder)
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> source.createConnectionBuilder().shardingKey(KEY).build())
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(
            () ->
                new BonitoXADataSource(url)
                    .createXAConnectionBuilder()
                    .superShardingKey(KEY)
                    .build())
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(
            () ->
                new BonitoConnectionPoolDataSource(url)
                    .createPooledConnectionBuilder()
                    .shardingKey(KEY)
                    .build())
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    try (Connection connection =
        source.createConnectionBuilder().shardingKey(null).superShardingKey(null).build()) {
      assertThat(connection.isValid(60)).isTrue();
      assertThatThrownBy(() -> connection.setShardingKey(KEY))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
    }
  }
}
