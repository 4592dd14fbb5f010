package dev.weir.serde;

import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists, sets, maps and optionals: their sizes and their elements, none null. */
final class Containers {
  private Containers() {}

  /** Writes lists: their size and their elements. Gives lists that may be changed. */
  record ListSerializer<E>(TypeSerializer<E> element)
      implements TypeSerializer<List<E>>, KeyRule.Composite {
    private static final int TRUSTED_SIZE = 1024;

    @Override
    public void serialize(List<E> list, DataOutput out) throws IOException {
      VarInt.write(list.size(), out);
      for (E each : list) {
        element.serialize(Elements.present(each, this), out);
      }
    }

    @Override
    public List<E> deserialize(DataInput in) throws IOException {
      return read(element::deserialize, in);
    }

    private static <E> List<E> read(ValueReader<E> element, DataInput in) throws IOException {
      int size = VarInt.read(in);
      List<E> list = new ArrayList<>(Math.min(size, TRUSTED_SIZE));
      for (int i = 0; i < size; i++) {
        list.add(element.read(in));
      }
      return list;
    }

    @Override
    public Schema schema() {
      return new Schema.ListOf(element.schema());
    }

    @Override
    public Resolution<List<E>> resolve(Schema written) {
      return written instanceof Schema.ListOf list
          ? element
              .resolve(list.element())
              .at("[]")
              .map(Change.NONE, reader -> in -> read(reader, in))
          : Resolution.refused(written, schema(), "keep the list, or add another under a new name");
    }

    @Override
    public List<E> copy(List<E> list) {
      List<E> copy = new ArrayList<>(list.size());
      list.forEach(each -> copy.add(element.copy(Elements.present(each, this))));
      return copy;
    }

    @Override
    public List<TypeSerializer<?>> parts() {
      return List.of(element);
    }
  }

  /** Writes sets in the order of their elements' bytes, so that equal sets give equal bytes. */
  record SetSerializer<E>(TypeSerializer<E> element)
      implements TypeSerializer<Set<E>>, KeyRule.Composite {
    @Override
    public void serialize(Set<E> set, DataOutput out) throws IOException {
      Elements elements = new Elements(set.size());
      for (E each : set) {
        elements.add(bytes -> element.serialize(Elements.present(each, this), bytes));
      }
      elements.writeTo(out);
    }

    @Override
    public Set<E> deserialize(DataInput in) throws IOException {
      return read(element::deserialize, in);
    }

    private static <E> Set<E> read(ValueReader<E> element, DataInput in) throws IOException {
      int size = VarInt.read(in);
      Set<E> set = new LinkedHashSet<>();
      for (int i = 0; i < size; i++) {
        set.add(element.read(in));
      }
      return set;
    }

    @Override
    public Schema schema() {
      return new Schema.SetOf(element.schema());
    }

    @Override
    public Resolution<Set<E>> resolve(Schema written) {
      return written instanceof Schema.SetOf set
          ? Elements.distinct(element.resolve(set.element()), set.element(), element)
              .at("[]")
              .map(Change.NONE, reader -> in -> read(reader, in))
          : Resolution.refused(written, schema(), "keep the set, or add another under a new name");
    }

    @Override
    public Set<E> copy(Set<E> set) {
      Set<E> copy = new LinkedHashSet<>();
      set.forEach(each -> copy.add(element.copy(Elements.present(each, this))));
      return copy;
    }

    @Override
    public List<TypeSerializer<?>> parts() {
      return List.of(element);
    }
  }

  /** Writes maps in the order of their entries' bytes, so that equal maps give equal bytes. */
  record MapSerializer<K, V>(TypeSerializer<K> key, TypeSerializer<V> value)
      implements TypeSerializer<Map<K, V>>, KeyRule.Composite {
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
      return read(key::deserialize, value::deserialize, in);
    }

    private static <K, V> Map<K, V> read(ValueReader<K> key, ValueReader<V> value, DataInput in)
        throws IOException {
      int size = VarInt.read(in);
      Map<K, V> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        K each = key.read(in);
        map.put(each, value.read(in));
      }
      return map;
    }

    @Override
    public Schema schema() {
      return new Schema.MapOf(key.schema(), value.schema());
    }

    @Override
    public Resolution<Map<K, V>> resolve(Schema written) {
      return written instanceof Schema.MapOf map
          ? Resolution.both(
              Elements.distinct(key.resolve(map.key()), map.key(), key).at("[key]"),
              value.resolve(map.value()).at("[value]"),
              (keys, values) -> in -> read(keys, values, in))
          : Resolution.refused(written, schema(), "keep the map, or add another under a new name");
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

  /** Writes optionals: a byte that says whether a value follows. */
  record OptionalSerializer<T>(TypeSerializer<T> value)
      implements TypeSerializer<Optional<T>>, KeyRule.Composite {
    @Override
    public void serialize(Optional<T> optional, DataOutput out) throws IOException {
      out.writeBoolean(optional.isPresent());
      if (optional.isPresent()) {
        value.serialize(optional.get(), out);
      }
    }

    @Override
    public Optional<T> deserialize(DataInput in) throws IOException {
      return read(value::deserialize, in);
    }

    private static <T> Optional<T> read(ValueReader<T> value, DataInput in) throws IOException {
      return readFlag(in) ? Optional.of(value.read(in)) : Optional.empty();
    }

    static boolean readFlag(DataInput in) throws IOException {
      byte flag = in.readByte();
      if (flag != 0 && flag != 1) {
        throw new StreamCorruptedException("Expected 0 or 1 before a value, found " + flag + ".");
      }
      return flag == 1;
    }

    @Override
    public Schema schema() {
      return new Schema.OptionalOf(value.schema());
    }

    @Override
    public Resolution<Optional<T>> resolve(Schema written) {
      return written instanceof Schema.OptionalOf optional
          ? value.resolve(optional.value()).map(Change.NONE, reader -> in -> read(reader, in))
          : value.resolve(written).map(Change.VALUES, reader -> in -> Optional.of(reader.read(in)));
    }

    @Override
    public boolean isImmutable() {
      return value.isImmutable();
    }

    @Override
    public Optional<T> copy(Optional<T> optional) {
      return isImmutable() ? optional : optional.map(value::copy);
    }

    @Override
    public List<TypeSerializer<?>> parts() {
      return List.of(value);
    }
  }

  /**
   * The written elements of a collection without an order, to be put in the order of their bytes.
   */
  private static final class Elements {
    private final List<byte[]> written;

    private Elements(int size) {
      this.written = new ArrayList<>(size);
    }

    void add(Content content) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      content.writeTo(new DataOutputStream(bytes));
      written.add(bytes.toByteArray());
    }

    void writeTo(DataOutput out) throws IOException {
      written.sort(Arrays::compareUnsigned);
      VarInt.write(written.size(), out);
      for (byte[] element : written) {
        out.write(element);
      }
    }

    static <E> E present(E element, TypeSerializer<?> collection) {
      if (element == null) {
        throw new IllegalArgumentException(
            "A collection written as "
                + collection.schema()
                + " holds null. Leave nulls out, or make the elements optional.");
      }
      return element;
    }

    /** Elements of sets and keys of maps must not become equal. */
    static <E> Resolution<E> distinct(
        Resolution<E> resolution, Schema written, TypeSerializer<E> element) {
      return resolution.atMost(
          Change.VALUES,
          new Mismatch(
              "",
              written.text(),
              element.schema().text(),
              "two that differ only in what is left out would become one, so keep all fields"));
    }

    /** Writes one element. */
    @FunctionalInterface
    interface Content {
      void writeTo(DataOutput out) throws IOException;
    }
  }
}
