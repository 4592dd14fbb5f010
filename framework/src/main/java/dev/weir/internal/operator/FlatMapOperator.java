package dev.weir.internal.operator;

import dev.weir.function.Collector;
import dev.weir.internal.base.UserCode;
import dev.weir.pipeline.Stage;

/** Runs a flatMap function. */
final class FlatMapOperator<T, R> implements Output<T> {
  private final Stage.FlatMapStage<T, R> stage;
  private final Output<R> output;
  private final Collector<R> collector;
  private long timestamp;

  FlatMapOperator(Stage.FlatMapStage<T, R> stage, Output<R> output) {
    this.stage = stage;
    this.output = output;
    this.collector = this::emit;
  }

  @Override
  public void collect(T value, long recordTimestamp) {
    timestamp = recordTimestamp;
    try {
      stage.function().flatMap(value, collector);
    } catch (Exception e) {
      throw UserCode.failed(e, stage.name(), "flatMap function");
    }
  }

  private void emit(R result) {
    output.collect(UserCode.required(result, stage.name(), "flatMap function"), timestamp);
  }

  @Override
  public void watermark(long watermark) {
    output.watermark(watermark);
  }

  @Override
  public void idle(boolean isIdle) {
    output.idle(isIdle);
  }
}
