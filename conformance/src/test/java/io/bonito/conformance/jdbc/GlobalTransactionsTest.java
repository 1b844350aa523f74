package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoXADataSource;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Branches of global transactions, and who may complete them. */
@Tag("server")
@Timeout(300)
class GlobalTransactionsTest {
  private static final int FLAGLESS = XAResource.TMNOFLAGS;
  private static final int WHOLE_SCAN = XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN;

  private record Name(int formatId, byte[] globalId, byte[] qualifier) implements Xid {
    static Name of(String schema, int branch) {
      return new Name(
          1,
          schema.getBytes(StandardCharsets.UTF_8),
          new byte[] {'b', (byte) branch, 0, (byte) 255});
    }

    @Override
    public int getFormatId() {
      return formatId;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return globalId;
    }

    @Override
    public byte[] getBranchQualifier() {
      return qualifier;
    }
  }

  private static XAConnection open(Server server, String schema, String... options)
      throws SQLException {
    BonitoXADataSource source = new BonitoXADataSource(Jdbc.url(server, schema, options));
    return source.getXAConnection(server.user(), server.password());
  }

  private static String schemaWithTable(Server server) throws SQLException {
    String schema = server.freshSchema(GlobalTransactionsTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY, n INT) ENGINE=InnoDB");
    }
    return schema;
  }

  private static List<String> ids(Server server, String schema) throws SQLException {
    try (Connection connection = Jdbc.connect(server, schema)) {
      return Jdbc.column(connection, "SELECT id FROM t ORDER BY id");
    }
  }

  private static void insert(Connection connection, int id) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, 0)")) {
      insert.setInt(1, id);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
  }

  private static void assertXa(ThrowingCallable call, int code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).as(e.getMessage()).isEqualTo(code));
  }

  private static boolean isPrepared(XAResource resource, Xid xid) throws XAException {
    return Arrays.stream(resource.recover(WHOLE_SCAN))
        .anyMatch(
            each ->
                each.getFormatId() == xid.getFormatId()
                    && Arrays.equals(each.getGlobalTransactionId(), xid.getGlobalTransactionId())
                    && Arrays.equals(each.getBranchQualifier(), xid.getBranchQualifier()));
  }

  private static boolean detaches(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      return !Jdbc.column(connection, "SHOW VARIABLES LIKE 'xa_detach_on_prepare'").isEmpty();
    }
  }

  // ---- the ways to complete a branch

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBranchIsCommittedInTwoPhases(Server server) throws Exception {
    String schema = schemaWithTable(server);
    for (String way : new String[] {"useServerPrepStmts=true", "useServerPrepStmts=false"}) {
      Name xid = Name.of(schema, way.length());
      XAConnection xa = open(server, schema, way);
      XAResource resource = xa.getXAResource();
      try (Connection connection = xa.getConnection()) {
        resource.start(xid, FLAGLESS);
        insert(connection, way.length());
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        assertThat(isPrepared(resource, xid)).isTrue();
        resource.commit(xid, false);
        assertThat(isPrepared(resource, xid)).isFalse();
        // The connection is free again.
        insert(connection, 1000 + way.length());
      }
      xa.close();
    }
    assertThat(ids(server, schema)).containsExactly("23", "24", "1023", "1024");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBranchIsCommittedInOnePhaseOrRolledBackBeforeAndAfterPreparing(Server server)
      throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    try (Connection connection = xa.getConnection()) {
      for (int i = 0; i < 3; i++) {
        Name xid = Name.of(schema, i);
        resource.start(xid, FLAGLESS);
        insert(connection, i);
        resource.end(xid, XAResource.TMSUCCESS);
        if (i == 0) {
          resource.commit(xid, true);
        } else {
          if (i == 1) {
            resource.prepare(xid);
          }
          resource.rollback(xid);
        }
        assertThat(connection.getAutoCommit()).isTrue();
      }
    }
    xa.close();
    assertThat(ids(server, schema)).containsExactly("0");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBranchThatOnlyReadIsPreparedAndCommittedToo(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    Name xid = Name.of(schema, 1);
    try (Connection connection = xa.getConnection()) {
      resource.start(xid, FLAGLESS);
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).isEmpty();
      resource.end(xid, XAResource.TMSUCCESS);
      if (resource.prepare(xid) == XAResource.XA_OK) {
        resource.commit(xid, false);
      }
      insert(connection, 1);
    }
    xa.close();
    assertThat(ids(server, schema)).containsExactly("1");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBranchIsSuspendedResumedJoinedAndEndedByItsOwnConnection(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAConnection other = open(server, schema);
    XAResource resource = xa.getXAResource();
    assertThat(resource.isSameRM(resource)).isTrue();
    assertThat(resource.isSameRM(other.getXAResource())).isFalse();
    Name xid = Name.of(schema, 1);
    try (Connection connection = xa.getConnection()) {
      resource.start(xid, FLAGLESS);
      insert(connection, 1);
      resource.end(xid, XAResource.TMSUSPEND);
      assertXa(() -> resource.start(xid, XAResource.TMJOIN), XAException.XAER_PROTO);
      resource.start(xid, XAResource.TMRESUME);
      insert(connection, 2);
      resource.end(xid, XAResource.TMSUCCESS);
      assertXa(() -> resource.start(xid, XAResource.TMRESUME), XAException.XAER_PROTO);
      resource.start(xid, XAResource.TMJOIN);
      insert(connection, 3);
      resource.end(xid, XAResource.TMSUSPEND);
      // What is suspended may be ended as it is.
      resource.end(xid, XAResource.TMSUCCESS);
      XAResource stranger = other.getXAResource();
      assertXa(() -> stranger.start(xid, XAResource.TMJOIN), XAException.XAER_NOTA);
      resource.commit(xid, true);
    }
    xa.close();
    other.close();
    assertThat(ids(server, schema)).containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBranchThatEndedInFailureIsRolledBackByWhoeverCompletesIt(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    try (Connection connection = xa.getConnection()) {
      for (int i = 0; i < 3; i++) {
        Name xid = Name.of(schema, i);
        resource.start(xid, FLAGLESS);
        insert(connection, i);
        resource.end(xid, XAResource.TMFAIL);
        if (i == 0) {
          assertXa(() -> resource.prepare(xid), XAException.XA_RBROLLBACK);
        } else if (i == 1) {
          assertXa(() -> resource.commit(xid, true), XAException.XA_RBROLLBACK);
        } else {
          resource.rollback(xid);
        }
      }
      insert(connection, 9);
    }
    xa.close();
    assertThat(ids(server, schema)).containsExactly("9");
  }

  // ---- the connection meanwhile

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aConnectionInABranchEndsNoTransactionOfItsOwn(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    Name xid = Name.of(schema, 1);
    Connection connection = xa.getConnection();
    resource.start(xid, FLAGLESS);
    insert(connection, 1);
    assertThat(connection.getAutoCommit()).isFalse();
    connection.setAutoCommit(false);
    for (ThrowingCallable refused :
        List.<ThrowingCallable>of(
            connection::commit,
            connection::rollback,
            connection::setSavepoint,
            () -> connection.setSavepoint("s"),
            () -> connection.setAutoCommit(true))) {
      assertThatThrownBy(refused)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("2D000"))
          .hasMessageContaining("is active");
    }
    // Nor by SQL: the server sees to that.
    assertThatThrownBy(() -> Jdbc.run(connection, "COMMIT"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1399));
    resource.end(xid, XAResource.TMSUCCESS);
    assertThatThrownBy(connection::commit).hasMessageContaining("is ended");
    resource.rollback(xid);
    assertThat(connection.getAutoCommit()).isTrue();
    connection.setAutoCommit(false);
    insert(connection, 2);
    connection.commit();
    xa.close();
    assertThat(ids(server, schema)).containsExactly("2");
  }

  /** Containers close handles before the manager ends the branch. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBranchOutlivesTheHandlesThatWorkInIt(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    Name xid = Name.of(schema, 1);
    resource.start(xid, FLAGLESS);
    for (int i = 1; i <= 2; i++) {
      try (Connection connection = xa.getConnection()) {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        insert(connection, i);
      }
    }
    resource.end(xid, XAResource.TMSUCCESS);
    resource.prepare(xid);
    resource.commit(xid, false);
    try (Connection connection = xa.getConnection()) {
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      insert(connection, 3);
    }
    xa.close();
    assertThat(ids(server, schema)).containsExactly("1", "2", "3");
  }

  // ---- errors

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void errorsOfTheServerAreThoseOfXaAndTheirCauseIsKept(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAConnection other = open(server, schema);
    XAResource resource = xa.getXAResource();
    Name xid = Name.of(schema, 1);
    Name unknown = Name.of(schema, 2);
    assertXa(() -> resource.commit(unknown, false), XAException.XAER_NOTA);
    assertXa(() -> resource.rollback(unknown), XAException.XAER_NOTA);
    try (Connection connection = xa.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, 1);
      assertXa(() -> resource.start(xid, FLAGLESS), XAException.XAER_OUTSIDE);
      connection.rollback();
      connection.setAutoCommit(true);
    }
    resource.start(xid, FLAGLESS);
    XAResource stranger = other.getXAResource();
    assertXa(() -> stranger.start(xid, FLAGLESS), XAException.XAER_DUPID);
    assertXa(() -> resource.start(unknown, FLAGLESS), XAException.XAER_RMFAIL);
    assertXa(() -> resource.end(unknown, XAResource.TMSUCCESS), XAException.XAER_NOTA);
    assertThatThrownBy(() -> resource.commit(xid, true))
        .isInstanceOfSatisfying(
            XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_RMFAIL))
        .hasCauseInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(((SQLException) e.getCause()).getErrorCode()).isEqualTo(1399));
    assertXa(() -> resource.start(xid, 1), XAException.XAER_INVAL);
    assertXa(() -> resource.end(xid, XAResource.TMJOIN), XAException.XAER_INVAL);
    assertXa(() -> resource.recover(XAResource.TMJOIN), XAException.XAER_INVAL);
    assertXa(
        () -> resource.start(new Name(1, new byte[65], new byte[0]), FLAGLESS),
        XAException.XAER_INVAL);
    assertXa(
        () -> resource.start(new Name(-2, new byte[1], new byte[1]), FLAGLESS),
        XAException.XAER_INVAL);
    assertXa(() -> resource.setTransactionTimeout(-1), XAException.XAER_INVAL);
    assertThat(resource.setTransactionTimeout(30)).isFalse();
    assertThat(resource.getTransactionTimeout()).isZero();
    resource.end(xid, XAResource.TMSUCCESS);
    resource.rollback(xid);
    resource.forget(xid);
    xa.close();
    other.close();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBranchThatLostADeadlockEndsWithThatCode(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    Name xid = Name.of(schema, 1);
    try (Connection connection = xa.getConnection();
        Connection heavy = Jdbc.connect(server, schema)) {
      Jdbc.run(heavy, "INSERT INTO t VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0)");
      resource.start(xid, FLAGLESS);
      Jdbc.run(connection, "UPDATE t SET n = 1 WHERE id = 1");
      heavy.setAutoCommit(false);
      // The transaction with fewer changes is the victim.
      Jdbc.run(heavy, "UPDATE t SET n = 2 WHERE id > 1");
      Thread waiting =
          new Thread(
              () -> {
                try {
                  Jdbc.run(heavy, "UPDATE t SET n = 2 WHERE id = 1");
                  heavy.commit();
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              });
      waiting.start();
      assertThatThrownBy(() -> Jdbc.run(connection, "UPDATE t SET n = 1 WHERE id = 2"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1213));
      waiting.join();
      // MariaDB 10.11 and 11.8 do not say why it can only be rolled back.
      assertThatThrownBy(() -> resource.end(xid, XAResource.TMSUCCESS))
          .isInstanceOfSatisfying(
              XAException.class,
              e ->
                  assertThat(e.errorCode)
                      .as(e.getMessage())
                      .isEqualTo(
                          String.valueOf(e.getMessage()).contains("ROLLBACK ONLY")
                              ? XAException.XA_RBROLLBACK
                              : XAException.XA_RBDEADLOCK));
      resource.rollback(xid);
      assertThat(Jdbc.value(connection, "SELECT n FROM t WHERE id = 1")).isEqualTo("2");
    }
    xa.close();
  }

  // ---- recovery

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPreparedBranchWhoseConnectionIsLostIsRecoveredAndCommittedByAnother(Server server)
      throws Exception {
    String schema = schemaWithTable(server);
    Name xid = Name.of(schema, 1);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    String id;
    try (Connection connection = xa.getConnection()) {
      id = String.valueOf(Jdbc.value(connection, "SELECT CONNECTION_ID()"));
      resource.start(xid, FLAGLESS);
      insert(connection, 1);
      resource.end(xid, XAResource.TMSUCCESS);
      resource.prepare(xid);
    }
    try (AdminConnection admin = server.admin()) {
      admin.execute("KILL " + id);
    }
    assertXa(() -> resource.recover(WHOLE_SCAN), XAException.XAER_RMFAIL);
    assertXa(() -> resource.commit(xid, false), XAException.XAER_RMFAIL);

    XAConnection second = open(server, schema);
    XAResource recovering = second.getXAResource();
    assertThat(recovering.recover(FLAGLESS)).isEmpty();
    assertThat(recovering.recover(XAResource.TMENDRSCAN)).isEmpty();
    assertThat(isPrepared(recovering, xid)).isTrue();
    recovering.commit(xid, false);
    assertThat(isPrepared(recovering, xid)).isFalse();
    second.close();
    assertThat(ids(server, schema)).containsExactly("1");
  }

  /** MySQL detaches what is prepared; MariaDB lets nobody else near it while its session lives. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anotherConnectionCommitsAPreparedBranchWhereTheServerLetsIt(Server server) throws Exception {
    String schema = schemaWithTable(server);
    Name xid = Name.of(schema, 1);
    XAConnection xa = open(server, schema);
    XAConnection other = open(server, schema);
    XAResource resource = xa.getXAResource();
    XAResource stranger = other.getXAResource();
    try (Connection connection = xa.getConnection()) {
      resource.start(xid, FLAGLESS);
      insert(connection, 1);
      resource.end(xid, XAResource.TMSUCCESS);
      resource.prepare(xid);
      if (detaches(server)) {
        // The connection is free at once.
        insert(connection, 2);
        stranger.commit(xid, false);
      } else {
        assertThatThrownBy(() -> insert(connection, 2)).isInstanceOf(SQLException.class);
        assertThatThrownBy(connection::commit).hasMessageContaining("is prepared");
        // "No such branch" would have a manager forget it.
        assertXa(() -> stranger.commit(xid, false), XAException.XAER_RMFAIL);
        resource.commit(xid, false);
        insert(connection, 2);
      }
      assertXa(() -> stranger.commit(xid, false), XAException.XAER_NOTA);
    }
    xa.close();
    other.close();
    assertThat(ids(server, schema)).containsExactly("1", "2");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anXidOfAnyBytesAndFormatIsRecoveredAsItWas(Server server) throws Exception {
    String schema = schemaWithTable(server);
    XAConnection xa = open(server, schema);
    XAResource resource = xa.getXAResource();
    byte[] bytes = new byte[64];
    for (int part = 0; part < 4; part++) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (part * 64 + i);
      }
      for (int format : new int[] {0, 131_077, Integer.MAX_VALUE}) {
        Name xid = new Name(format, bytes, Arrays.copyOf(bytes, part * 21));
        try (Connection connection = xa.getConnection()) {
          resource.start(xid, FLAGLESS);
          insert(connection, 1);
          resource.end(xid, XAResource.TMSUCCESS);
          resource.prepare(xid);
          assertThat(isPrepared(resource, xid)).as("part %d, format %d", part, format).isTrue();
          resource.rollback(xid);
        }
      }
    }
    xa.close();
  }
}
