package io.bonito.protocol.option;

/** The option that has statements share connections; part of {@link Options#all}. */
public final class MultiplexingOptions {
  public static final Option<Integer> MULTIPLEXING =
      new Option<>(
          "multiplexing",
          OptionGroup.STATEMENTS,
          OptionType.number(0, 1_024),
          0,
          "How many connections BonitoDataSource and the pool share among all threads for single"
              + " statements in autocommit, by pipelining; 0: none. See multiplexing.md for what is"
              + " shared. Ignored by DriverManager.");

  private MultiplexingOptions() {}
}
