package dev.weir.internal.operator;

import java.util.List;

/** Gives everything to several readers of one stage. */
final class FanOut<T> implements Output<T> {
  private final List<Output<T>> outputs;

  private FanOut(List<Output<T>> outputs) {
    this.outputs = outputs;
  }

  static <T> Output<T> of(List<Output<T>> outputs) {
    return outputs.size() == 1 ? outputs.get(0) : new FanOut<>(List.copyOf(outputs));
  }

  @Override
  public void collect(T value, long timestamp) {
    for (Output<T> output : outputs) {
      output.collect(value, timestamp);
    }
  }

  @Override
  public void watermark(long timestamp) {
    for (Output<T> output : outputs) {
      output.watermark(timestamp);
    }
  }

  @Override
  public void idle(boolean isIdle) {
    for (Output<T> output : outputs) {
      output.idle(isIdle);
    }
  }
}
