package io.bonito.r2dbc;

import io.bonito.protocol.value.Parameters;
import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;

/** Statements without parameters, executed one after the other up to the first that fails. */
final class BonitoBatch implements Batch {
  private static final Parameters NO_VALUES = new Parameters(0);

  private final BonitoConnection connection;
  private final List<String> statements = new ArrayList<>();

  BonitoBatch(BonitoConnection connection) {
    this.connection = connection;
  }

  @Override
  public Batch add(String sql) {
    if (sql == null) {
      throw new IllegalArgumentException("there is no SQL");
    }
    statements.add(sql);
    return this;
  }

  @Override
  public Publisher<? extends Result> execute() {
    Step first = null;
    for (int i = statements.size() - 1; i >= 0; i--) {
      String sql = statements.get(i);
      first = new Step(connection.query(sql, NO_VALUES), sql, List.of(), null, false, null, first);
    }
    return first == null
        ? new FutureMono<>(() -> CompletableFuture.completedFuture(null))
        : Run.publisher(connection, first);
  }
}
