package io.bonito.protocol.option;

/** Whether statements with parameters are prepared on the server. */
public enum ServerPreparation {
  /** Wherever the server can prepare the statement. */
  AUTO,
  /** Wherever the server can, statements without parameters too. */
  ALWAYS,
  /** Never: parameters are written into the text as literals. */
  NEVER
}
