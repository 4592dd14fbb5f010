package dev.weir.internal.state;

import dev.weir.serde.TypeSerializer;

/**
 * Describes a table of keyed state.
 *
 * @param name unique within the backend
 * @param isTimed whether rows have a time; where not, the time is always 0 and is not written
 * @param keySerializer writes keys
 * @param valueSerializer writes values
 */
public record TableDescriptor<K, V>(
    String name,
    boolean isTimed,
    TypeSerializer<K> keySerializer,
    TypeSerializer<V> valueSerializer) {}
