package io.bonito.r2dbc;

import io.bonito.testkit.server.Server;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** All statements, with values or without, go as binary. */
@Tag("server")
class BinaryTckTest {
  @TestFactory
  Stream<DynamicNode> passesAllTestsOfTheKit() {
    return Tck.on(Kit::new);
  }

  private static final class Kit extends Tck<Integer> {
    Kit(Server server) {
      super(server, "true");
    }

    @Override
    public String getPlaceholder(int index) {
      return "?";
    }

    @Override
    public Integer getIdentifier(int index) {
      return index;
    }
  }
}
