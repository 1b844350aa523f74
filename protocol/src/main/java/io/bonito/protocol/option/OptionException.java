package io.bonito.protocol.option;

import io.bonito.protocol.failure.ForeignText;

/**
 * A configuration that cannot be meant: an unknown name, a value of the wrong kind, a URL outside
 * the grammar. Thrown before any byte is sent.
 *
 * <p>Its message names the option and never shows a password or a whole URL.
 */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String option;

  /**
   * @param option the name as it was written; empty where the fault lies with no single option
   */
  public OptionException(String option, String message) {
    super(message);
    this.option = option;
  }

  /** The option's name as it was written; empty where the fault lies with no single option. */
  public String option() {
    return option;
  }

  /** Shows what was written: at most 64 characters, without any that act on a terminal. */
  static String quote(String text) {
    return "'" + ForeignText.escaped(text, 64) + "'";
  }
}
