package io.bonito.hibernate;

import java.util.List;
import org.hibernate.boot.registry.selector.SimpleStrategyRegistrationImpl;
import org.hibernate.boot.registry.selector.StrategyRegistration;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/** Lets the provider be called {@code bonito}. */
public final class Names implements StrategyRegistrationProvider {
  /** Found by Hibernate. */
  public Names() {}

  @Override
  @SuppressWarnings("rawtypes") // As Hibernate has it.
  public Iterable<StrategyRegistration> getStrategyRegistrations() {
    return List.of(
        new SimpleStrategyRegistrationImpl<>(
            ConnectionProvider.class, PooledConnectionProvider.class, "bonito"));
  }
}
