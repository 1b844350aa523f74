package io.bonito.examples.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.examples.ExampleServers;
import io.bonito.jdbc.BonitoDataSource;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.value.Codec;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.ColumnDecoder;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.server.Server;
import io.bonito.transport.BlockingConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Java type that the driver does not know, and one that it knows otherwise. */
@Tag("server")
class OwnTypesTest {
  /** Added: in a column of integers, as cents. */
  record Money(long cents) {}

  private static final Codec<Money> MONEY =
      new Codec<>() {
        @Override
        public Class<Money> javaType() {
          return Money.class;
        }

        @Override
        public Money read(ColumnDecoder decoder, byte[] bytes, int offset, int length) {
          return new Money(decoder.getLong(bytes, offset, length));
        }

        @Override
        public void write(Money value, Parameters parameters, int index) {
          parameters.setLong(index, value.cents());
        }
      };

  /** Replaced: a flag is Y or N here. */
  private static final Codec<Boolean> YES_OR_NO =
      new Codec<>() {
        @Override
        public Class<Boolean> javaType() {
          return Boolean.class;
        }

        @Override
        public boolean reads(ColumnDefinition column) {
          return column.name().startsWith("is_");
        }

        @Override
        public boolean isNaturalFor(ColumnDefinition column) {
          return reads(column);
        }

        @Override
        public Boolean read(ColumnDecoder decoder, byte[] bytes, int offset, int length) {
          return "Y".equals(decoder.getString(bytes, offset, length));
        }

        @Override
        public void write(Boolean value, Parameters parameters, int index) {
          parameters.setString(index, value ? "Y" : "N");
        }
      };

  private static final List<Codec<?>> BOTH = List.of(MONEY, YES_OR_NO);
  private static final String CREATE = "CREATE TABLE account (balance BIGINT, is_open CHAR(1))";
  private static final String INSERT = "INSERT INTO account VALUES (?, ?)";

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void areReadAndWrittenThroughJdbc(Server server) throws Exception {
    String schema = server.freshSchema(OwnTypesTest.class);
    for (String prepared : List.of("true", "false")) {
      BonitoDataSource source = new BonitoDataSource();
      source.setUrl(ExampleServers.url(server, schema, "?useServerPrepStmts=" + prepared));
      source.setCodecs(BOTH);
      try (Connection connection = source.getConnection(server.user(), server.password());
          PreparedStatement drop = connection.prepareStatement("DROP TABLE IF EXISTS account");
          PreparedStatement create = connection.prepareStatement(CREATE)) {
        drop.execute();
        create.execute();
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
            PreparedStatement select =
                connection.prepareStatement(
                    "SELECT balance, is_open, is_open AS letter FROM account")) {
          insert.setObject(1, new Money(1299));
          insert.setObject(2, true);
          insert.executeUpdate();
          try (ResultSet rows = select.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1, Money.class)).isEqualTo(new Money(1299));
            assertThat(rows.getObject(1)).isEqualTo(1299L);
            assertThat(rows.getObject(2)).isEqualTo(true);
            assertThat(rows.getObject(2, Boolean.class)).isTrue();
            assertThat(rows.getString(2)).isEqualTo("Y");
            assertThat(rows.getObject(3)).isEqualTo("Y");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void areReadAndWrittenThroughABlockingConnection(Server server) throws Exception {
    String schema = server.freshSchema(OwnTypesTest.class);
    try (BlockingConnection connection =
        BlockingConnection.connect(
            ExampleServers.options(server, schema).object(Codecs.SLOT, new Codecs(BOTH)).build())) {
      connection.query(CREATE).close();
      connection.query(INSERT, new Money(-5), false).close();
      List<Object> due = List.of(new Money(-5), false, "N");
      String select = "SELECT balance, is_open FROM account";
      assertThat(connection.query(select).list(OwnTypesTest::values)).containsExactly(due);
      assertThat(connection.query(select + " WHERE balance < ?", 0).list(OwnTypesTest::values))
          .containsExactly(due);
    }
  }

  private static List<Object> values(io.bonito.protocol.row.Row row) {
    return List.of(row.get(0, Money.class), row.getObject(1), row.getString(1));
  }
}
