package dev.weir.state;

import java.util.List;

/**
 * A list of elements: of the current key, or of the task in a function without keys. Confined to
 * the task thread. Elements handed in or out belong to the state: change them only by setting
 * others.
 *
 * <p>A list is read and written as a whole: adding to it costs as much as its length once per
 * checkpoint, and little otherwise. For long lists per key use a {@link SortedMapState}, whose
 * entries are rows of their own.
 *
 * @param <V> type of the elements
 */
public interface ListState<V> {
  /**
   * @return the elements in the order they were added; empty if there are none. Unmodifiable; later
   *     changes do not show
   */
  List<V> get();

  /**
   * @param value the element to add at the end; null is an error
   */
  void add(V value);

  /**
   * @param values the elements to add at the end, none of them null
   */
  void addAll(List<? extends V> values);

  /**
   * @param values the new elements, none of them null; an empty list is as {@link #clear}
   */
  void update(List<? extends V> values);

  /** Removes all elements. */
  void clear();
}
