package io.bonito.jdbc;

import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ParameterRows;
import java.sql.SQLException;

/**
 * Rows of an insert whose values are written into its text: {@code VALUES (1, 'a'), (2, 'b'), …}.
 */
final class TextRowsBatch extends InsertBatch {
  private static final int MOST_BYTES_PER_CHAR = 4;

  private final long largest;
  private final int rowStart;
  private final int behindRow;

  TextRowsBatch(
      Link link,
      ParameterRows rows,
      Literals literals,
      SqlTemplate template,
      InsertTables tables,
      long largest)
      throws SQLException {
    super(link, rows, null, literals, template, tables);
    this.largest = largest;
    this.rowStart = template.rowStart();
    this.behindRow = template.sql().length() - template.rowEnd();
  }

  @Override
  Sent send(int from, int to, long timeoutNanos) throws SQLException {
    StringBuilder sql = new StringBuilder();
    String last = text(from);
    sql.append(last, 0, last.length() - behindRow);
    int next = from + 1;
    while (next < to && fits(sql.length() + text(next).length())) {
      last = text(next++);
      sql.append(',').append(last, rowStart, last.length() - behindRow);
    }
    sql.append(last, last.length() - behindRow, last.length());
    return new Sent(link().query(sql.toString()), next - from);
  }

  private boolean fits(long chars) {
    return chars * MOST_BYTES_PER_CHAR <= largest;
  }
}
