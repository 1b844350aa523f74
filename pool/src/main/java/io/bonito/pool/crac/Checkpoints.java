package io.bonito.pool.crac;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Listens to CRaC, where it is there. What names its types is in the class inside: the JVM looks at
 * them when it verifies a class, before any of its code could catch that they are missing.
 */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Listens from now on.
   *
   * @return what must be kept, since CRaC does not keep it; any object where there is no CRaC
   */
  public static Object listen(Runnable before, Runnable after) {
    try {
      return Pools.listen(before, after);
    } catch (NoClassDefFoundError e) {
      return e;
    }
  }

  /** A class of its own, so that nothing of CRaC is looked for before the attempt. */
  private record Pools(Runnable before, Runnable after) implements Resource {
    static Object listen(Runnable before, Runnable after) {
      Resource resource = new Pools(before, after);
      Core.getGlobalContext().register(resource);
      return resource;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
      before.run();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
      after.run();
    }
  }
}
