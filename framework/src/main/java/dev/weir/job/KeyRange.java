package dev.weir.job;

import java.util.Objects;
import java.util.Optional;

/**
 * Which keys of a stage a {@link KeyQuery} is about. Immutable.
 *
 * <p>Keys are ordered as the bytes in which the stage's serializer writes them, compared one by one
 * as unsigned numbers. That is the natural order where keys are written by an {@link
 * dev.weir.serde.ordered.OrderedSerializer}: {@code keyBy(selector,
 * OrderedSerializers.of(String.class))}. Of the {@link dev.weir.serde.TypeSerializers}, which write
 * keys if nothing is said, it is so for {@code boolean} and {@code char}, and for whole numbers
 * from 0 on, behind which the negative ones come. A {@code String} comes behind all that are
 * shorter, in bytes of UTF-8; of other types expect no order.
 *
 * @param from the least key; empty: from the first one on
 * @param to the key before which to end; empty: behind the last one
 * @param prefix what keys begin with; empty: anything
 * @param <K> type of the keys
 */
public record KeyRange<K>(Optional<K> from, Optional<K> to, Optional<K> prefix) {
  /**
   * Checks that a prefix stands alone.
   *
   * @throws IllegalArgumentException if there is a bound beside a prefix
   */
  public KeyRange {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    if (prefix.isPresent() && (from.isPresent() || to.isPresent())) {
      throw new IllegalArgumentException(
          "Keys were asked for that begin with "
              + prefix.get()
              + " and lie within bounds. Ask for one of the two.");
    }
  }

  /**
   * @param <K> type of the keys
   * @return all keys
   */
  public static <K> KeyRange<K> all() {
    return new KeyRange<>(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * @param from the least key
   * @param <K> type of the keys
   * @return the keys from one on
   */
  public static <K> KeyRange<K> from(K from) {
    return new KeyRange<>(Optional.of(from), Optional.empty(), Optional.empty());
  }

  /**
   * @param from the least key
   * @param to the key before which to end
   * @param <K> type of the keys
   * @return the keys from one, included, to another, excluded
   */
  public static <K> KeyRange<K> between(K from, K to) {
    return new KeyRange<>(Optional.of(from), Optional.of(to), Optional.empty());
  }

  /**
   * @param prefix what keys begin with; the stage's keys must be written by an {@link
   *     dev.weir.serde.ordered.OrderedSerializer} of texts or bytes
   * @param <K> type of the keys
   * @return the keys that begin so
   */
  public static <K> KeyRange<K> prefix(K prefix) {
    return new KeyRange<>(Optional.empty(), Optional.empty(), Optional.of(prefix));
  }
}
