package io.bonito.protocol.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.message.ServerError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorKindTest {
  /** Codes and states as MySQL 8.0, 9.7 and MariaDB 10.11, 11.4 send them, and what we report. */
  @ParameterizedTest
  @CsvSource({
    "1062, 23000, INTEGRITY, 23000",
    "1451, 23000, INTEGRITY, 23000",
    "1452, 23000, INTEGRITY, 23000",
    "1048, 23000, INTEGRITY, 23000",
    "3819, HY000, INTEGRITY, 23000",
    "4025, 23000, INTEGRITY, 23000",
    "1136, 21S01, INTEGRITY, 21S01",
    "1364, HY000, GENERAL, HY000",
    "1213, 40001, ROLLBACK, 40001",
    "1205, HY000, ROLLBACK, 40001",
    "1614, XA102, ROLLBACK, XA102",
    "1020, HY000, ROLLBACK, HY000",
    "3101, HY000, ROLLBACK, HY000",
    "3572, HY000, LOCK_UNAVAILABLE, HY000",
    "1317, 70100, INTERRUPTED, 70100",
    "1969, 70100, TIMEOUT, 70100",
    "3024, HY000, TIMEOUT, HY000",
    "1053, 08S01, CONNECTION, 08S01",
    "1927, 70100, CONNECTION, 08S01",
    "4031, HY000, CONNECTION, 08S01",
    "1047, 08S01, CONNECTION, 08S01",
    "1040, 08004, CAPACITY, 08004",
    "1040, HY000, CAPACITY, 08004",
    "1203, 42000, CAPACITY, 42000",
    "1226, 42000, CAPACITY, 42000",
    "1461, 42000, CAPACITY, 42000",
    "1045, 28000, AUTHENTICATION, 28000",
    "1698, 28000, AUTHENTICATION, 28000",
    "1130, HY000, AUTHENTICATION, HY000",
    "3118, HY000, AUTHENTICATION, HY000",
    "1792, 25006, READ_ONLY, 25006",
    "1836, HY000, READ_ONLY, HY000",
    "9999, 25006, READ_ONLY, 25006",
    "1568, 25001, GENERAL, 25001",
    "1064, 42000, SYNTAX, 42000",
    "1054, 42S22, SYNTAX, 42S22",
    "1146, 42S02, SYNTAX, 42S02",
    "1049, 42000, SYNTAX, 42000",
    "1142, 42000, DENIED, 42000",
    "1264, 22003, TRUNCATION, 22003",
    "1265, 01000, TRUNCATION, 01000",
    "1292, 22007, TRUNCATION, 22007",
    "1406, 22001, TRUNCATION, 22001",
    "1366, HY000, DATA, HY000",
    "1690, 22003, DATA, 22003",
    "1365, 22012, DATA, 22012",
    "1235, 42000, SYNTAX, 42000",
    "1295, HY000, UNSUPPORTED, HY000",
    "1644, 45000, GENERAL, 45000",
    "1644, 40001, ROLLBACK, 40001",
    "1105, HY000, GENERAL, HY000",
    "1397, XAE04, XA, XAE04",
    "0, '', GENERAL, HY000",
    "65535, 'a b c', GENERAL, HY000",
  })
  void isToldByCodeAndState(int code, String state, ErrorKind kind, String reported) {
    ServerError error = new ServerError(code, state, "text");

    assertThat(ErrorKind.of(error)).isEqualTo(kind);
    assertThat(SqlStates.of(error)).isEqualTo(reported);
  }

  @Test
  void anOptionThatForbidsAStatementIsNotAlwaysReadOnly() {
    String form =
        "The MySQL server is running with the %s option so it cannot execute this statement";

    assertThat(ErrorKind.of(new ServerError(1290, "HY000", String.format(form, "--read-only"))))
        .isEqualTo(ErrorKind.READ_ONLY);
    assertThat(
            ErrorKind.of(new ServerError(1290, "HY000", String.format(form, "--super-read-only"))))
        .isEqualTo(ErrorKind.READ_ONLY);
    assertThat(
            ErrorKind.of(new ServerError(1290, "HY000", String.format(form, "--secure-file-priv"))))
        .isEqualTo(ErrorKind.GENERAL);
  }

  @Test
  void whatCannotBePreparedMayStillBeRunAsText() {
    assertThat(ErrorKind.isUnpreparable(new ServerError(1295, "HY000", ""))).isTrue();
    assertThat(ErrorKind.isUnpreparable(new ServerError(1461, "42000", ""))).isTrue();
    assertThat(ErrorKind.isUnpreparable(new ServerError(1064, "42000", ""))).isFalse();
  }

  @Test
  void onlyAnEndedConnectionIsGivenUp() {
    assertThat(ErrorKind.CONNECTION.endsConnection()).isTrue();
    assertThat(ErrorKind.ROLLBACK.endsConnection()).isFalse();
    assertThat(ErrorKind.ROLLBACK.mayPass()).isTrue();
    assertThat(ErrorKind.READ_ONLY.mayPass()).isFalse();
  }
}
