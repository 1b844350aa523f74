package io.bonito.r2dbc;

import io.bonito.testkit.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** All statements, with values or without, go as text. */
@Tag("server")
@Timeout(120)
@ParameterizedClass
@MethodSource("io.bonito.testkit.server.Servers#selected")
class TextTckTest extends Tck<String> {
  TextTckTest(Server server) {
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
