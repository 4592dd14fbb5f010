package dev.weir.internal.operator;

import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.internal.base.UserCode;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.state.BroadcastState;
import dev.weir.state.MapStateDescriptor;
import java.util.function.LongSupplier;

/**
 * Gives broadcast records to their function, beside the operator of its keyed side, which takes the
 * watermarks and the idleness of both.
 */
final class BroadcastInput<B, R>
    implements Output<B>, KeyedBroadcastProcessFunction.BroadcastContext<R> {
  private final String stage;
  private final KeyedBroadcastProcessFunction<?, ?, B, R> function;
  private final TaskStates states;
  private final LongSupplier watermark;
  private final Output<R> output;
  private long timestamp;

  BroadcastInput(
      String stage,
      KeyedBroadcastProcessFunction<?, ?, B, R> function,
      TaskStates states,
      LongSupplier watermark,
      Output<R> output) {
    this.stage = stage;
    this.function = function;
    this.states = states;
    this.watermark = watermark;
    this.output = output;
  }

  @Override
  public void collect(B value, long recordTimestamp) {
    timestamp = recordTimestamp;
    try {
      function.processBroadcast(value, this);
    } catch (Exception e) {
      throw UserCode.failed(e, stage, "broadcast function");
    }
  }

  @Override
  public void watermark(long combined) {
    throw new IllegalStateException("Watermarks of all inputs come combined, to the first");
  }

  @Override
  public void idle(boolean isIdle) {
    throw new IllegalStateException("Idleness of all inputs comes combined, to the first");
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public long watermark() {
    return watermark.getAsLong();
  }

  @Override
  public <A, V> BroadcastState<A, V> broadcastState(MapStateDescriptor<A, V> descriptor) {
    return states.broadcastState(descriptor);
  }

  @Override
  public void collect(R value) {
    output.collect(UserCode.required(value, stage, "broadcast function"), timestamp);
  }
}
