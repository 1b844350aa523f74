package io.bonito.r2dbc;

import io.bonito.testkit.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** All statements, with values or without, go as binary. */
@Tag("server")
@Timeout(120)
@ParameterizedClass
@MethodSource("io.bonito.testkit.server.Servers#selected")
class BinaryTckTest extends Tck<Integer> {
  BinaryTckTest(Server server) {
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
