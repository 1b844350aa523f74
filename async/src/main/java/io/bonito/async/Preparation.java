package io.bonito.async;

import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.ServerError;

/** Awaits that the server has prepared a command's statement. */
final class Preparation implements Sink {
  private final Line line;
  private final Command command;
  private final ServerStatement statement;

  Preparation(Line line, Command command, ServerStatement statement) {
    this.line = line;
    this.command = command;
    this.statement = statement;
  }

  @Override
  public void done() {
    line.keep(statement);
    command.prepared(statement);
  }

  @Override
  public void refused(ServerError error) {
    if (line.goesAsText(statement.sql(), error)) {
      command.goAsText();
    } else {
      command.prepared(error);
    }
  }

  @Override
  public void failed(Throwable failure) {
    command.failed(failure);
  }
}
