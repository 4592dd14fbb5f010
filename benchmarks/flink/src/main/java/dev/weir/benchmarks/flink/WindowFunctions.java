package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.work.ClickJson;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What the jobs do with windows. */
final class WindowFunctions {
  private WindowFunctions() {}

  /** Count of W1 and W9. */
  static final class Count<T> implements AggregateFunction<T, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(T record, Long count) {
      return count + 1;
    }

    @Override
    public Long getResult(Long count) {
      return count;
    }

    @Override
    public Long merge(Long left, Long right) {
      return left + right;
    }
  }

  /** W1's result. */
  static final class Emit extends ProcessWindowFunction<Long, byte[], String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        String page, Context context, Iterable<Long> counts, Collector<byte[]> out) {
      out.collect(ClickJson.count(context.window().getStart(), page, counts.iterator().next()));
    }
  }

  /** W9's result. */
  static final class EmitTuple
      extends ProcessWindowFunction<Long, Tuple3<Long, Long, Long>, Long, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        Long key, Context context, Iterable<Long> counts, Collector<Tuple3<Long, Long, Long>> out) {
      out.collect(Tuple3.of(key, context.window().getStart(), counts.iterator().next()));
    }
  }
}
