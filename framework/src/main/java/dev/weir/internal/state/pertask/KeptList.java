package dev.weir.internal.state.pertask;

import dev.weir.internal.base.ByteOutput;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.state.ListState;
import dev.weir.state.TaskListDescriptor;
import dev.weir.state.TaskListDescriptor.Redistribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A list that a task keeps. */
final class KeptList<V> implements KeptState<V>, ListState<V> {
  private final TaskListDescriptor<V> descriptor;
  private final Runnable onChange;
  private List<V> elements = new ArrayList<>();

  KeptList(TaskListDescriptor<V> descriptor, Runnable onChange) {
    this.descriptor = descriptor;
    this.onChange = onChange;
  }

  @Override
  public String name() {
    return descriptor.name();
  }

  @Override
  public Spread spread() {
    return descriptor.redistribution() == Redistribution.UNION ? Spread.UNION : Spread.SPLIT;
  }

  @Override
  public List<Schema> schemas() {
    return List.of(descriptor.serializer().schema());
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public void writeTo(ByteOutput out) throws IOException {
    for (V element : elements) {
      descriptor.serializer().serialize(element, out);
    }
  }

  @Override
  public Resolution<V> resolve(List<Schema> written) {
    return descriptor.serializer().resolve(written.get(0)).at("[]");
  }

  @Override
  public void begin(List<V> restored) {
    update(restored);
  }

  @Override
  public List<V> get() {
    return List.copyOf(elements);
  }

  @Override
  public void add(V value) {
    elements.add(Objects.requireNonNull(value, "value"));
    onChange.run();
  }

  @Override
  public void addAll(List<? extends V> values) {
    values.forEach(this::add);
  }

  @Override
  public void update(List<? extends V> values) {
    elements = new ArrayList<>(List.copyOf(values));
    onChange.run();
  }

  @Override
  public void clear() {
    elements.clear();
    onChange.run();
  }
}
