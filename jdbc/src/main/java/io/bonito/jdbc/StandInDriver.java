package io.bonito.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A driver under another one's name: it takes that one's URLs, where that one is absent. */
public abstract class StandInDriver extends BonitoDriver {
  private final StandIn standIn;

  protected StandInDriver(StandIn standIn) {
    this.standIn = standIn;
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return super.acceptsURL(url) && url.startsWith(standIn.prefix());
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (acceptsURL(url)) {
      standIn.requireAlone(getClass());
    }
    return super.connect(url, properties);
  }
}
