package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.work.BigState;
import dev.weir.benchmarks.work.KeyedSum;
import dev.weir.benchmarks.work.Marks;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** What the jobs do with records of a key. */
final class Functions {
  private Functions() {}

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

  /** W8's function. */
  static final class KeyedSums extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<byte[]> state;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(new ValueStateDescriptor<>("state", Jobs.BYTES));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      byte[] before = state.value();
      byte[] sum = before == null ? KeyedSum.none() : before;
      long result = KeyedSum.update(sum, context.getCurrentKey());
      state.update(sum);
      out.collect(result);
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
