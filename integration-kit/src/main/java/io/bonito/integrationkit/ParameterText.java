package io.bonito.integrationkit;

import io.bonito.protocol.value.Parameters;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Parameters of a statement as text.
 *
 * <pre>
 *   7  -1.5  1.5e0  'text'  x'00ff'  null  true  sent      (sent: by long-data before)
 *   date'2024-02-29'  timestamp'2024-02-29T23:59:59.5'  duration'PT-25H'
 * </pre>
 *
 * <p>Separated by a comma and a space; a text holds no quote.
 */
final class ParameterText {
  private ParameterText() {}

  static Parameters parse(String text) {
    List<String> values = split(text);
    Parameters parameters = new Parameters(values.size());
    for (int i = 0; i < values.size(); i++) {
      set(parameters, i, values.get(i));
    }
    return parameters;
  }

  private static List<String> split(String text) {
    List<String> values = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      quoted ^= c == '\'';
      if (c == ',' && !quoted) {
        values.add(text.substring(start, at).strip());
        start = at + 1;
      }
    }
    if (!text.substring(start).isBlank()) {
      values.add(text.substring(start).strip());
    }
    return values;
  }

  private static void set(Parameters parameters, int index, String value) {
    int quote = value.indexOf('\'');
    if (quote >= 0) {
      String quoted = value.substring(quote + 1, value.length() - 1);
      switch (value.substring(0, quote)) {
        case "" -> parameters.setString(index, quoted);
        case "x" -> parameters.setBytes(index, HexFormat.of().parseHex(quoted));
        case "date" -> parameters.setLocalDate(index, LocalDate.parse(quoted));
        case "timestamp" -> parameters.setLocalDateTime(index, LocalDateTime.parse(quoted));
        case "duration" -> parameters.setDuration(index, Duration.parse(quoted));
        default -> throw new IllegalArgumentException("what is " + value + "?");
      }
    } else if (value.equals("null")) {
      parameters.setNull(index);
    } else if (value.equals("sent")) {
      parameters.setSentBefore(index, /* text= */ true);
    } else if (value.equals("true") || value.equals("false")) {
      parameters.setBoolean(index, value.equals("true"));
    } else if (value.indexOf('e') > 0) {
      parameters.setDouble(index, Double.parseDouble(value));
    } else if (value.indexOf('.') > 0) {
      parameters.setBigDecimal(index, new BigDecimal(value));
    } else {
      parameters.setLong(index, Long.parseLong(value));
    }
  }
}
