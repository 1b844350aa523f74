package io.bonito.pool.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.lending.Slot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method of java.sql, as the JDK that runs this has them, reaches the driver. */
class ForwardingTest {
  /** Answered by the handle itself. */
  private static final Set<String> ANSWERED =
      Set.of(
          "close", "isClosed", "unwrap", "isWrapperFor", "getConnection", "getStatement", "abort");

  private final List<String> calls = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      classes = {
        Connection.class,
        Statement.class,
        PreparedStatement.class,
        CallableStatement.class,
        ResultSet.class,
        DatabaseMetaData.class
      })
  void everyMethodReachesTheDriver(Class<?> type) throws Exception {
    List<String> missing = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers()) || ANSWERED.contains(method.getName())) {
        continue;
      }
      Object handle = handle(type);
      Object[] arguments =
          Arrays.stream(method.getParameterTypes()).map(ForwardingTest::sample).toArray();
      calls.clear();
      try {
        method.invoke(handle, arguments);
      } catch (InvocationTargetException e) {
        missing.add(method + ": " + e.getCause());
        continue;
      }
      if (!calls.contains(called(method, arguments))) {
        missing.add(method.toString());
      }
    }
    assertThat(missing).isEmpty();
  }

  /** They are newer than the JDK that compiles, so nothing but their names can be compared. */
  @Test
  void theMethodsOfNewerJdksAreThere() {
    assertThat(Arrays.stream(LeasedConnection.class.getMethods()).map(Method::getName))
        .contains(
            "enquoteLiteral", "enquoteIdentifier", "enquoteNCharLiteral", "isSimpleIdentifier");
  }

  private Object handle(Class<?> type) throws SQLException {
    LeasedConnection connection =
        new LeasedConnection(
            Slot.outside(new WrappedPhysical(recorder(Connection.class), null)), /* ticket= */ 0);
    if (type == Connection.class) {
      return connection;
    }
    if (type == Statement.class) {
      return connection.createStatement();
    }
    if (type == PreparedStatement.class) {
      return connection.prepareStatement("SELECT 1");
    }
    if (type == CallableStatement.class) {
      return connection.prepareCall("{call f()}");
    }
    return type == ResultSet.class
        ? connection.createStatement().executeQuery("SELECT 1")
        : connection.getMetaData();
  }

  private <T> T recorder(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("toString")
                    ? "driver's"
                    : method.getName().equals("hashCode") ? (Object) 1 : proxy == arguments[0];
              }
              calls.add(called(method, arguments == null ? new Object[0] : arguments));
              Class<?> returned = method.getReturnType();
              boolean wrapped = returned.isInterface() && returned.getName().startsWith("java.sql");
              return wrapped ? recorder(returned) : primitive(returned);
            }));
  }

  private static String called(Method method, Object[] arguments) {
    return method.getName()
        + Arrays.toString(method.getParameterTypes())
        + Arrays.deepToString(arguments);
  }

  private static Object primitive(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == short.class) {
      return (short) 0;
    }
    if (type == byte.class) {
      return (byte) 0;
    }
    if (type == float.class) {
      return 0f;
    }
    if (type == double.class) {
      return 0d;
    }
    return type == int.class ? (Object) 0 : null;
  }

  /** Something that is not what a driver returns for it. */
  private static Object sample(Class<?> type) {
    if (type == boolean.class) {
      return true;
    }
    if (type == int.class) {
      return 7;
    }
    if (type == long.class) {
      return 7L;
    }
    if (type == short.class) {
      return (short) 7;
    }
    if (type == byte.class) {
      return (byte) 7;
    }
    if (type == float.class) {
      return 7f;
    }
    if (type == double.class) {
      return 7d;
    }
    if (type == String.class) {
      return "text";
    }
    return null;
  }
}
