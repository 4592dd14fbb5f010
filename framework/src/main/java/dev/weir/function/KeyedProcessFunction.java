package dev.weir.function;

import dev.weir.state.StateDescriptor;
import java.io.Serializable;
import java.util.List;

/**
 * A function with state and timers per key.
 *
 * @param <K> type of the key
 * @param <T> type taken
 * @param <R> type given
 */
public interface KeyedProcessFunction<K, T, R> extends Serializable {
  /**
   * Declares the state this function uses. Called when the pipeline is built and when tasks start;
   * always the same.
   *
   * @return every descriptor that {@link Context#state} will be asked for; names are unique
   */
  default List<StateDescriptor<?>> states() {
    return List.of();
  }

  /**
   * Called for each record.
   *
   * @param value the value; never null
   * @param context key, time, state, timers and output; valid during this call only
   * @throws Exception any failure; it ends the attempt
   */
  void process(T value, Context<K, R> context) throws Exception;

  /**
   * Called when a timer is due. Timers of one key fire in the order of their time.
   *
   * @param timestamp the time the timer was set for, epoch milliseconds
   * @param context as for {@link #process}; its timestamp is the timer's
   * @throws Exception any failure; it ends the attempt
   */
  default void onTimer(long timestamp, Context<K, R> context) throws Exception {}

  /**
   * What a keyed function may see and do. Confined to the task thread.
   *
   * @param <K> type of the key
   * @param <R> type given
   */
  interface Context<K, R> extends Collector<R> {
    /**
     * @return the key being processed
     */
    K key();

    /**
     * @return event time of the record, or the timer's time; epoch milliseconds
     */
    long timestamp();

    /**
     * @return the task's current watermark, epoch milliseconds; {@link Long#MIN_VALUE} before the
     *     first
     */
    long watermark();

    /**
     * @param descriptor one of {@link KeyedProcessFunction#states()}
     * @param <S> the handle by which it is read and written
     * @return that state, for the current key
     * @throws IllegalArgumentException if the descriptor was not declared
     */
    <S> S state(StateDescriptor<S> descriptor);

    /**
     * @return the timers of the current key
     */
    Timers timers();
  }

  /** The timers of the current key. A timer is its time: setting it twice is setting it once. */
  interface Timers {
    /**
     * @param timestamp fires when the watermark reaches it; epoch milliseconds
     */
    void registerEventTime(long timestamp);

    /**
     * @param timestamp a timer that was registered; unknown ones are ignored
     */
    void deleteEventTime(long timestamp);

    /**
     * @param timestamp fires when the clock reaches it, also after a restart; epoch milliseconds
     */
    void registerProcessingTime(long timestamp);

    /**
     * @param timestamp a timer that was registered; unknown ones are ignored
     */
    void deleteProcessingTime(long timestamp);

    /**
     * @return the clock's time now, epoch milliseconds
     */
    long currentProcessingTime();
  }
}
