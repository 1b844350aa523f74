package io.bonito.spring;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.PoolStatus;
import io.bonito.pool.lending.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.metadata.AbstractDataSourcePoolMetadata;

/** A pool's numbers as Spring Boot's metrics and health want them. */
final class PoolMetadata extends AbstractDataSourcePoolMetadata<PooledDataSource> {
  PoolMetadata(PooledDataSource dataSource) {
    super(dataSource);
  }

  private PoolStatus status() {
    return getDataSource().pool().status();
  }

  @Override
  public Integer getActive() {
    return status().used();
  }

  @Override
  public Integer getIdle() {
    return status().idle();
  }

  /** A negative number means that there is no limit. */
  @Override
  public Integer getMax() {
    int limit = status().limit();
    return limit == Settings.UNLIMITED ? -1 : limit;
  }

  @Override
  public Integer getMin() {
    return getDataSource().pool().settings().minimumIdle();
  }

  @Override
  public @Nullable String getValidationQuery() {
    return null;
  }

  @Override
  public @Nullable Boolean getDefaultAutoCommit() {
    return null;
  }
}
