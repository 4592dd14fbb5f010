package dev.weir.function;

import dev.weir.schema.Change;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/** Keeps one value, made of all by a function. */
final class Reducing<T> implements AggregateFunction<T, Reducing.Accumulator<T>, T> {
  private static final long serialVersionUID = 1L;

  private final ReduceFunction<T> function;
  private final TypeSerializer<T> serializer;

  Reducing(ReduceFunction<T> function, TypeSerializer<T> serializer) {
    this.function = function;
    this.serializer = serializer;
  }

  @Override
  public Accumulator<T> createAccumulator() {
    return new Accumulator<>(null);
  }

  /** The first value is copied: the function may change it, and others may see the record. */
  @Override
  public Accumulator<T> add(T value, Accumulator<T> accumulator) {
    accumulator.value =
        accumulator.value == null
            ? serializer.copy(value)
            : Objects.requireNonNull(function.reduce(accumulator.value, value), "reduced value");
    return accumulator;
  }

  @Override
  public T result(Accumulator<T> accumulator) {
    return accumulator.value;
  }

  @Override
  public Accumulator<T> merge(Accumulator<T> left, Accumulator<T> right) {
    return right.value == null ? left : add(right.value, left);
  }

  @Override
  public TypeSerializer<Accumulator<T>> accumulatorSerializer() {
    return new Serializer<>(serializer);
  }

  /** The value so far; null before the first. */
  static final class Accumulator<T> {
    private T value;

    private Accumulator(T value) {
      this.value = value;
    }
  }

  /** Writes whether there is a value, and the value. */
  private record Serializer<T>(TypeSerializer<T> values) implements TypeSerializer<Accumulator<T>> {
    @Override
    public void serialize(Accumulator<T> accumulator, DataOutput out) throws IOException {
      out.writeBoolean(accumulator.value != null);
      if (accumulator.value != null) {
        values.serialize(accumulator.value, out);
      }
    }

    @Override
    public Accumulator<T> deserialize(DataInput in) throws IOException {
      return new Accumulator<>(in.readBoolean() ? values.deserialize(in) : null);
    }

    @Override
    public Schema schema() {
      return new Schema.OptionalOf(values.schema());
    }

    @Override
    public Resolution<Accumulator<T>> resolve(Schema written) {
      return TypeSerializers.optionalOf(values)
          .resolve(written)
          .map(Change.NONE, reader -> in -> new Accumulator<>(reader.read(in).orElse(null)));
    }

    @Override
    public Accumulator<T> copy(Accumulator<T> accumulator) {
      return new Accumulator<>(accumulator.value == null ? null : values.copy(accumulator.value));
    }
  }
}
