package dev.weir.schema;

import java.io.DataInput;
import java.io.IOException;

/**
 * Reads values. Stateless and thread-safe.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface ValueReader<T> {
  /**
   * @param in positioned where a value begins; read to just behind it
   * @return the value
   * @throws IOException if the bytes end early or cannot be a value
   */
  T read(DataInput in) throws IOException;
}
