package io.bonito.spring.scope;

import io.bonito.pool.scope.Lasting;
import io.bonito.pool.scope.Scope;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/** Mono, Flux and their like, of whichever library Spring knows. */
final class ReactiveResults {
  private ReactiveResults() {}

  /** The same, which closes the scope at its end; null where it is no such thing. */
  static @Nullable Object closing(Object result, Scope scope) {
    ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
    if (adapter == null || adapter.isNoValue()) {
      return null;
    }
    Flow.Publisher<?> publisher =
        (Flow.Publisher<?>)
            Lasting.closing(FlowAdapters.toFlowPublisher(adapter.toPublisher(result)), scope);
    return adapter.fromPublisher(FlowAdapters.toPublisher(publisher));
  }
}
