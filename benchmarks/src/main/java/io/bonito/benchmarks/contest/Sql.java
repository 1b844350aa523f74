package io.bonito.benchmarks.contest;

/** The statements of the loads, the same for all. */
public final class Sql {
  private Sql() {}

  /** The query of a load that is one; what depends on a key has one placeholder. */
  public static String query(Setting setting) {
    return switch (setting.load()) {
      case POINT, TWENTY, PIPELINE -> point(setting);
      case SELECT1 -> "SELECT 1";
      case ROWS ->
          "SELECT id, name FROM "
              + setting.table("things")
              + " WHERE id < "
              + (Setting.FIRST_KEY + Setting.SOME_ROWS);
      case HUNDRED -> "SELECT * FROM " + setting.table("hundred");
      case MIXED, STRINGS -> "SELECT * FROM " + setting.table("mixed");
      case STREAM -> "SELECT id, name FROM " + setting.table("things");
      case WIDE -> "SELECT note, data FROM " + setting.table("wide");
      case TRANSACTION, BEGIN, UPDATE, PARAMETERS, PROCEDURE, BATCH, CONNECT, OWN ->
          throw new IllegalArgumentException(setting.load() + " is not one query");
    };
  }

  public static String point(Setting setting) {
    return "SELECT id, name FROM " + setting.table("things") + " WHERE id = ?";
  }

  /** As many rows as it has parameters. */
  public static String inList(Setting setting) {
    return "SELECT id FROM "
        + setting.table("things")
        + " WHERE id IN (?"
        + ",?".repeat(Setting.MANY_PARAMETERS - 1)
        + ")";
  }

  public static String call(Setting setting) {
    return "{call " + setting.table("thing") + "(?)}";
  }

  public static String update(Setting setting) {
    return "UPDATE " + setting.table("things") + " SET name = ? WHERE id = ?";
  }

  public static String insert(Setting setting) {
    return "INSERT INTO " + setting.table("inserted") + " (name) VALUES (?)";
  }

  /** 32 characters. */
  public static String nameOf(int id) {
    return "a name with a number, 000" + id % 10_000_000;
  }
}
