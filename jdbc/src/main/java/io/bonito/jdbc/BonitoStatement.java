package io.bonito.jdbc;

import java.io.InputStream;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What this driver's statements can do beyond JDBC.
 *
 * <pre>{@code
 * statement.unwrap(BonitoStatement.class).setLocalInfileInputStream(csv);
 * statement.execute("LOAD DATA LOCAL INFILE 'csv' INTO TABLE t");
 * }</pre>
 */
public interface BonitoStatement extends Statement {
  /**
   * Gives the data of the next LOAD DATA LOCAL that this statement executes. The file's name in the
   * SQL means nothing: no file is ever read. The option {@code allowLoadLocalInfile} must be on.
   *
   * @param data read to its end by one execution and not closed; null takes it back
   */
  void setLocalInfileInputStream(@Nullable InputStream data);
}
