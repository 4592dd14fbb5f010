package dev.weir.internal.operator;

import dev.weir.internal.base.UserCode;
import dev.weir.pipeline.Stage;

/** Runs a filter function. */
final class FilterOperator<T> implements Output<T> {
  private final Stage.FilterStage<T> stage;
  private final Output<T> output;

  FilterOperator(Stage.FilterStage<T> stage, Output<T> output) {
    this.stage = stage;
    this.output = output;
  }

  @Override
  public void collect(T value, long timestamp) {
    if (isKept(value)) {
      output.collect(value, timestamp);
    }
  }

  private boolean isKept(T value) {
    try {
      return stage.function().filter(value);
    } catch (Exception e) {
      throw UserCode.failed(e, stage.name(), "filter function");
    }
  }

  @Override
  public void watermark(long timestamp) {
    output.watermark(timestamp);
  }

  @Override
  public void idle(boolean isIdle) {
    output.idle(isIdle);
  }
}
