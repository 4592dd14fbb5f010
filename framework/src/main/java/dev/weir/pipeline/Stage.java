package dev.weir.pipeline;

import dev.weir.connector.Sink;
import dev.weir.connector.Source;
import dev.weir.function.AggregateFunction;
import dev.weir.function.FilterFunction;
import dev.weir.function.FlatMapFunction;
import dev.weir.function.KeySelector;
import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.function.MapFunction;
import dev.weir.function.ProcessFunction;
import dev.weir.function.WindowResultFunction;
import dev.weir.serde.TypeSerializer;
import dev.weir.state.MapStateDescriptor;
import dev.weir.time.TumblingWindows;
import java.util.List;

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
   * @return ids of the stages this one reads, in the order it knows them by; none for a source
   */
  List<Integer> inputs();

  /** A stage that reads one other. */
  sealed interface OneInput extends Stage {
    /**
     * @return id of the stage this one reads
     */
    int input();

    @Override
    default List<Integer> inputs() {
      return List.of(input());
    }
  }

  /** Records come in. */
  record SourceStage<T>(int id, String name, Source<T> source) implements Stage {
    @Override
    public List<Integer> inputs() {
      return List.of();
    }
  }

  /** The records of several stages of one type become those of one. */
  record UnionStage(int id, String name, List<Integer> inputs) implements Stage {
    /** Makes the list unmodifiable. */
    public UnionStage {
      inputs = List.copyOf(inputs);
    }
  }

  /** One record becomes one other. */
  record MapStage<T, R>(int id, String name, int input, MapFunction<T, R> function)
      implements OneInput {}

  /** Records are kept or dropped. */
  record FilterStage<T>(int id, String name, int input, FilterFunction<T> function)
      implements OneInput {}

  /** One record becomes any number of others. */
  record FlatMapStage<T, R>(int id, String name, int input, FlatMapFunction<T, R> function)
      implements OneInput {}

  /** Records are aggregated per key and window. */
  record WindowStage<K, T, A, R, O>(
      int id,
      String name,
      int input,
      Keying<T, K> keying,
      TumblingWindows windows,
      AggregateFunction<T, A, R> aggregate,
      WindowResultFunction<K, R, O> result)
      implements OneInput {}

  /** Records meet state and timers per key. */
  record ProcessStage<K, T, R>(
      int id, String name, int input, Keying<T, K> keying, KeyedProcessFunction<K, T, R> function)
      implements OneInput {}

  /**
   * Records meet state and timers per key, and what was broadcast to all tasks. Its inputs are the
   * keyed stream and the broadcast one.
   */
  record BroadcastProcessStage<K, T, B, R>(
      int id,
      String name,
      List<Integer> inputs,
      Keying<T, K> keying,
      KeyedBroadcastProcessFunction<K, T, B, R> function,
      List<MapStateDescriptor<?, ?>> broadcastStates)
      implements Stage {
    /** Makes the lists unmodifiable. */
    public BroadcastProcessStage {
      inputs = List.copyOf(inputs);
      broadcastStates = List.copyOf(broadcastStates);
    }
  }

  /** Records meet what their task keeps, without keys. */
  record TaskStage<T, R>(int id, String name, int input, ProcessFunction<T, R> function)
      implements OneInput {}

  /** Records go out. */
  record SinkStage<T>(int id, String name, int input, Sink<T> sink) implements OneInput {}

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
