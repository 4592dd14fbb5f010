package dev.weir.state;

import java.io.Serializable;

/**
 * Names a state and says of which kind it is. The name is its identity in checkpoints. Weir knows
 * the kinds {@link ValueStateDescriptor}, {@link ListStateDescriptor}, {@link MapStateDescriptor},
 * {@link SortedMapStateDescriptor}, and in {@code dev.weir.function} {@code
 * ReducingStateDescriptor} and {@code AggregatingStateDescriptor}; no others. Immutable.
 *
 * @param <S> the handle by which the state is read and written
 */
public interface StateDescriptor<S> extends Serializable {
  /**
   * @return unique within the function, whatever the kind: 1 to 100 letters, digits, {@code .},
   *     {@code _}, {@code -}
   */
  String name();

  /**
   * @return how long the state lives; for ever if it is {@link StateTtl#none}
   */
  StateTtl ttl();
}
