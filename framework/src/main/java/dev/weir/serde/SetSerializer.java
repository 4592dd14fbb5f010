package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes sets in the order of their elements' bytes, so that equal sets give equal bytes. */
record SetSerializer<E>(TypeSerializer<E> element) implements TypeSerializer<Set<E>>, Composite {
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
    int size = VarInt.read(in);
    Set<E> set = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      set.add(element.deserialize(in));
    }
    return set;
  }

  @Override
  public String schema() {
    return "set<" + element.schema() + ">";
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
