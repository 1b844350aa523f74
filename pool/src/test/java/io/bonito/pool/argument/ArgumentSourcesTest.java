package io.bonito.pool.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentSourcesTest {
  @Test
  void theHabitualNamesAreRead() {
    Map<String, String> environment =
        Map.of(
            "PATH", "/bin",
            "MYSQLPOOL_BACKEND", "QueuePool",
            "MYSQLPOOL_ARGUMENTS",
                " {\"use_threadlocal\": false, \"timeout\" : 1.5,\"recycle\":null}",
            "MYSQLPOOL_ARGUMENTS_POOL_SIZE", "7");
    PoolArguments arguments =
        PoolArguments.of(ArgumentSources.merged(Map.of(), new Properties(), environment));
    assertThat(arguments.get(Arguments.POOL_CLASS)).isEqualTo("QueuePool");
    assertThat(arguments.has(Arguments.USE_THREADLOCAL)).isTrue();
    assertThat(arguments.get(Arguments.TIMEOUT)).isEqualTo(1_500_000_000L);
    assertThat(arguments.get(Arguments.POOL_SIZE)).isEqualTo(7);
  }

  @Test
  void whatIsGivenPrevailsOverPropertiesAndTheseOverTheEnvironment() {
    Properties properties = new Properties();
    properties.setProperty("mysqlpool.arguments.pool-size", "2");
    properties.setProperty("mysqlpool.arguments.timeout", "2");
    Map<String, String> environment =
        Map.of("MYSQLPOOL_ARGUMENTS", "{\"POOLSIZE\": 3, \"timeout\": 3, \"recycle\": 3}");
    assertThat(ArgumentSources.merged(Map.of("poolSize", "1"), properties, environment))
        .isEqualTo(Map.of("poolSize", "1", "timeout", "2", "recycle", "3"));
  }

  @Test
  void aWrongNameFailsWithItsSourceAndTheRightOnes() {
    assertThatThrownBy(() -> ArgumentSources.habitual(Map.of("MYSQLPOOL_ARGUMENTS_SIZE", "3")))
        .hasMessageStartingWith("MYSQLPOOL_ARGUMENTS_SIZE: size is no argument of a pool")
        .hasMessageContaining("pool_size");
    assertThatThrownBy(
            () -> ArgumentSources.habitual(Map.of("MYSQLPOOL_ARGUMENTS", "{\"pool_sice\": 3}")))
        .hasMessageStartingWith("MYSQLPOOL_ARGUMENTS: pool_sice is no argument");
  }

  @Test
  void theBackendAndAPoolclassAmongTheArgumentsMustAgree() {
    assertThatThrownBy(
            () ->
                ArgumentSources.habitual(
                    Map.of(
                        "MYSQLPOOL_BACKEND",
                        "QueuePool",
                        "MYSQLPOOL_ARGUMENTS",
                        "{\"poolclass\":\"NullPool\"}")))
        .hasMessageContaining("say different things");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":{}}",
        "{\"a\":1}x",
        "{'a':1}",
        "{\"a\":\"b}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":TRUE}"
      })
  void whatIsNoFlatObjectIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> JsonObject.parse("MYSQLPOOL_ARGUMENTS", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "MYSQLPOOL_ARGUMENTS is no flat JSON object: .* is due at character \\d+");
  }

  @Test
  void jsonTextsAreUnescaped() {
    assertThat(JsonObject.parse("x", "{\"a\\\"\\u0041\" : \"\\\\\\n\\/\", \"b\":-1.5}"))
        .isEqualTo(Map.of("a\"A", "\\\n/", "b", "-1.5"));
    assertThat(JsonObject.parse("x", " { } ")).isEmpty();
  }
}
