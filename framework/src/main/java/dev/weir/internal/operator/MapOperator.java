package dev.weir.internal.operator;

import dev.weir.internal.base.UserCode;
import dev.weir.pipeline.Stage;

/** Runs a map function. */
final class MapOperator<T, R> implements Output<T> {
  private final Stage.MapStage<T, R> stage;
  private final Output<R> output;

  MapOperator(Stage.MapStage<T, R> stage, Output<R> output) {
    this.stage = stage;
    this.output = output;
  }

  @Override
  public void collect(T value, long timestamp) {
    output.collect(UserCode.required(apply(value), stage.name(), "map function"), timestamp);
  }

  private R apply(T value) {
    try {
      return stage.function().map(value);
    } catch (Exception e) {
      throw UserCode.failed(e, stage.name(), "map function");
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
