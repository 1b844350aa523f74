package io.bonito.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerProfileTest {
  private static final int UTF8MB4 = 45;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "8.0.33,                          MySQL Community Server - GPL,   '', MYSQL, true",
        "26.7.0,                          MySQL Community Server - GPL,   '', MYSQL, true",
        "5.7.44-log,                      MySQL Community Server (GPL),   '', MYSQL, false",
        "8.0.36-28,                       Percona Server (GPL),           '', PERCONA, true",
        "5.5.5-10.11.6-MariaDB,           mariadb.org binary distribution,'', MARIADB, true",
        "11.4.5-MariaDB,                  mariadb.org binary distribution,'', MARIADB, true",
        "5.5.5-10.1.48-MariaDB,           MariaDB Server,                 '', MARIADB, false",
        "8.0.39,                          MySQL Community Server (GPL),   3.08.0, AURORA, true",
        "5.7.12,                          MySQL Community Server (GPL),   2.11.1, AURORA, false",
        "8.0.12,                          MySQL Community Server (GPL),   2.11.1, AURORA, false",
        "8.0.11,                          (ProxySQL),                     '', PROXYSQL, false",
        "5.5.5-10.6.12 23.08.4-maxscale,  MariaDB Server,                 '', MAXSCALE, false",
        "8.0.11-TiDB-v7.5.0,              TiDB Server (Apache License 2.0), '', TIDB, false",
        "8.0.30-Vitess,                   Version: 19.0.0,                '', VITESS, false",
        "5.7.22-ShardingSphere-Proxy 5.4, -,                              '', SHARDINGSPHERE, false",
        "5.7.25-OceanBase-v4.2.1,         OceanBase 4.2.1,                '', OCEANBASE, false",
        "5.7.32,                          SingleStoreDB source distribution, '', SINGLESTORE, false",
        "8.0.33,                          StarRocks version 3.2,          '', STARROCKS, false",
        "5.7.99,                          Doris version doris-2.1,        '', DORIS, false",
      })
  void aProductIsToldByWhatItSays(
      String sent, String comment, String aurora, ServerProduct product, boolean mayPipeline) {
    ServerVersion version = ServerVersion.parse(sent, /* extendedCapabilities= */ false);
    ServerProfile.Answers answers = new ServerProfile.Answers();
    answers.add(row(comment));
    answers.add(row("wait_timeout", "28800"));
    if (!aurora.isEmpty()) {
      answers.add(row("aurora_version", aurora));
    }
    ServerProfile profile = answers.profile(version);

    assertThat(profile.product()).isEqualTo(product);
    assertThat(profile.mayPipeline(version)).isEqualTo(mayPipeline);
  }

  @Test
  void nothingIsPipelinedBeforeTheProfileIsKnown() {
    ServerVersion version = ServerVersion.parse("8.0.33", /* extendedCapabilities= */ false);
    ServerProfile.Answers halfAnswered = new ServerProfile.Answers();
    halfAnswered.add(row("wait_timeout", "28800"));

    assertThat(ServerProfile.UNKNOWN.mayPipeline(version)).isFalse();
    assertThat(ServerProfile.unknown(version).mayPipeline(version)).isFalse();
    assertThat(halfAnswered.profile(version).mayPipeline(version)).isFalse();
  }

  @Test
  void variablesAreReadInAnyOrderAndCase() {
    ServerProfile.Answers answers = new ServerProfile.Answers();
    answers.add(row("WAIT_TIMEOUT", "60"));
    answers.add(row("max_allowed_packet", "67108864"));
    answers.add(row("max_prepared_stmt_count", "16382"));
    answers.add(row("time_zone", "SYSTEM"));
    answers.add(row("system_time_zone", "UTC"));
    answers.add(row("sql_mode", "ANSI_QUOTES"));
    answers.add(row("lower_case_table_names", "2"));
    answers.add(row("Source distribution"));

    ServerProfile profile = answers.profile(ServerVersion.parse("8.0.33", false));

    assertThat(profile)
        .isEqualTo(
            new ServerProfile(
                /* known= */ true,
                ServerProduct.MYSQL,
                "Source distribution",
                "",
                Duration.ofSeconds(60),
                67_108_864,
                16_382,
                "SYSTEM",
                "UTC",
                "ANSI_QUOTES",
                2));
  }

  @Test
  void nonsenseCountsAsNotSaid() {
    ServerProfile.Answers answers = new ServerProfile.Answers();
    answers.add(row("wait_timeout", "-1"));
    answers.add(row("max_allowed_packet", "9".repeat(1000)));
    answers.add(row("lower_case_table_names", "999999999999"));
    answers.add(row("a", "b", "c"));

    ServerProfile profile = answers.profile(ServerVersion.parse("", false));

    assertThat(profile.waitTimeout()).isZero();
    assertThat(profile.maxAllowedPacket()).isZero();
    assertThat(profile.lowerCaseTableNames()).isEqualTo(2);
  }

  /** A text row whose values are all shorter than 251 bytes, or all of 1000. */
  private static Row row(String... values) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String value : values) {
      definitions.add(
          new ColumnDefinition(
              "", "", "", "c", "c", UTF8MB4, 4096, ColumnType.VAR_STRING.code(), 0, 0, "", ""));
      if (value == null) {
        bytes.write(0xFB);
        continue;
      }
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      if (text.length > 250) {
        bytes.write(0xFC);
        bytes.write(text.length & 0xFF);
        bytes.write(text.length >> 8);
      } else {
        bytes.write(text.length);
      }
      bytes.writeBytes(text);
    }
    Row row = new Row(new Columns(definitions, WireFormat.TEXT, DecodingOptions.DEFAULT));
    row.moveTo(bytes.toByteArray(), 0, bytes.size());
    return row;
  }
}
