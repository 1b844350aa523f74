package io.bonito.languages;

import java.util.List;
import org.jruby.embed.LocalContextScope;
import org.jruby.embed.LocalVariableBehavior;
import org.jruby.embed.PathType;
import org.jruby.embed.ScriptingContainer;

/** The one JRuby of this JVM: it takes seconds to start. */
final class Ruby {
  private static final ScriptingContainer CONTAINER =
      new ScriptingContainer(LocalContextScope.SINGLETON, LocalVariableBehavior.TRANSIENT);

  private Ruby() {}

  /** Has {@code require} look there too. */
  static void addFolder(String path) {
    run("$LOAD_PATH.unshift($arguments[0])", path);
  }

  /** Runs a file of the class path. */
  static void load(String file) {
    CONTAINER.runScriptlet(PathType.CLASSPATH, file);
  }

  /** Gives a script its parameters as {@code ARGUMENTS}. */
  static Object run(String script, Object... arguments) {
    CONTAINER.put("$arguments", List.of(arguments));
    return CONTAINER.runScriptlet(script);
  }
}
