package io.bonito.async;

import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerStatus;

/**
 * What one result of a statement came to.
 *
 * @param affectedRows 64 bits, unsigned; 0 of a result with rows
 * @param insertId the first id that was generated, 64 bits, unsigned; 0 for none
 * @param warnings how many there are
 * @param info the server's text for people, such as {@code Records: 3 Duplicates: 0}; may be empty
 * @param outParameters whether the rows that have ended were the OUT parameters of a procedure
 */
public record Outcome(
    long affectedRows, long insertId, int warnings, String info, boolean outParameters) {
  static final Outcome NONE = new Outcome(0, 0, 0, "", false);

  static Outcome of(Ok ok) {
    return new Outcome(
        ok.affectedRows(),
        ok.insertId(),
        ok.warnings(),
        ok.info(),
        ok.has(ServerStatus.PS_OUT_PARAMS));
  }
}
