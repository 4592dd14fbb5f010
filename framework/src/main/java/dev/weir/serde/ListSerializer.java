package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes lists: their size and their elements. Gives lists that may be changed. */
record ListSerializer<E>(TypeSerializer<E> element) implements TypeSerializer<List<E>>, Composite {
  static final int TRUSTED_SIZE = 1024;

  @Override
  public void serialize(List<E> list, DataOutput out) throws IOException {
    VarInt.write(list.size(), out);
    for (E each : list) {
      element.serialize(Elements.present(each, this), out);
    }
  }

  @Override
  public List<E> deserialize(DataInput in) throws IOException {
    int size = VarInt.read(in);
    List<E> list = new ArrayList<>(Math.min(size, TRUSTED_SIZE));
    for (int i = 0; i < size; i++) {
      list.add(element.deserialize(in));
    }
    return list;
  }

  @Override
  public String schema() {
    return "list<" + element.schema() + ">";
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
