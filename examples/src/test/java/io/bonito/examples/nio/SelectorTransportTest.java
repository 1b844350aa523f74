package io.bonito.examples.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.examples.ExampleServers;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorTransportTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/bonito/examples/nio/SelectorTransport.java");

  /** All but the package and its imports: comments and blank lines too. */
  @Test
  void hasFewerThan200Lines() throws Exception {
    List<String> lines = Files.readAllLines(SOURCE);
    assertThat(lines.stream().filter(line -> !line.matches("(package|import) .*")))
        .hasSizeLessThan(200);
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void answersQueriesOfRealServers(Server server) throws Exception {
    for (TlsMode mode : List.of(TlsMode.DISABLED, TlsMode.REQUIRED)) {
      try (SelectorTransport transport =
          SelectorTransport.open(
              ExampleServers.options(server, "mysql").set(TlsOptions.SSL_MODE, mode).build())) {
        transport.session().query("SELECT 1, 'two' UNION ALL SELECT 3, 'vier ☃'");
        assertThat(rows(transport)).containsExactly("1 two", "3 vier ☃");
        ServerStatement statement = new ServerStatement("SELECT ? + 1, REPEAT('x', ?)");
        transport.session().prepare(statement);
        assertThat(transport.next()).isEqualTo(Event.PREPARED);
        Parameters parameters = new Parameters(2);
        parameters.setLong(0, 41);
        parameters.setLong(1, 3);
        transport.session().execute(statement, parameters, /* cursor= */ false);
        assertThat(rows(transport)).containsExactly("42 xxx");
      }
    }
  }

  private static List<String> rows(SelectorTransport transport) throws Exception {
    List<String> rows = new ArrayList<>();
    for (Event event = transport.next(); event != Event.DONE; event = transport.next()) {
      if (event == Event.ROW) {
        rows.add(
            transport.session().row().getString(0) + " " + transport.session().row().getString(1));
      }
      assertThat(event).isNotEqualTo(Event.FAILED);
    }
    return rows;
  }
}
