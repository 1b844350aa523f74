package io.bonito.transport;

import io.bonito.integrationkit.Command;
import io.bonito.integrationkit.DrivenConnection;
import io.bonito.integrationkit.EventListener;
import io.bonito.integrationkit.TransportContract;
import io.bonito.integrationkit.TransportDriver;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.failure.ConnectionException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.Semaphore;

/** The blocking transport passes the integration kit. */
class BlockingTransportContractTest extends TransportContract {
  @Override
  protected TransportDriver driver() {
    return options -> new Driven(BlockingTransport.open(options));
  }

  private record Driven(BlockingTransport transport, Semaphore resumed)
      implements DrivenConnection {
    Driven(BlockingTransport transport) {
      this(transport, new Semaphore(0));
    }

    @Override
    public void run(List<Command> commands, EventListener listener) throws ConnectionException {
      int unanswered = 0;
      for (Command command : commands) {
        if (!transport.isOpen()) {
          throw ConnectionException.closed();
        }
        transport.session().submit(command.exchange());
        if (command.loads()) {
          transport.loadFrom(
              (ResultExchange) command.exchange(), new ByteArrayInputStream(command.data()));
        }
        unanswered += command.exchange().isAnswered() ? 1 : 0;
      }
      while (unanswered > 0) {
        Event event = transport.next();
        if (!listener.on(event, transport.session().exchange())) {
          resumed.acquireUninterruptibly();
        }
        unanswered -= event.completesExchange() ? 1 : 0;
      }
    }

    @Override
    public void resume() {
      resumed.release();
    }

    @Override
    public void pipelining(boolean on) {
      transport.session().pipelining(on);
    }

    @Override
    public void abort() {
      transport.abort();
    }

    @Override
    public boolean isOpen() {
      return transport.isOpen();
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
