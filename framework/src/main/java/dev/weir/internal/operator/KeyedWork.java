package dev.weir.internal.operator;

import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.function.KeyedProcessFunction;

/** What a user's function does with keyed records and timers, whichever kind it is. */
interface KeyedWork<K, T, R> {
  /** Takes a record. */
  void process(T value, KeyedContext<K, R> context) throws Exception;

  /** Takes a timer that is due. */
  void onTimer(long timestamp, KeyedContext<K, R> context) throws Exception;

  static <K, T, R> KeyedWork<K, T, R> of(KeyedProcessFunction<K, T, R> function) {
    return new KeyedWork<>() {
      @Override
      public void process(T value, KeyedContext<K, R> context) throws Exception {
        function.process(value, context);
      }

      @Override
      public void onTimer(long timestamp, KeyedContext<K, R> context) throws Exception {
        function.onTimer(timestamp, context);
      }
    };
  }

  static <K, T, R> KeyedWork<K, T, R> of(KeyedBroadcastProcessFunction<K, T, ?, R> function) {
    return new KeyedWork<>() {
      @Override
      public void process(T value, KeyedContext<K, R> context) throws Exception {
        function.process(value, context);
      }

      @Override
      public void onTimer(long timestamp, KeyedContext<K, R> context) throws Exception {
        function.onTimer(timestamp, context);
      }
    };
  }
}
