package com.mysql.jdbc;

/** The name that the driver had before 2018, which many configurations still hold. */
public class Driver extends com.mysql.cj.jdbc.Driver {
  /** For frameworks; applications need no driver object. */
  public Driver() {}
}
