package io.bonito.protocol.option;

/** Whether statements with parameters are prepared on the server. */
public enum ServerPreparation {
  /** Wherever the server can prepare the statement. */
  AUTO,
  /** Wherever the server can, statements without parameters too. */
  ALWAYS,
  /** Never: parameters are written into the text as literals. */
  NEVER;

  static final OptionType<ServerPreparation> TYPE =
      new OptionType<>("true, false or auto", ServerPreparation::parse, ServerPreparation::print);

  private static ServerPreparation parse(String text) {
    return text.equalsIgnoreCase("auto") ? AUTO : OptionType.parseBoolean(text) ? ALWAYS : NEVER;
  }

  private String print() {
    return switch (this) {
      case AUTO -> "auto";
      case ALWAYS -> "true";
      case NEVER -> "false";
    };
  }
}
