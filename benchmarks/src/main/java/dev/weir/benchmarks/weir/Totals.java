package dev.weir.benchmarks.weir;

import dev.weir.benchmarks.work.BigState;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueState;
import dev.weir.state.ValueStateDescriptor;
import java.util.List;

/** W3's function. */
final class Totals implements KeyedProcessFunction<Long, Pipelines.Update, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final ValueStateDescriptor<byte[]> STATE =
      ValueStateDescriptor.of("state", byte[].class);

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(STATE);
  }

  @Override
  public void process(Pipelines.Update update, Context<Long, byte[]> context) {
    ValueState<byte[]> state = context.state(STATE);
    byte[] total = state.get().orElseGet(BigState::none);
    BigState.update(total, update.value());
    state.set(total);
    if (BigState.isSampled(update.key())) {
      context.collect(BigState.total(update.key(), total));
    }
  }
}
