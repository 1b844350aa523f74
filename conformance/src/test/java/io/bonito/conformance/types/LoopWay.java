package io.bonito.conformance.types;

import io.bonito.netty.LoopConnection;
import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.UnansweredExchange;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.WireFormat;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The event loop's transport. */
final class LoopWay extends CoreWay {
  private final LoopConnection connection;

  LoopWay(ConnectionOptions options, EventLoopGroup group, WireFormat format) throws Exception {
    super(format);
    this.connection =
        LoopConnection.connect(options, group).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Override
  List<Reading> ask(String sql) throws Exception {
    return await(new QueryExchange(sql));
  }

  @Override
  List<Reading> askPrepared(String sql, @Nullable Object argument) throws Exception {
    ServerStatement statement = new ServerStatement(sql);
    await(new PrepareExchange(statement));
    Parameters parameters = new Parameters(1);
    parameters.setObject(0, argument);
    try {
      return await(new ExecuteExchange(statement, parameters, /* cursor= */ false));
    } finally {
      connection.submit(UnansweredExchange.closeStatement(statement), new Readings());
    }
  }

  private List<Reading> await(Exchange exchange) throws Exception {
    Readings readings = new Readings();
    connection.submit(exchange, readings);
    return readings.all.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    connection.close().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static final class Readings implements Sink {
    private final List<Reading> soFar = new ArrayList<>();
    final CompletableFuture<List<Reading>> all = new CompletableFuture<>();

    @Override
    public boolean row(Row row) {
      soFar.add(reading(row));
      return true;
    }

    @Override
    public void done() {
      all.complete(soFar);
    }

    @Override
    public void refused(ServerError error) {
      all.completeExceptionally(
          new IllegalStateException("error " + error.code() + ": " + error.message()));
    }

    @Override
    public void failed(Throwable failure) {
      all.completeExceptionally(failure);
    }
  }
}
