package io.bonito.netty;

import io.bonito.integrationkit.Command;
import io.bonito.integrationkit.DrivenConnection;
import io.bonito.integrationkit.EventListener;
import io.bonito.integrationkit.TransportContract;
import io.bonito.integrationkit.TransportDriver;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;

/** Connections on an event loop pass the integration kit. */
class LoopConnectionContractTest extends TransportContract {
  private static final EventLoopGroup LOOP = Loops.one();

  @AfterAll
  static void end() {
    Loops.end(LOOP);
  }

  @Override
  protected TransportDriver driver() {
    return options -> new Driven(await(LoopConnection.connect(options, LOOP)));
  }

  private static <T> T await(CompletionStage<T> stage) throws ConnectionException {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ConnectionException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static final class Driven implements DrivenConnection {
    private final LoopConnection connection;
    private volatile LoopCommand latest;

    Driven(LoopConnection connection) {
      this.connection = connection;
    }

    @Override
    public void run(List<Command> commands, EventListener listener) throws ConnectionException {
      List<Told> all = new ArrayList<>();
      for (Command command : commands) {
        Told told = new Told(command, listener);
        all.add(told);
        latest = connection.submit(command.exchange(), told);
      }
      for (Told told : all) {
        await(told.end);
      }
    }

    @Override
    public void resume() {
      latest.request(Long.MAX_VALUE);
    }

    @Override
    public void pipelining(boolean on) {
      connection.pipelining(on);
    }

    @Override
    public void abort() {
      connection.abort();
    }

    @Override
    public boolean isOpen() {
      return connection.isOpen();
    }

    @Override
    public void close() {
      connection.close().toCompletableFuture().join();
    }
  }

  /** What a sink is told, as events. */
  private static final class Told implements Sink {
    private final Command command;
    private final Exchange exchange;
    private final EventListener listener;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int given;

    Told(Command command, EventListener listener) {
      this.command = command;
      this.exchange = command.exchange();
      this.listener = listener;
    }

    @Override
    public void columns(Columns columns) {
      listener.on(Event.COLUMNS, exchange);
    }

    @Override
    public boolean row(Row row) {
      return listener.on(Event.ROW, exchange);
    }

    @Override
    public void resultEnd(Ok ok) {
      listener.on(Event.RESULT_END, exchange);
    }

    @Override
    public void localData(LocalData data) {
      int size = Math.min(64 * 1024, command.data().length - given);
      if (size == 0) {
        data.end();
      } else {
        given += size;
        data.send(command.data(), given - size, size);
      }
    }

    @Override
    public void done() {
      if (exchange.isAnswered()) {
        listener.on(exchange instanceof PrepareExchange ? Event.PREPARED : Event.DONE, exchange);
      }
      end.complete(null);
    }

    @Override
    public void refused(ServerError error) {
      listener.on(Event.FAILED, exchange);
      end.complete(null);
    }

    @Override
    public void failed(Throwable failure) {
      end.completeExceptionally(failure);
    }
  }
}
