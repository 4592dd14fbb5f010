package dev.weir.serde;

import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * Writes values of one type to bytes and reads them back. Stateless and thread-safe: I/O threads
 * serialize while the task goes on.
 *
 * @param <T> the type
 */
public interface TypeSerializer<T> extends Serializable {
  /**
   * @param value the value; never null
   * @param out takes the bytes; equal values give equal bytes
   * @throws IOException if the output fails
   */
  void serialize(T value, DataOutput out) throws IOException;

  /**
   * @param in positioned where a value begins; read to just behind it
   * @return the value
   * @throws IOException if the bytes end early or cannot be this type's
   */
  T deserialize(DataInput in) throws IOException;

  /**
   * Describes the written form. Two serializers with the same schema read each other's bytes.
   *
   * @return the description; its text has at most 1 MiB
   */
  Schema schema();

  /**
   * Finds how values that were written with another schema can be read as this type: on a restore,
   * where the schema in the state file is not {@link #schema()}. By default they cannot, unless the
   * two are equal.
   *
   * @param written the schema of the bytes
   * @return a reader of such bytes, or what stands in the way
   */
  default Resolution<T> resolve(Schema written) {
    return written.equals(schema())
        ? Resolution.same(this::deserialize)
        : Resolution.refused(
            written, schema(), "keep the type, or write a serializer that reads both");
  }

  /**
   * @return true if values never change once made; then they are shared instead of copied
   */
  default boolean isImmutable() {
    return false;
  }

  /**
   * @param value the value
   * @return the value itself if immutable, else an independent copy
   */
  T copy(T value);
}
