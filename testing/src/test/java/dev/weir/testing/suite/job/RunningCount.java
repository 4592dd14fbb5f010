package dev.weir.testing.suite.job;

import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import java.util.List;

/** Counts the records of each key and says the count with each of them. */
final class RunningCount implements KeyedProcessFunction<String, Numbered, Result> {
  private static final long serialVersionUID = 1L;
  private static final ValueStateDescriptor<Long> COUNT =
      ValueStateDescriptor.of("count", Long.class);

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(COUNT);
  }

  @Override
  public void process(Numbered record, Context<String, Result> context) {
    long count = context.state(COUNT).getOr(0L) + 1;
    context.state(COUNT).set(count);
    context.collect(new Result(record.key(), record.number(), count));
  }
}
