package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.work.BigState;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.Marks;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What the jobs do with records. */
final class Functions {
  private Functions() {}

  /** W1's count. */
  static final class Count implements AggregateFunction<Tuple2<String, Long>, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(Tuple2<String, Long> click, Long count) {
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

  /** W3's function. */
  static final class Total extends KeyedProcessFunction<Long, Tuple2<Long, byte[]>, byte[]> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<byte[]> state;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(new ValueStateDescriptor<>("state", Jobs.BYTES));
    }

    @Override
    public void processElement(Tuple2<Long, byte[]> update, Context c, Collector<byte[]> out)
        throws Exception {
      byte[] before = state.value();
      byte[] total = before == null ? BigState.none() : before;
      BigState.update(total, update.f1);
      state.update(total);
      if (BigState.isSampled(update.f0)) {
        out.collect(BigState.total(update.f0, total));
      }
    }
  }

  /** W6's function. */
  static final class Sum extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> sum;

    @Override
    public void open(OpenContext context) {
      sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      Marks.seen();
      Long before = sum.value();
      Long now = before == null ? number : before + number;
      sum.update(now);
      out.collect(now);
    }
  }
}
