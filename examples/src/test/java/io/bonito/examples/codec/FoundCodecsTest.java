package io.bonito.examples.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which codecs a connection has: those given, else those named in META-INF/services. */
class FoundCodecsTest {
  private static boolean writesJson(Codecs codecs) {
    return codecs.write(IntNode.valueOf(1), new Parameters(1), 0);
  }

  @Test
  void whatIsNamedInServicesIsFound() {
    assertThat(writesJson(Codecs.found())).isTrue();
    assertThat(writesJson(Codecs.of(ConnectionOptions.builder().build()))).isTrue();
  }

  @Test
  void objectsTakeThePlaceOfWhatIsFound() {
    Codecs none = new Codecs(List.of());
    ConnectionOptions options = ConnectionOptions.builder().object(Codecs.SLOT, none).build();
    assertThat(Codecs.of(options)).isSameAs(none);
    assertThat(writesJson(none)).isFalse();
  }
}
