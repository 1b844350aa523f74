import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the classes that pass java.sql's methods on to a driver, from the interfaces of the JDK
 * that builds. Started by the build: {@code java DelegateGenerator.java <directory>}.
 *
 * <pre>
 *   public T method(A p0) throws SQLException {
 *     Interface delegate = delegate();          refuses what is closed
 *     try {
 *       return wrap(delegate.method(p0));       wrap where T is an interface that is wrapped too
 *     } catch (SQLException e) {
 *       throw failed(e);                        looks whether the connection is lost
 *     } finally {
 *       leave();
 *     }
 *   }
 * </pre>
 *
 * <p>Methods that may not throw are left to be written by hand. Methods of Connection that JDK 17
 * does not have yet are written by hand, in LeasedConnection.
 */
public final class DelegateGenerator {
  private static final Set<Class<?>> WRAPPED =
      Set.of(
          Statement.class,
          PreparedStatement.class,
          CallableStatement.class,
          ResultSet.class,
          DatabaseMetaData.class);

  /** What each delegate is asked to wrap. */
  private static final Map<Class<?>, List<String>> WRAPPINGS =
      Map.of(
          Connection.class,
          List.of(
              "Statement wrap(Statement statement)",
              "PreparedStatement wrap(PreparedStatement statement, String sql)",
              "CallableStatement wrap(CallableStatement statement, String sql)",
              "DatabaseMetaData wrap(DatabaseMetaData metaData)"),
          Statement.class,
          List.of("ResultSet wrap(@Nullable ResultSet results)"),
          DatabaseMetaData.class,
          List.of("ResultSet wrap(ResultSet results)"));

  /** Newer than JDK 17. */
  private static final Set<String> NEWER_OF_CONNECTION =
      Set.of("enquoteLiteral", "enquoteIdentifier", "isSimpleIdentifier", "enquoteNCharLiteral");

  private DelegateGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]).resolve("io/bonito/pool/jdbc");
    Files.createDirectories(directory);
    write(directory, Connection.class, null, "");
    write(directory, Statement.class, null, "");
    write(directory, PreparedStatement.class, Statement.class, "LeasedStatement");
    write(directory, CallableStatement.class, PreparedStatement.class, "LeasedPreparedStatement");
    write(directory, ResultSet.class, null, "");
    write(directory, DatabaseMetaData.class, null, "");
  }

  private static void write(Path directory, Class<?> type, Class<?> above, String parent)
      throws IOException {
    String name = type.getSimpleName() + "Delegate";
    StringBuilder text = new StringBuilder();
    text.append("package io.bonito.pool.jdbc;\n\n");
    text.append("import java.sql.*;\nimport org.jspecify.annotations.Nullable;\n\n");
    text.append("/** Passes ")
        .append(type.getSimpleName())
        .append(" on. Written by the build. */\n");
    text.append("@SuppressWarnings({\"deprecation\", \"removal\", \"rawtypes\", \"unchecked\"})\n");
    text.append("abstract class ").append(name);
    if (!parent.isEmpty()) {
      text.append(" extends ").append(parent);
    }
    text.append(" implements ").append(type.getName()).append(" {\n");
    if (!parent.isEmpty()) {
      text.append("  ").append(name).append("(LeasedConnection owner, ");
      text.append(above.getName()).append(" delegate, String sql) {\n");
      text.append("    super(owner, delegate, sql);\n  }\n");
    } else {
      text.append("  abstract java.sql.SQLException failed(java.sql.SQLException e);\n");
      text.append("  abstract void leave();\n");
      if (type == Statement.class) {
        text.append("  abstract void executing(@Nullable String sql);\n");
      }
    }
    WRAPPINGS
        .getOrDefault(type, List.of())
        .forEach(wrapping -> text.append("  abstract ").append(wrapping).append(";\n"));
    text.append("  abstract ").append(type.getName()).append(' ').append(getter(type));
    text.append(" throws java.sql.SQLException;\n");
    methods(type, above).values().forEach(method -> append(text, type, method));
    Files.writeString(directory.resolve(name + ".java"), text.append("}\n"));
  }

  private static String getter(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "Delegate()";
  }

  /** The methods that {@code above} does not have, in an order that does not depend on the JVM. */
  private static Map<String, Method> methods(Class<?> type, Class<?> above) {
    Set<String> known =
        above == null
            ? Set.of()
            : Arrays.stream(above.getMethods())
                .map(DelegateGenerator::signature)
                .collect(Collectors.toSet());
    Map<String, Method> methods = new TreeMap<>(Comparator.naturalOrder());
    for (Method method : type.getMethods()) {
      boolean skipped =
          Modifier.isStatic(method.getModifiers())
              || method.getDeclaringClass() == Wrapper.class
              || method.getExceptionTypes().length == 0
              || known.contains(signature(method))
              || (type == ResultSet.class && method.getName().equals("getStatement"))
              || (type == Connection.class && NEWER_OF_CONNECTION.contains(method.getName()));
      if (!skipped) {
        methods.put(signature(method), method);
      }
    }
    return methods;
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getGenericParameterTypes())
            .map(type -> type.getTypeName().replace('$', '.'))
            .collect(Collectors.joining(",", "(", ")"));
  }

  private static void append(StringBuilder text, Class<?> type, Method method) {
    String typeParameters =
        Arrays.stream(method.getTypeParameters())
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    int count = method.getParameterCount();
    String declared =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    method.getGenericParameterTypes()[i].getTypeName().replace('$', '.') + " p" + i)
            .collect(Collectors.joining(", "));
    String passed =
        IntStream.range(0, count).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
    boolean clientInfo =
        List.of(method.getExceptionTypes()).equals(List.of(SQLClientInfoException.class));
    text.append("\n  @Override\n  public ");
    if (!typeParameters.isEmpty()) {
      text.append('<').append(typeParameters).append("> ");
    }
    text.append(method.getGenericReturnType().getTypeName().replace('$', '.')).append(' ');
    text.append(method.getName()).append('(').append(declared).append(") throws ");
    text.append(clientInfo ? "java.sql.SQLClientInfoException" : "java.sql.SQLException");
    text.append(" {\n");
    if (clientInfo) {
      text.append("    try {\n      clientInfo(").append(passed).append(");\n");
      text.append("    } catch (java.sql.SQLClientInfoException e) {\n      throw e;\n");
      text.append("    } catch (java.sql.SQLException e) {\n");
      text.append("      throw new java.sql.SQLClientInfoException(\n");
      text.append("          e.getMessage(), java.util.Map.of(), e);\n    }\n  }\n");
      text.append("\n  private void clientInfo(").append(declared);
      text.append(") throws java.sql.SQLException {\n");
    }
    appendBody(text, type, method, passed);
    text.append("  }\n");
  }

  private static void appendBody(StringBuilder text, Class<?> type, Method method, String passed) {
    text.append("    ").append(type.getName()).append(" delegate = ").append(getter(type));
    text.append(";\n");
    if (method.getName().startsWith("execute")) {
      boolean hasText = method.getParameterCount() > 0;
      text.append("    executing(").append(hasText ? "p0" : "null").append(");\n");
    }
    String call = "delegate." + method.getName() + "(" + passed + ")";
    text.append("    try {\n      ");
    if (method.getReturnType() == void.class) {
      text.append(call);
    } else if (WRAPPED.contains(method.getReturnType())) {
      String sql = method.getName().startsWith("prepare") ? ", p0" : "";
      text.append("return wrap(").append(call).append(sql).append(")");
    } else {
      text.append("return ").append(call);
    }
    text.append(";\n    } catch (java.sql.SQLException e) {\n      throw failed(e);\n");
    text.append("    } finally {\n      leave();\n    }\n");
  }
}
