package io.bonito.r2dbc;

import io.bonito.async.AsyncConnection;
import io.bonito.netty.LoopConnector;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.SessionZone;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.IsolationLevel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Opens connections, one for each subscriber. */
public final class BonitoConnectionFactory implements ConnectionFactory {
  private final ConnectionOptions options;
  private final LoopConnector connector;
  private final String product;
  private final @Nullable Duration lockWaitTimeout;
  private final boolean pipelining;

  BonitoConnectionFactory(
      ConnectionOptions options,
      LoopConnector connector,
      String product,
      @Nullable Duration lockWaitTimeout,
      boolean pipelining) {
    if (SessionZone.isServers(options)) {
      throw SessionZone.serversNotAsked();
    }
    this.options = options;
    this.connector = connector;
    this.product = product;
    this.lockWaitTimeout = lockWaitTimeout;
    this.pipelining = pipelining;
  }

  /**
   * Connections with these options, on loops of the host's choice.
   *
   * @throws OptionException where they want what only JDBC has
   */
  public static BonitoConnectionFactory of(ConnectionOptions options, LoopConnector connector) {
    return new BonitoConnectionFactory(options, connector, "MySQL", null, /* pipelining= */ false);
  }

  @Override
  public Publisher<? extends Connection> create() {
    return new FutureMono<BonitoConnection>(Opening::new, unwanted -> unwanted.unwrap().closeNow());
  }

  /** The name tells libraries which SQL is spoken. */
  @Override
  public ConnectionFactoryMetadata getMetadata() {
    return () -> product;
  }

  @Override
  public String toString() {
    return "BonitoConnectionFactory[" + options + "]";
  }

  /** A connection, and what has to be known of it before anybody gets it. */
  private final class Opening extends CompletableFuture<BonitoConnection> {
    private final CompletableFuture<AsyncConnection> connecting;

    Opening() {
      connecting = AsyncConnection.connect(options, connector);
      connecting.whenComplete(
          (connection, failure) -> {
            if (connection == null) {
              completeExceptionally(failure);
            } else {
              ask(connection);
            }
          });
    }

    private void ask(AsyncConnection connection) {
      connection
          .query(Isolation.QUESTION)
          .first(row -> String.valueOf(row.getString(1)))
          .thenCompose(
              level -> {
                IsolationLevel isolation =
                    level.map(Isolation::of).orElse(IsolationLevel.REPEATABLE_READ);
                BonitoConnection opened = new BonitoConnection(connection, isolation, pipelining);
                Duration limit = lockWaitTimeout;
                return limit == null
                    ? CompletableFuture.completedFuture(opened)
                    : connection
                        .query(BonitoConnection.lockWait(limit))
                        .run()
                        .thenApply(outcome -> opened);
              })
          .whenComplete(
              (opened, failure) -> {
                boolean taken = failure == null ? complete(opened) : completeExceptionally(failure);
                if (!taken || failure != null) {
                  connection.closeNow();
                }
              });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      connecting.cancel(false);
      return cancelled;
    }
  }
}
