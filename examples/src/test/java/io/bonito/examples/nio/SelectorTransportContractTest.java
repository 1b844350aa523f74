package io.bonito.examples.nio;

import io.bonito.integrationkit.Command;
import io.bonito.integrationkit.DrivenConnection;
import io.bonito.integrationkit.EventListener;
import io.bonito.integrationkit.TransportContract;
import io.bonito.integrationkit.TransportDriver;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/** The transport of the example passes the integration kit. */
class SelectorTransportContractTest extends TransportContract {
  @Override
  protected TransportDriver driver() {
    return options -> new Driven(open(options));
  }

  private static SelectorTransport open(ConnectionOptions options) throws ConnectionException {
    try {
      return SelectorTransport.open(options);
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      throw ConnectionException.unreachable(options.target(), e);
    }
  }

  private static final class Driven implements DrivenConnection {
    private final SelectorTransport transport;
    private final Semaphore resumed = new Semaphore(0);

    Driven(SelectorTransport transport) {
      this.transport = transport;
    }

    @Override
    public void run(List<Command> commands, EventListener listener) throws ConnectionException {
      if (!transport.isOpen()) {
        throw ConnectionException.closed();
      }
      int unanswered = 0;
      for (Command command : commands) {
        transport.load(command.data());
        transport.session().submit(command.exchange());
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
