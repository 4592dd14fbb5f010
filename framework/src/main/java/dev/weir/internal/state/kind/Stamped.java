package dev.weir.internal.state.kind;

import dev.weir.schema.Change;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import dev.weir.serde.TypeSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * A value and when it was last touched.
 *
 * @param value the value
 * @param touchedMillis epoch milliseconds
 */
record Stamped<V>(V value, long touchedMillis) {
  /** Writes the time and the value. */
  record Serializer<V>(TypeSerializer<V> values) implements TypeSerializer<Stamped<V>> {
    private static final String NAME = "expiring";

    @Override
    public void serialize(Stamped<V> stamped, DataOutput out) throws IOException {
      out.writeLong(stamped.touchedMillis);
      values.serialize(stamped.value, out);
    }

    @Override
    public Stamped<V> deserialize(DataInput in) throws IOException {
      return read(values::deserialize, in);
    }

    private static <V> Stamped<V> read(ValueReader<V> values, DataInput in) throws IOException {
      long touchedMillis = in.readLong();
      return new Stamped<>(values.read(in), touchedMillis);
    }

    @Override
    public Schema schema() {
      return new Schema.RecordOf(
          NAME,
          List.of(
              new Schema.Field("touched", Schema.Basic.LONG, false),
              new Schema.Field("value", values.schema(), false)));
    }

    @Override
    public Resolution<Stamped<V>> resolve(Schema written) {
      return written instanceof Schema.RecordOf parts
              && parts.name().equals(NAME)
              && parts.fields().size() == 2
          ? values
              .resolve(parts.fields().get(1).schema())
              .map(Change.NONE, reader -> in -> read(reader, in))
          : Resolution.refused(
              written, schema(), "keep the time to live, or give the state a new name");
    }

    @Override
    public boolean isImmutable() {
      return values.isImmutable();
    }

    @Override
    public Stamped<V> copy(Stamped<V> stamped) {
      return new Stamped<>(values.copy(stamped.value), stamped.touchedMillis);
    }
  }
}
