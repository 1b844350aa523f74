package io.bonito.consumer;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Finds the driver as any application does and says which version it has. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] args) throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:bonito:mysql://localhost/test");
    Module module = driver.getClass().getModule();
    System.out.println(
        module.getName() + " " + driver.getMajorVersion() + "." + driver.getMinorVersion());
  }
}
