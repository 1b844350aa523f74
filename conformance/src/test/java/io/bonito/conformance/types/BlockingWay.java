package io.bonito.conformance.types;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.value.WireFormat;
import io.bonito.transport.BlockingConnection;
import io.bonito.transport.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocking transport. */
final class BlockingWay extends CoreWay {
  private final BlockingConnection connection;

  BlockingWay(ConnectionOptions options, WireFormat format) throws Exception {
    super(format);
    this.connection = BlockingConnection.connect(options);
  }

  @Override
  List<Reading> ask(String sql) throws Exception {
    return readings(connection.query(sql));
  }

  @Override
  List<Reading> askPrepared(String sql, @Nullable Object argument) throws Exception {
    return readings(connection.query(sql, new @Nullable Object[] {argument}));
  }

  private static List<Reading> readings(Result result) throws Exception {
    return result.list(CoreWay::reading);
  }

  @Override
  public void close() {
    connection.close();
  }
}
