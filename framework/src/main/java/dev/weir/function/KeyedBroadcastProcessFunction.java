package dev.weir.function;

import dev.weir.state.BroadcastState;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.ReadOnlyBroadcastState;
import dev.weir.state.StateDescriptor;
import java.io.Serializable;
import java.util.List;

/**
 * A function over keyed records, with state and timers per key, and over records that every task
 * sees and may keep.
 *
 * @param <K> type of the key
 * @param <T> type of the keyed records
 * @param <B> type of the broadcast records
 * @param <R> type given
 */
public interface KeyedBroadcastProcessFunction<K, T, B, R> extends Serializable {
  /**
   * Declares the keyed state this function uses. Called when the pipeline is built and when tasks
   * start; always the same.
   *
   * @return every descriptor that {@link Context#state} will be asked for; names are unique
   */
  default List<StateDescriptor<?>> states() {
    return List.of();
  }

  /**
   * Called for each keyed record.
   *
   * @param value the value; never null
   * @param context key, time, state, timers and output; valid during this call only
   * @throws Exception any failure; it ends the attempt
   */
  void process(T value, Context<K, R> context) throws Exception;

  /**
   * Called for each broadcast record, at every task.
   *
   * @param value the value; never null; other tasks see the same object, it must not be changed
   * @param context time, broadcast state and output; valid during this call only
   * @throws Exception any failure; it ends the attempt
   */
  void processBroadcast(B value, BroadcastContext<R> context) throws Exception;

  /**
   * Called when a timer is due. Timers of one key fire in the order of their time.
   *
   * @param timestamp the time the timer was set for, epoch milliseconds
   * @param context as for {@link #process}; its timestamp is the timer's
   * @throws Exception any failure; it ends the attempt
   */
  default void onTimer(long timestamp, Context<K, R> context) throws Exception {}

  /**
   * What the keyed side may see and do. Confined to the task thread.
   *
   * @param <K> type of the key
   * @param <R> type given
   */
  interface Context<K, R> extends KeyedProcessFunction.Context<K, R> {
    /**
     * @param descriptor one of those given to {@code broadcast}
     * @param <A> type of the keys
     * @param <V> type of the values
     * @return what this task has kept
     * @throws IllegalArgumentException if the descriptor was not given to {@code broadcast}
     */
    <A, V> ReadOnlyBroadcastState<A, V> broadcastState(MapStateDescriptor<A, V> descriptor);
  }

  /**
   * What the broadcast side may see and do. What it emits is emitted by every task. Confined to the
   * task thread.
   *
   * @param <R> type given
   */
  interface BroadcastContext<R> extends Collector<R> {
    /**
     * @return event time of the record, epoch milliseconds
     */
    long timestamp();

    /**
     * @return the task's current watermark, epoch milliseconds; {@link Long#MIN_VALUE} before the
     *     first
     */
    long watermark();

    /**
     * @param descriptor one of those given to {@code broadcast}
     * @param <A> type of the keys
     * @param <V> type of the values
     * @return what this task keeps
     * @throws IllegalArgumentException if the descriptor was not given to {@code broadcast}
     */
    <A, V> BroadcastState<A, V> broadcastState(MapStateDescriptor<A, V> descriptor);
  }
}
