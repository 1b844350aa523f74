package io.bonito.jdbc;

import java.sql.SQLException;
import java.sql.ShardingKey;
import org.jspecify.annotations.Nullable;

/** What a builder of connections has been told so far. */
final class BuilderChoices {
  static final String NO_SHARDING_KEYS = "the servers know no sharding keys";

  @Nullable String user;
  @Nullable String password;
  @Nullable ShardingKey shardingKey;
  @Nullable ShardingKey superShardingKey;

  /** Opens with what was named, and else with what the data source has. */
  PhysicalConnection open(ConfiguredDataSource source) throws SQLException {
    if (shardingKey != null || superShardingKey != null) {
      throw SqlExceptions.notSupported(NO_SHARDING_KEYS);
    }
    return source.openAs(user, password);
  }
}
