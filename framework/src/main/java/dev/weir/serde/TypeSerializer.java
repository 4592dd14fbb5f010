package dev.weir.serde;

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
   * Describes the written form, such as {@code long} or {@code record
   * Click(page:string,time:long)}. Two serializers with the same schema read each other's bytes.
   *
   * @return the description; at most 64 KiB
   */
  String schema();

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
