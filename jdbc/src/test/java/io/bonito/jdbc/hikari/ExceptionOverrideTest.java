package io.bonito.jdbc.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;

class ExceptionOverrideTest {
  private static Override of(SQLException exception) {
    return new ExceptionOverride().adjudicate(exception);
  }

  @Test
  void whatTheServerRefusesKeepsTheConnection() {
    assertThat(of(new SQLException("vttablet: no such table", "HY000", 1105)))
        .isEqualTo(Override.DO_NOT_EVICT);
    assertThat(of(new SQLFeatureNotSupportedException("ALGORITHM=INPLACE", "0A000", 1845)))
        .isEqualTo(Override.DO_NOT_EVICT);
    assertThat(of(new SQLTimeoutException("interrupted", "70100", 1317)))
        .isEqualTo(Override.DO_NOT_EVICT);
  }

  @Test
  void hikariDecidesAboutEverythingElse() {
    assertThat(of(new SQLException("duplicate", "23000", 1062))).isEqualTo(Override.CONTINUE_EVICT);
    assertThat(of(new SQLException("lost", "08S01", 1105))).isEqualTo(Override.CONTINUE_EVICT);
    assertThat(of(new SQLTimeoutException("no answer came", "08S01")))
        .isEqualTo(Override.CONTINUE_EVICT);
    assertThat(of(new SQLFeatureNotSupportedException("no code", "0A000")))
        .isEqualTo(Override.CONTINUE_EVICT);
    assertThat(of(new SQLException("neither state nor code"))).isEqualTo(Override.CONTINUE_EVICT);
  }

  @Test
  void aLostConnectionFurtherAlongTheChainIsHikarisToSee() {
    SQLException batch = new BatchUpdateException("row 3", "HY000", 1105, new int[] {1, 1});
    batch.setNextException(new SQLException("lost", "08S01"));
    assertThat(of(batch)).isEqualTo(Override.CONTINUE_EVICT);
  }
}
