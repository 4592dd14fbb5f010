package dev.weir.function;

import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/** Folds the numbers of values by sum, smallest or largest. */
final class LongFold<T> implements AggregateFunction<T, LongFold.Accumulator, Long> {
  private static final long serialVersionUID = 1L;

  private final LongSelector<? super T> selector;
  private final Operation operation;

  LongFold(LongSelector<? super T> selector, Operation operation) {
    this.selector = Objects.requireNonNull(selector, "selector");
    this.operation = operation;
  }

  @Override
  public Accumulator createAccumulator() {
    return new Accumulator(operation.neutral);
  }

  @Override
  public Accumulator add(T value, Accumulator accumulator) {
    accumulator.number = operation.apply(accumulator.number, selector.number(value));
    return accumulator;
  }

  @Override
  public Long result(Accumulator accumulator) {
    return accumulator.number;
  }

  @Override
  public Accumulator merge(Accumulator left, Accumulator right) {
    left.number = operation.apply(left.number, right.number);
    return left;
  }

  @Override
  public TypeSerializer<Accumulator> accumulatorSerializer() {
    return new Serializer();
  }

  /** How two numbers become one. */
  enum Operation {
    SUM(0),
    MIN(Long.MAX_VALUE),
    MAX(Long.MIN_VALUE);

    private final long neutral;

    Operation(long neutral) {
      this.neutral = neutral;
    }

    long apply(long left, long right) {
      return switch (this) {
        case SUM -> left + right;
        case MIN -> Math.min(left, right);
        case MAX -> Math.max(left, right);
      };
    }
  }

  /** The number so far. */
  static final class Accumulator {
    private long number;

    private Accumulator(long number) {
      this.number = number;
    }
  }

  /** Writes an accumulator as its number. */
  private record Serializer() implements TypeSerializer<Accumulator> {
    @Override
    public void serialize(Accumulator value, DataOutput out) throws IOException {
      out.writeLong(value.number);
    }

    @Override
    public Accumulator deserialize(DataInput in) throws IOException {
      return new Accumulator(in.readLong());
    }

    @Override
    public Schema schema() {
      return Schema.Basic.LONG;
    }

    @Override
    public Accumulator copy(Accumulator value) {
      return new Accumulator(value.number);
    }
  }
}
