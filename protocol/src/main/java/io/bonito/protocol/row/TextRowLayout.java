package io.bonito.protocol.row;

/**
 * A text row: a length and so many bytes for each column, or 0xFB for NULL.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_row.html">Text
 *     result row</a>
 */
final class TextRowLayout extends RowLayout {
  @Override
  void locate(byte[] bytes, int offset, int length, int[] offsets, int[] lengths) {
    int at = offset;
    int end = offset + length;
    for (int column = 0; column < lengths.length; column++) {
      if (at >= end) {
        throw missing(column, lengths.length);
      }
      int size = bytes[at++] & 0xFF;
      if (size >= NULL_PREFIX) {
        if (size == NULL_PREFIX) {
          offsets[column] = at;
          lengths[column] = NULL_LENGTH;
          continue;
        }
        size = longLength(bytes, at, end, column);
        at += prefixSize(bytes[at - 1]);
      } else if (size > end - at) {
        throw tooLong(column, size, end - at);
      }
      offsets[column] = at;
      lengths[column] = size;
      at += size;
    }
    if (at != end) {
      throw leftOver(end - at);
    }
  }
}
