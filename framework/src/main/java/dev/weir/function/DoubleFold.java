package dev.weir.function;

import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Sums the numbers of values, or averages them. */
final class DoubleFold<T> implements AggregateFunction<T, DoubleFold.Accumulator, Double> {
  private static final long serialVersionUID = 1L;

  private final DoubleSelector<? super T> selector;
  private final boolean isAverage;

  DoubleFold(DoubleSelector<? super T> selector, boolean isAverage) {
    this.selector = Objects.requireNonNull(selector, "selector");
    this.isAverage = isAverage;
  }

  @Override
  public Accumulator createAccumulator() {
    return new Accumulator(0, 0);
  }

  @Override
  public Accumulator add(T value, Accumulator accumulator) {
    accumulator.sum += selector.number(value);
    accumulator.count++;
    return accumulator;
  }

  @Override
  public Double result(Accumulator accumulator) {
    return isAverage ? accumulator.sum / accumulator.count : accumulator.sum;
  }

  @Override
  public Accumulator merge(Accumulator left, Accumulator right) {
    left.sum += right.sum;
    left.count += right.count;
    return left;
  }

  @Override
  public TypeSerializer<Accumulator> accumulatorSerializer() {
    return new Serializer();
  }

  /** Sum and number of values so far. */
  static final class Accumulator {
    private double sum;
    private long count;

    private Accumulator(double sum, long count) {
      this.sum = sum;
      this.count = count;
    }
  }

  /** Writes both numbers. */
  private record Serializer() implements TypeSerializer<Accumulator> {
    @Override
    public void serialize(Accumulator value, DataOutput out) throws IOException {
      out.writeDouble(value.sum);
      out.writeLong(value.count);
    }

    @Override
    public Accumulator deserialize(DataInput in) throws IOException {
      double sum = in.readDouble();
      return new Accumulator(sum, in.readLong());
    }

    @Override
    public Schema schema() {
      return new Schema.RecordOf(
          "Sum",
          List.of(
              new Schema.Field("sum", Schema.Basic.DOUBLE, false),
              new Schema.Field("count", Schema.Basic.LONG, false)));
    }

    @Override
    public Accumulator copy(Accumulator value) {
      return new Accumulator(value.sum, value.count);
    }
  }
}
