package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes maps in the order of their entries' bytes, so that equal maps give equal bytes. */
record MapSerializer<K, V>(TypeSerializer<K> key, TypeSerializer<V> value)
    implements TypeSerializer<Map<K, V>>, Composite {
  @Override
  public void serialize(Map<K, V> map, DataOutput out) throws IOException {
    Elements entries = new Elements(map.size());
    for (Map.Entry<K, V> entry : map.entrySet()) {
      entries.add(bytes -> writeEntry(entry, bytes));
    }
    entries.writeTo(out);
  }

  private void writeEntry(Map.Entry<K, V> entry, DataOutput out) throws IOException {
    key.serialize(Elements.present(entry.getKey(), this), out);
    value.serialize(Elements.present(entry.getValue(), this), out);
  }

  @Override
  public Map<K, V> deserialize(DataInput in) throws IOException {
    int size = VarInt.read(in);
    Map<K, V> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      K each = key.deserialize(in);
      map.put(each, value.deserialize(in));
    }
    return map;
  }

  @Override
  public String schema() {
    return "map<" + key.schema() + "," + value.schema() + ">";
  }

  @Override
  public Map<K, V> copy(Map<K, V> map) {
    Map<K, V> copy = new LinkedHashMap<>();
    map.forEach(
        (k, v) ->
            copy.put(key.copy(Elements.present(k, this)), value.copy(Elements.present(v, this))));
    return copy;
  }

  @Override
  public List<TypeSerializer<?>> parts() {
    return List.of(key, value);
  }
}
