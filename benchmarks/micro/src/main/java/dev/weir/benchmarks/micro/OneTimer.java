package dev.weir.benchmarks.micro;

import dev.weir.function.KeyedProcessFunction;

/** Sets one timer for each record. */
final class OneTimer implements KeyedProcessFunction<Long, Long, Long> {
  static final long DELAY_MILLIS = 10;

  private static final long serialVersionUID = 1L;

  @Override
  public void process(Long number, Context<Long, Long> context) {
    context.timers().registerEventTime(context.timestamp() + DELAY_MILLIS);
  }
}
