package dev.weir.benchmarks.micro;

import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueState;
import dev.weir.state.ValueStateDescriptor;
import java.util.List;

/** Adds up the numbers of each key. */
final class OneSum implements KeyedProcessFunction<Long, Long, Long> {
  private static final long serialVersionUID = 1L;
  private static final ValueStateDescriptor<Long> SUM = ValueStateDescriptor.of("sum", Long.class);

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(SUM);
  }

  @Override
  public void process(Long number, Context<Long, Long> context) {
    ValueState<Long> sum = context.state(SUM);
    sum.set(sum.get().orElse(0L) + number);
  }
}
