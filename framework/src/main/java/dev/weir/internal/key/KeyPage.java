package dev.weir.internal.key;

import java.util.Collections;
import java.util.NavigableMap;

/**
 * The first keys of some key groups within bounds. Immutable.
 *
 * @param found by the bytes of the keys, in their order: the keys themselves, or what is known of
 *     them
 * @param nextKeyGroup the key group to go on with; {@link #LAST}: there is none
 * @param <T> what is given of a key
 */
public record KeyPage<T>(NavigableMap<byte[], T> found, int nextKeyGroup) {
  /** There are no more key groups. */
  public static final int LAST = -1;

  /** Makes the map unmodifiable. */
  public KeyPage {
    found = Collections.unmodifiableNavigableMap(found);
  }
}
