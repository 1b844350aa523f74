package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.bonito.jdbc.BonitoXADataSource;
import io.bonito.testkit.server.AdminConnection;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.XAConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Narayana commits over two databases of Bonito's, of both families where both are selected. */
@Tag("server")
@Timeout(240)
class TwoPhaseCommitTest {
  /** A table in a schema of its own, and a connection that a transaction manager drives. */
  private record Branch(Database database, XAConnection xa, Connection connection)
      implements AutoCloseable {
    static Branch open(Way way) throws SQLException {
      Database database = way.freshDatabase(TwoPhaseCommitTest.class);
      try (Connection setUp = database.connect();
          Statement statement = setUp.createStatement()) {
        statement.execute("CREATE TABLE booked (id INT PRIMARY KEY)");
      }
      BonitoXADataSource source = new BonitoXADataSource(database.url());
      source.setUser(database.user());
      source.setPassword(database.password());
      XAConnection xa = source.getXAConnection();
      return new Branch(database, xa, xa.getConnection());
    }

    void book(int id) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO booked VALUES (" + id + ")");
      }
    }

    long serverId() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()")) {
        id.next();
        return id.getLong(1);
      }
    }

    /** As everybody else sees it; a branch that is prepared would still hide its rows. */
    List<Integer> booked() throws SQLException {
      List<Integer> all = new ArrayList<>();
      try (Connection other = database.connect();
          Statement statement = other.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id FROM booked ORDER BY id")) {
        while (rows.next()) {
          all.add(rows.getInt(1));
        }
      }
      return all;
    }

    @Override
    public void close() throws SQLException {
      xa.close();
    }
  }

  private static TransactionManager manager;

  @BeforeAll
  static void nothingIsWritten() {
    for (String store : new String[] {null, "communicationStore", "stateStore"}) {
      ObjectStoreEnvironmentBean bean =
          store == null
              ? arjPropertyManager.getObjectStoreEnvironmentBean()
              : BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store);
      bean.setObjectStoreType(VolatileStore.class.getName());
    }
    manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
  }

  /** Each server with the next one; where there is one only, with itself. */
  static Stream<Arguments> pairs() {
    List<Way> ways = Way.bonito().toList();
    return IntStream.range(0, ways.size())
        .mapToObj(i -> Arguments.of(ways.get(i), ways.get((i + 1) % ways.size())));
  }

  private static void begin(Branch... branches) throws Exception {
    manager.setTransactionTimeout(200);
    manager.begin();
    for (Branch branch : branches) {
      assertThat(manager.getTransaction().enlistResource(branch.xa().getXAResource())).isTrue();
    }
  }

  private static void nothingIsLeftPrepared(Branch branch) {
    try (AdminConnection admin = branch.database().way().server().admin()) {
      assertThat(admin.query("XA RECOVER")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void bothAreCommittedOrBothAreRolledBack(Way first, Way second) throws Exception {
    try (Branch one = Branch.open(first);
        Branch two = Branch.open(second)) {
      begin(one, two);
      one.book(1);
      two.book(1);
      assertThat(one.booked()).isEmpty();
      manager.commit();
      assertThat(one.booked()).containsExactly(1);
      assertThat(two.booked()).containsExactly(1);

      begin(one, two);
      one.book(2);
      two.book(2);
      manager.rollback();
      assertThat(one.booked()).containsExactly(1);
      assertThat(two.booked()).containsExactly(1);

      begin(two, one);
      one.book(3);
      two.book(3);
      manager.commit();
      assertThat(one.booked()).containsExactly(1, 3);
      assertThat(two.booked()).containsExactly(1, 3);
      nothingIsLeftPrepared(one);
      nothingIsLeftPrepared(two);
    }
  }

  /** The first has been prepared by then, and is rolled back. */
  @ParameterizedTest
  @MethodSource("pairs")
  void whereOneIsLostBeforeItIsPreparedNeitherIsCommitted(Way first, Way second) throws Exception {
    try (Branch one = Branch.open(first);
        Branch two = Branch.open(second);
        AdminConnection admin = second.server().admin()) {
      begin(one, two);
      one.book(1);
      two.book(1);
      admin.execute("KILL " + two.serverId());
      assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
      assertThat(one.booked()).isEmpty();
      assertThat(two.booked()).isEmpty();
      nothingIsLeftPrepared(one);
      nothingIsLeftPrepared(two);
    }
  }
}
