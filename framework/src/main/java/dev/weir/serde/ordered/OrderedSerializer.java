package dev.weir.serde.ordered;

import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A serializer whose bytes, compared one by one as unsigned numbers, are ordered as the values are.
 * No value's bytes begin with all the bytes of another. Stateless and thread-safe.
 *
 * @param <T> the type
 */
public interface OrderedSerializer<T> extends TypeSerializer<T> {
  /**
   * Writes the bytes with which all values begin that begin with this one.
   *
   * @param value the beginning; never null
   * @param out takes the bytes
   * @throws IOException if the output fails
   * @throws UnsupportedOperationException if values of this type have no beginnings
   */
  default void serializePrefix(T value, DataOutput out) throws IOException {
    throw new UnsupportedOperationException(
        "Asked for what begins with "
            + value
            + ", but what is written as "
            + schema().text()
            + " has no beginning as a text has. Ask for a range.");
  }

  /**
   * @param type names the type and the form in which it is ordered
   * @return the schema of a serializer that keeps the order of this type
   */
  static Schema schemaOf(String type) {
    return new Schema.Custom("ordered", type);
  }
}
