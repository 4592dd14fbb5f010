package dev.weir.pipeline;

import dev.weir.error.InvalidPipelineException;
import dev.weir.state.MapStateDescriptor;
import java.util.List;

/**
 * Records that every task sees, and what tasks may keep of them. Immutable.
 *
 * @param <T> type of the records
 */
public final class BroadcastStream<T> {
  private final DataStream<T> stream;
  private final List<MapStateDescriptor<?, ?>> states;

  BroadcastStream(DataStream<T> stream, List<MapStateDescriptor<?, ?>> states) {
    this.stream = stream;
    this.states = List.copyOf(states);
    StateNames.check("broadcast(...)", this.states.stream().map(MapStateDescriptor::name).toList());
    boolean isFine = !states.isEmpty() && states.stream().noneMatch(s -> s.ttl().isEnabled());
    if (!isFine) {
      throw new InvalidPipelineException(
          "A broadcast needs at least one state, none with a time to live, got "
              + states
              + ". Give broadcast(...) a MapStateDescriptor without one.");
    }
  }

  DataStream<T> stream() {
    return stream;
  }

  List<MapStateDescriptor<?, ?>> states() {
    return states;
  }
}
