package dev.weir.internal.state.pertask;

import dev.weir.internal.base.ByteOutput;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import java.io.IOException;
import java.util.List;

/**
 * One state of a task. Confined to the task's thread.
 *
 * @param <E> its elements: those of a list, or the entries of a map
 */
sealed interface KeptState<E> permits KeptMap, KeptList {
  /** Unique in the stage. */
  String name();

  /** How it is spread over tasks. */
  Spread spread();

  /** How elements are written: one schema, or that of keys and that of values. */
  List<Schema> schemas();

  /** Number of elements. */
  int size();

  /** Appends all elements. */
  void writeTo(ByteOutput out) throws IOException;

  /** Whether and how elements that were written with these schemas can be read. */
  Resolution<E> resolve(List<Schema> written);

  /** Begins with these elements. */
  void begin(List<E> elements);
}
