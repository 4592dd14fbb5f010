package dev.weir.state;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.Serializable;
import java.util.Objects;

/**
 * Names a list that each task of a function without keys has for itself, and says who gets its
 * elements when the number of tasks changes. The name is its identity in checkpoints. Immutable.
 *
 * <p>The list is on the heap, and written whole into every checkpoint: meant for buffers, counters
 * and the like, up to some megabytes over all tasks.
 *
 * @param name unique within the function; letters, digits, {@code .}, {@code _}, {@code -}
 * @param serializer writes and reads the elements
 * @param redistribution who gets which elements when the number of tasks changes; may itself be
 *     changed from one start to the next
 * @param <V> type of the elements
 */
public record TaskListDescriptor<V>(
    String name, TypeSerializer<V> serializer, Redistribution redistribution)
    implements Serializable {
  /** Checks that all parts are there. */
  public TaskListDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(serializer, "serializer");
    Objects.requireNonNull(redistribution, "redistribution");
  }

  /** Who gets which elements after a restore. */
  public enum Redistribution {
    /**
     * Each element goes to one task: with the same number of tasks to the one that had it, else all
     * lists are put together in the order of their tasks and cut into even shares.
     */
    SPLIT,
    /**
     * Every task gets the elements of all, in the order of their tasks, and keeps what it needs.
     */
    UNION
  }

  /**
   * A list whose elements go to one task each.
   *
   * @param name unique within the function
   * @param type a type that {@link TypeSerializers#of} knows
   * @param <V> type of the elements
   * @return the descriptor
   * @throws dev.weir.error.InvalidPipelineException if the type has no built-in serializer
   */
  public static <V> TaskListDescriptor<V> split(String name, Class<V> type) {
    return new TaskListDescriptor<>(name, TypeSerializers.of(type), Redistribution.SPLIT);
  }

  /**
   * A list of which every task gets all elements after a restore.
   *
   * @param name unique within the function
   * @param type a type that {@link TypeSerializers#of} knows
   * @param <V> type of the elements
   * @return the descriptor
   * @throws dev.weir.error.InvalidPipelineException if the type has no built-in serializer
   */
  public static <V> TaskListDescriptor<V> union(String name, Class<V> type) {
    return new TaskListDescriptor<>(name, TypeSerializers.of(type), Redistribution.UNION);
  }
}
