package dev.weir.internal.state.checked;

import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The values of one table that user code has in hand, and what they looked like when they were last
 * handed over. After a barrier they are watched until their checkpoint is completed, since until
 * then an I/O thread may be writing them. Confined to the task's thread.
 */
final class LentValues<K, V> {
  private final String stage;
  private final TableDescriptor<K, V> descriptor;
  private final ByteOutput bytes = new ByteOutput(256);
  private final Map<Place<K>, Lent<V>> frozen = new HashMap<>();
  private final Map<Object, Set<Place<K>>> ofOwners = new HashMap<>();
  private Map<Place<K>, Lent<V>> current = new HashMap<>();

  LentValues(String stage, TableDescriptor<K, V> descriptor) {
    this.stage = stage;
    this.descriptor = descriptor;
  }

  /** The value is as it should be, and may be found like that again. */
  V handedOver(long time, K key, V value) {
    if (value != null) {
      Place<K> place = new Place<>(time, key);
      current.put(place, new Lent<>(value, written(value)));
      if (descriptor.hasEntries()) {
        ofOwners.computeIfAbsent(EntryKey.of(key).owner(), none -> new HashSet<>()).add(place);
      }
    }
    return value;
  }

  /** The row is no more. */
  void forget(long time, K key) {
    current.remove(new Place<>(time, key));
  }

  /** The rows of this key's owner are no more. */
  void forgetOwner(K key) {
    Set<Place<K>> places = ofOwners.remove(EntryKey.of(key).owner());
    if (places != null) {
      current.keySet().removeAll(places);
    }
  }

  /** A barrier has come. */
  void freeze() {
    check(current);
    frozen.putAll(current);
    current = new HashMap<>();
    ofOwners.clear();
  }

  /** What was frozen has been written. */
  void completed() {
    check(frozen);
    frozen.clear();
  }

  private void check(Map<Place<K>, Lent<V>> values) {
    values.forEach(
        (place, lent) -> {
          if (!Arrays.equals(lent.bytes, written(lent.value))) {
            throw new IllegalStateException(
                "Stage '"
                    + stage
                    + "' changed a value of its state '"
                    + descriptor.name()
                    + "' for key "
                    + place.key
                    + (descriptor.isTimed() ? " at time " + place.time : "")
                    + " after it was handed over and without setting it again; it is now "
                    + lent.value
                    + ". Set the changed value, or change a copy.");
          }
        });
  }

  private byte[] written(V value) {
    bytes.truncate(0);
    try {
      descriptor.valueSerializer().serialize(value, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("A value of " + descriptor.name() + " is unwritable", e);
    }
    return bytes.toByteArray();
  }

  private record Place<K>(long time, K key) {}

  /** An object and its bytes when it was handed over. */
  private static final class Lent<V> {
    private final V value;
    private final byte[] bytes;

    Lent(V value, byte[] bytes) {
      this.value = value;
      this.bytes = bytes;
    }
  }
}
