package io.bonito.protocol.option;

/** Whether statements with parameters are prepared on the server. */
public enum ServerPreparation {
  /** Wherever the server can prepare the statement. */
  AUTO,
  /** Always; a statement that the server cannot prepare fails. */
  ALWAYS,
  /** Never: parameters are written into the text as literals. */
  NEVER
}
