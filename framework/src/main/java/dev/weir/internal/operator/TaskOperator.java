package dev.weir.internal.operator;

import dev.weir.function.ProcessFunction;
import dev.weir.internal.base.UserCode;
import dev.weir.internal.state.pertask.Subtask;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.Stage;
import dev.weir.state.ListState;
import dev.weir.state.TaskListDescriptor;

/** Runs a process function without keys, with the lists of its task. */
final class TaskOperator<T, R>
    implements Output<T>, RestorableOperator, ProcessFunction.Context<R> {
  private final String stage;
  private final ProcessFunction<T, R> function;
  private final Subtask subtask;
  private final TaskStates states;
  private final Output<R> output;
  private long timestamp = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE;

  TaskOperator(Stage.TaskStage<T, R> stage, Subtask subtask, Output<R> output) {
    this.stage = stage.name();
    this.function = stage.function();
    this.subtask = subtask;
    this.states = TaskStates.lists(stage.name(), subtask, stage.function().states());
    this.output = output;
  }

  @Override
  public InlinePart.Kind kind() {
    return InlinePart.Kind.OF_TASKS;
  }

  @Override
  public TaskStates taskStates() {
    return states;
  }

  @Override
  public void restoreWatermark(long restored) {
    watermark = restored;
  }

  @Override
  public void open() {
    try {
      function.open(this);
    } catch (Exception e) {
      throw UserCode.failed(e, stage, "process function");
    }
  }

  @Override
  public void collect(T value, long recordTimestamp) {
    timestamp = recordTimestamp;
    try {
      function.process(value, this);
    } catch (Exception e) {
      throw UserCode.failed(e, stage, "process function");
    }
  }

  @Override
  public void watermark(long advanced) {
    if (advanced <= watermark) {
      return;
    }
    watermark = advanced;
    timestamp = advanced;
    try {
      function.onWatermark(advanced, this);
    } catch (Exception e) {
      throw UserCode.failed(e, stage, "process function");
    }
    output.watermark(advanced);
  }

  @Override
  public void idle(boolean isIdle) {
    output.idle(isIdle);
  }

  @Override
  public OperatorSnapshot snapshot(long checkpointId) {
    return OperatorSnapshot.of(stage, InlinePart.of(kind(), watermark, states.cut(checkpointId)));
  }

  @Override
  public void completed(long checkpointId) {
    states.completed(checkpointId);
  }

  @Override
  public <A> A answer(StateQuery<A> query) {
    return query.read(states.elements(query.state(), query.level()));
  }

  @Override
  public void close() {}

  @Override
  public int subtaskIndex() {
    return subtask.index();
  }

  @Override
  public int parallelism() {
    return subtask.parallelism();
  }

  @Override
  public <V> ListState<V> state(TaskListDescriptor<V> descriptor) {
    return states.list(descriptor);
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public void collect(R value) {
    output.collect(UserCode.required(value, stage, "process function"), timestamp);
  }
}
