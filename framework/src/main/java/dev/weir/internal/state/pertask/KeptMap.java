package dev.weir.internal.state.pertask;

import dev.weir.internal.base.ByteOutput;
import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.state.BroadcastState;
import dev.weir.state.MapStateDescriptor;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A map that all tasks keep of broadcast records. */
final class KeptMap<K, V> implements KeptState<Map.Entry<K, V>>, BroadcastState<K, V> {
  private final MapStateDescriptor<K, V> descriptor;
  private final Runnable onChange;
  private final Map<K, V> entries = new LinkedHashMap<>();
  private final Map<K, V> shown = Collections.unmodifiableMap(entries);

  KeptMap(MapStateDescriptor<K, V> descriptor, Runnable onChange) {
    this.descriptor = descriptor;
    this.onChange = onChange;
  }

  @Override
  public String name() {
    return descriptor.name();
  }

  @Override
  public Spread spread() {
    return Spread.SAME;
  }

  @Override
  public List<Schema> schemas() {
    return List.of(descriptor.keySerializer().schema(), descriptor.valueSerializer().schema());
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public void writeTo(ByteOutput out) throws IOException {
    for (Map.Entry<K, V> entry : entries.entrySet()) {
      descriptor.keySerializer().serialize(entry.getKey(), out);
      descriptor.valueSerializer().serialize(entry.getValue(), out);
    }
  }

  @Override
  public Resolution<Map.Entry<K, V>> resolve(List<Schema> written) {
    return Resolution.both(
        keys(written.get(0)),
        descriptor.valueSerializer().resolve(written.get(1)).at("value"),
        (key, value) -> in -> Map.entry(key.read(in), value.read(in)));
  }

  /** Keys that differed must not become equal. */
  private Resolution<K> keys(Schema written) {
    Mismatch lost =
        new Mismatch(
            "",
            written.text(),
            descriptor.keySerializer().schema().text(),
            "keys that differed could become the same; keep what is in them, or give the state a"
                + " new name");
    return descriptor.keySerializer().resolve(written).atMost(Change.VALUES, lost).at("key");
  }

  @Override
  public void begin(List<Map.Entry<K, V>> restored) {
    clear();
    restored.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
  }

  @Override
  public Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public boolean contains(K key) {
    return entries.containsKey(key);
  }

  @Override
  public Map<K, V> entries() {
    return shown;
  }

  @Override
  public void put(K key, V value) {
    entries.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    onChange.run();
  }

  @Override
  public void remove(K key) {
    entries.remove(key);
    onChange.run();
  }

  @Override
  public void clear() {
    entries.clear();
    onChange.run();
  }
}
