package dev.weir.testing.suite.job;

import dev.weir.function.KeyedProcessFunction;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import java.util.List;

/** Hands on the windows of a key, and fails if one comes that is not behind the one before. */
final class NewWindows implements KeyedProcessFunction<String, Result, Result> {
  private static final long serialVersionUID = 1L;
  private static final ValueStateDescriptor<Long> NEWEST =
      ValueStateDescriptor.of("newest", Long.class);

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(NEWEST);
  }

  @Override
  public void process(Result window, Context<String, Result> context) {
    long newest = context.state(NEWEST).getOr(Long.MIN_VALUE);
    if (window.number() <= newest) {
      throw new IllegalStateException(window + " comes behind " + newest);
    }
    context.state(NEWEST).set(window.number());
    context.collect(window);
  }
}
