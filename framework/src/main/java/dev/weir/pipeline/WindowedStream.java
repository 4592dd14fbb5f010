package dev.weir.pipeline;

import dev.weir.function.AggregateFunction;
import dev.weir.function.WindowResultFunction;
import dev.weir.time.TumblingWindows;
import java.util.Objects;

/**
 * Records grouped by key and window.
 *
 * @param <K> type of the key
 * @param <T> type of the records
 */
public final class WindowedStream<K, T> {
  private final Pipeline pipeline;
  private final int stage;
  private final Stage.Keying<T, K> keying;
  private final TumblingWindows windows;

  WindowedStream(Pipeline pipeline, int stage, Stage.Keying<T, K> keying, TumblingWindows windows) {
    this.pipeline = pipeline;
    this.stage = stage;
    this.keying = keying;
    this.windows = windows;
  }

  /**
   * Aggregates each key's records per window and emits one result when the watermark closes the
   * window. Records for closed windows are dropped and counted ({@code weir.records.late}).
   *
   * @param name unique in the pipeline; the identity of the state in checkpoints
   * @param aggregate folds records
   * @param result makes the record to emit
   * @param <A> type of the accumulator
   * @param <R> type of the aggregate's result
   * @param <O> type emitted
   * @return the results
   * @throws dev.weir.error.InvalidPipelineException if the name is missing, malformed or used
   *     already
   */
  public <A, R, O> DataStream<O> aggregate(
      String name,
      AggregateFunction<? super T, A, R> aggregate,
      WindowResultFunction<K, R, O> result) {
    Objects.requireNonNull(aggregate, "aggregate");
    Objects.requireNonNull(result, "result");
    return new DataStream<>(
        pipeline,
        pipeline.addNamed("window stage", name, id -> windowStage(id, name, aggregate, result)));
  }

  @SuppressWarnings("unchecked") // An aggregate of a supertype aggregates T as well.
  private <A, R, O> Stage windowStage(
      int id,
      String name,
      AggregateFunction<? super T, A, R> aggregate,
      WindowResultFunction<K, R, O> result) {
    return new Stage.WindowStage<>(
        id, name, stage, keying, windows, (AggregateFunction<T, A, R>) aggregate, result);
  }
}
