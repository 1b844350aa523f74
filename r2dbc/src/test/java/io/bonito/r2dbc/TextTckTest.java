package io.bonito.r2dbc;

import io.bonito.testkit.server.Server;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** All statements, with values or without, go as text. */
@Tag("server")
class TextTckTest {
  @TestFactory
  Stream<DynamicNode> passesAllTestsOfTheKit() {
    return Tck.on(Kit::new);
  }

  private static final class Kit extends Tck<String> {
    Kit(Server server) {
      super(server, "false");
    }

    @Override
    public String getPlaceholder(int index) {
      return ":v" + index;
    }

    @Override
    public String getIdentifier(int index) {
      return "v" + index;
    }
  }
}
