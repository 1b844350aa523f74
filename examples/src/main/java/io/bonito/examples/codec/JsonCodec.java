package io.bonito.examples.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.value.Codec;
import io.bonito.protocol.value.ColumnDecoder;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Jackson's tree: what {@code getObject} returns of a JSON column, what any text can be
 * asked to be, and what can be given as a parameter.
 *
 * <p>MySQL has a type for it; MariaDB has text that it knows to be JSON.
 */
public final class JsonCodec implements Codec<JsonNode> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public Class<JsonNode> javaType() {
    return JsonNode.class;
  }

  @Override
  public boolean isNaturalFor(ColumnDefinition column) {
    return ColumnType.of(column.type()) == ColumnType.JSON
        || column.extendedFormat().equals("json");
  }

  @Override
  public @Nullable JsonNode read(ColumnDecoder decoder, byte[] bytes, int offset, int length) {
    try {
      return MAPPER.readTree(decoder.getString(bytes, offset, length));
    } catch (JsonProcessingException e) {
      throw new ConversionException("the text is no JSON", e);
    }
  }

  @Override
  public void write(JsonNode value, Parameters parameters, int index) {
    parameters.setString(index, value.toString());
  }
}
