package dev.weir.internal.state;

import dev.weir.internal.base.ByteOutput;
import java.io.IOException;

/**
 * Walks over the rows of a bottom table. Confined to one thread. Decodes only what it is asked for.
 */
public interface RowCursor<K, V> extends AutoCloseable {
  /** Moves to the next row; false behind the last. */
  boolean next();

  /** The key group of the row. */
  int keyGroup();

  /** The time of the row. */
  long time();

  /** The key of the row. */
  K key();

  /** The value of the row, not to be changed if the table shares its values. */
  V value();

  /** Appends the key's bytes. */
  void writeKey(ByteOutput out) throws IOException;

  /** Appends the value's bytes. */
  void writeValue(ByteOutput out) throws IOException;

  @Override
  void close();
}
