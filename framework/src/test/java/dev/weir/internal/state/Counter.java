package dev.weir.internal.state;

import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A value that is changed in place. */
public final class Counter {
  /** The number so far. */
  public long count;

  /** A counter that stands somewhere. */
  public Counter(long count) {
    this.count = count;
  }

  /** Adds to it, or to a new one. */
  public static Counter plus(Counter old, long more) {
    Counter counter = old == null ? new Counter(0) : old;
    counter.count += more;
    return counter;
  }

  /** Writes counters. */
  public record Serializer() implements TypeSerializer<Counter> {
    @Override
    public void serialize(Counter value, DataOutput out) throws IOException {
      out.writeLong(value.count);
    }

    @Override
    public Counter deserialize(DataInput in) throws IOException {
      return new Counter(in.readLong());
    }

    @Override
    public Schema schema() {
      return Schema.custom("counter");
    }

    @Override
    public Counter copy(Counter value) {
      return new Counter(value.count);
    }
  }
}
