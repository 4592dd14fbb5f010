package dev.weir.internal.state.stored;

import dev.weir.internal.base.ByteInput;
import dev.weir.schema.Change;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The bytes of a value and which schema they were written with: files of several versions of a
 * pipeline may make up one table.
 *
 * @param schema its place among the table's schemas
 * @param bytes all of them; not to be changed
 */
record WrittenValue(int schema, byte[] bytes) {
  /**
   * Takes every value as it was written.
   *
   * @param schemas all that the table's files name
   */
  record Serializer(List<Schema> schemas) implements TypeSerializer<WrittenValue> {
    @Override
    public void serialize(WrittenValue value, DataOutput out) throws IOException {
      out.writeInt(value.schema);
      out.write(value.bytes);
    }

    @Override
    public WrittenValue deserialize(DataInput in) throws IOException {
      int schema = in.readInt();
      return new WrittenValue(schema, rest(in));
    }

    @Override
    public Schema schema() {
      return schemas.get(schemas.size() - 1);
    }

    /** Never the bytes as they are, so that each value says what it was written with. */
    @Override
    public Resolution<WrittenValue> resolve(Schema written) {
      int index = schemas.indexOf(written);
      return new Resolution.Resolved<>(Change.VALUES, in -> new WrittenValue(index, rest(in)));
    }

    @Override
    public WrittenValue copy(WrittenValue value) {
      return value;
    }
  }

  /**
   * Takes every key as it was written: versions of a pipeline cannot write the same key otherwise.
   *
   * @param schema what the newest of them calls its parts
   */
  record KeySerializer(Schema schema) implements TypeSerializer<byte[]> {
    @Override
    public void serialize(byte[] key, DataOutput out) throws IOException {
      out.write(key);
    }

    @Override
    public byte[] deserialize(DataInput in) {
      return rest(in);
    }

    @Override
    public Resolution<byte[]> resolve(Schema written) {
      return Resolution.same(this::deserialize);
    }

    @Override
    public byte[] copy(byte[] key) {
      return key;
    }
  }

  /** Keys and values of rows reach to the end of their input. */
  static byte[] rest(DataInput in) {
    ByteInput input = (ByteInput) in;
    byte[] bytes = new byte[input.remaining()];
    input.read(bytes, 0, bytes.length);
    return bytes;
  }
}
