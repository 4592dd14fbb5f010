package dev.weir.function;

import dev.weir.state.ListState;
import dev.weir.state.TaskListDescriptor;
import java.io.Serializable;
import java.util.List;

/**
 * A function without keys, with lists that each task has for itself. Records of one task come in
 * order; which task sees a record is not specified.
 *
 * @param <T> type taken
 * @param <R> type given
 */
public interface ProcessFunction<T, R> extends Serializable {
  /**
   * Declares the lists this function uses. Called when the pipeline is built and when tasks start;
   * always the same.
   *
   * @return every descriptor that {@link Task#state} will be asked for; names are unique
   */
  default List<TaskListDescriptor<?>> states() {
    return List.of();
  }

  /**
   * Called once per task and attempt when its lists are restored, before all else; on an I/O
   * thread, may block. Here a task keeps its share of a list that came to all.
   *
   * @param task the task and its lists; valid during this call only
   * @throws Exception any failure; it ends the attempt
   */
  default void open(Task task) throws Exception {}

  /**
   * Called for each record.
   *
   * @param value the value; never null
   * @param context time, lists and output; valid during this call only
   * @throws Exception any failure; it ends the attempt
   */
  void process(T value, Context<R> context) throws Exception;

  /**
   * Called when the task's event time has advanced; to {@link Long#MAX_VALUE} at the end of bounded
   * input and of a job that is drained. What is emitted here has this time. After a restore it may
   * be called again with a watermark that some task has seen before: the least of all tasks counts,
   * whatever list came from which. So what is emitted has to be taken out of its list.
   *
   * @param watermark event time now, epoch milliseconds
   * @param context as for {@link #process}
   * @throws Exception any failure; it ends the attempt
   */
  default void onWatermark(long watermark, Context<R> context) throws Exception {}

  /** A task and its lists. Confined to the task thread. */
  interface Task {
    /**
     * @return which of the stage's tasks this is, from 0
     */
    int subtaskIndex();

    /**
     * @return number of the stage's tasks
     */
    int parallelism();

    /**
     * @param descriptor one of {@link ProcessFunction#states()}
     * @param <V> type of the elements
     * @return that list of this task
     * @throws IllegalArgumentException if the descriptor was not declared
     */
    <V> ListState<V> state(TaskListDescriptor<V> descriptor);
  }

  /**
   * What the function may see and do. Confined to the task thread.
   *
   * @param <R> type given
   */
  interface Context<R> extends Task, Collector<R> {
    /**
     * @return event time of the record, epoch milliseconds
     */
    long timestamp();

    /**
     * @return the task's current watermark, epoch milliseconds; {@link Long#MIN_VALUE} before the
     *     first
     */
    long watermark();
  }
}
