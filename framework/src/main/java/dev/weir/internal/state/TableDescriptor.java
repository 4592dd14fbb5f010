package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import dev.weir.internal.key.EntryKeySerializer;
import dev.weir.serde.TypeSerializer;

/**
 * Describes a table of keyed state.
 *
 * @param name unique within the backend
 * @param isTimed whether rows have a time; where not, the time is always 0 and is not written
 * @param keySerializer writes keys
 * @param valueSerializer writes values
 * @param windows what rows' times are the ends of, as {@link FileHeader.Table#windows}
 */
public record TableDescriptor<K, V>(
    String name,
    boolean isTimed,
    TypeSerializer<K> keySerializer,
    TypeSerializer<V> valueSerializer,
    String windows) {
  /** Checks that entries have no times. */
  public TableDescriptor {
    Checks.argument(
        !isTimed || !(keySerializer instanceof EntryKeySerializer),
        "Table %s cannot have times and entries",
        name);
  }

  /** A table whose rows belong to no windows. */
  public TableDescriptor(
      String name,
      boolean isTimed,
      TypeSerializer<K> keySerializer,
      TypeSerializer<V> valueSerializer) {
    this(name, isTimed, keySerializer, valueSerializer, "");
  }

  /** Whether rows are entries of owners, which can be walked over and removed together. */
  public boolean hasEntries() {
    return keySerializer instanceof EntryKeySerializer;
  }
}
