package dev.weir.benchmarks.weir;

import dev.weir.benchmarks.work.KeyedSum;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueState;
import dev.weir.state.ValueStateDescriptor;
import java.util.List;

/** W8's function. */
final class KeyedSums implements KeyedProcessFunction<Long, Long, Long> {
  private static final long serialVersionUID = 1L;
  private static final ValueStateDescriptor<byte[]> STATE =
      ValueStateDescriptor.of("state", byte[].class);

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(STATE);
  }

  @Override
  public void process(Long number, Context<Long, Long> context) {
    ValueState<byte[]> state = context.state(STATE);
    byte[] sum = state.get().orElseGet(KeyedSum::none);
    long result = KeyedSum.update(sum, context.key());
    state.set(sum);
    context.collect(result);
  }
}
