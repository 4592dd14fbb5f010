package dev.weir.pipeline;

import dev.weir.connector.Sink;
import dev.weir.connector.Source;
import dev.weir.function.AggregateFunction;
import dev.weir.function.FilterFunction;
import dev.weir.function.FlatMapFunction;
import dev.weir.function.KeySelector;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.function.MapFunction;
import dev.weir.function.WindowResultFunction;
import dev.weir.serde.TypeSerializer;
import dev.weir.time.TumblingWindows;

/** One step of a pipeline as the user described it. Immutable. */
public sealed interface Stage {
  /**
   * @return place in the pipeline, from 0; inputs come before
   */
  int id();

  /**
   * @return the stage's name, unique in the pipeline. Sources, sinks and stateful stages are named
   *     by the user, and the name is their identity in checkpoints; others are named by kind and
   *     place.
   */
  String name();

  /**
   * @return id of the stage this one reads; -1 for a source
   */
  int input();

  /** Records come in. */
  record SourceStage<T>(int id, String name, Source<T> source) implements Stage {
    @Override
    public int input() {
      return -1;
    }
  }

  /** One record becomes one other. */
  record MapStage<T, R>(int id, String name, int input, MapFunction<T, R> function)
      implements Stage {}

  /** Records are kept or dropped. */
  record FilterStage<T>(int id, String name, int input, FilterFunction<T> function)
      implements Stage {}

  /** One record becomes any number of others. */
  record FlatMapStage<T, R>(int id, String name, int input, FlatMapFunction<T, R> function)
      implements Stage {}

  /** Records are aggregated per key and window. */
  record WindowStage<K, T, A, R, O>(
      int id,
      String name,
      int input,
      Keying<T, K> keying,
      TumblingWindows windows,
      AggregateFunction<T, A, R> aggregate,
      WindowResultFunction<K, R, O> result)
      implements Stage {}

  /** Records meet state and timers per key. */
  record ProcessStage<K, T, R>(
      int id, String name, int input, Keying<T, K> keying, KeyedProcessFunction<K, T, R> function)
      implements Stage {}

  /** Records go out. */
  record SinkStage<T>(int id, String name, int input, Sink<T> sink) implements Stage {}

  /**
   * How records find their key.
   *
   * @param selector finds the key
   * @param serializer writes it
   * @param <T> type of the records
   * @param <K> type of the key
   */
  record Keying<T, K>(KeySelector<T, K> selector, TypeSerializer<K> serializer) {}
}
