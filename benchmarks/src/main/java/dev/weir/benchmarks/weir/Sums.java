package dev.weir.benchmarks.weir;

import dev.weir.benchmarks.work.Marks;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueState;
import dev.weir.state.ValueStateDescriptor;
import java.util.List;

/** W6's function. */
final class Sums implements KeyedProcessFunction<Long, Long, Long> {
  private static final long serialVersionUID = 1L;
  private static final ValueStateDescriptor<Long> SUM = ValueStateDescriptor.of("sum", Long.class);

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(SUM);
  }

  @Override
  public void process(Long number, Context<Long, Long> context) {
    Marks.seen();
    ValueState<Long> state = context.state(SUM);
    Long sum = state.getOr(0L) + number;
    state.set(sum);
    context.collect(sum);
  }
}
