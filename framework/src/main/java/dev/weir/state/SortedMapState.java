package dev.weir.state;

import java.util.Map;
import java.util.Optional;

/**
 * A {@link MapState} whose iterations go in the order of the keys and can be limited to a part.
 * What the order is {@link dev.weir.serde.ordered.OrderedSerializers} says for each type. A part
 * costs what it holds, not what the map holds. Confined to the task thread.
 *
 * @param <K> type of the entries' keys
 * @param <V> type of the values
 */
public interface SortedMapState<K, V> extends MapState<K, V> {
  /**
   * @return the entry with the smallest key, or empty
   */
  Optional<Map.Entry<K, V>> first();

  /**
   * @param from smallest key to show
   * @param to the key before which to end; none is shown if it is not behind the first
   * @return the entries from one key, included, to another, excluded
   */
  Iterable<Map.Entry<K, V>> range(K from, K to);

  /**
   * @param from smallest key to show
   * @return the entries from a key, included
   */
  Iterable<Map.Entry<K, V>> from(K from);

  /**
   * @param to the key before which to end
   * @return the entries before a key
   */
  Iterable<Map.Entry<K, V>> before(K to);

  /**
   * @param prefix what the keys begin with
   * @return the entries whose keys begin so
   * @throws UnsupportedOperationException if keys are neither {@code String} nor {@code byte[]},
   *     and their serializer knows no beginnings
   */
  Iterable<Map.Entry<K, V>> prefix(K prefix);
}
