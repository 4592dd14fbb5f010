package dev.weir.internal.task;

import dev.weir.internal.channel.InputGate;
import dev.weir.internal.checkpoint.BarrierAligner;
import dev.weir.internal.element.CheckpointBarrier;
import dev.weir.internal.element.Element;
import dev.weir.internal.element.IdleStatus;
import dev.weir.internal.element.RecordBatch;
import dev.weir.internal.element.Watermark;
import dev.weir.internal.operator.Output;
import dev.weir.internal.time.WatermarkCombiner;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Feeds a chain from the channels of other tasks, each input of its head the records of its own:
 * combines watermarks and aligns barriers over all of them. Confined to the task's thread.
 */
final class GateInput implements TaskInput {
  private final InputGate gate;
  private final List<Output<Object>> heads;
  private final WatermarkCombiner watermarks;
  private final BarrierAligner aligner;
  private final boolean isAligned;
  private final BarrierListener onBarrier;
  private boolean wasIdle;
  private long records;
  private long changes;

  /** Aligned, an input that has shown its barrier waits for the others. */
  GateInput(
      InputGate gate, List<Output<Object>> heads, boolean isAligned, BarrierListener onBarrier) {
    this.isAligned = isAligned;
    this.gate = gate;
    this.heads = List.copyOf(heads);
    this.watermarks = new WatermarkCombiner(gate.size());
    this.aligner = new BarrierAligner(gate.size());
    this.onBarrier = onBarrier;
  }

  /** Learns how far a barrier has come. */
  interface BarrierListener {
    /** It has come on some inputs; these are missing. */
    void arrived(long checkpointId, int[] missing);

    /** It has come on all inputs: the task's part of the cut is here. */
    void complete(long checkpointId);
  }

  @Override
  public boolean take() {
    Element element = gate.poll();
    if (element == null) {
      return false;
    }
    if (element instanceof CheckpointBarrier barrier) {
      barrier(barrier.checkpointId());
      return true;
    }
    if (element instanceof RecordBatch batch) {
      records(batch);
    } else if (element instanceof Watermark watermark) {
      advance(watermarks.watermark(gate.lastChannel(), watermark.timestamp()));
    } else if (element instanceof IdleStatus status) {
      advance(watermarks.idle(gate.lastChannel(), status.isIdle()));
    }
    return true;
  }

  @Override
  public long changes() {
    return changes;
  }

  @Override
  public void adapt(long nowNanos) {
    gate.adapt(nowNanos);
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public long watermark() {
    return watermarks.current();
  }

  private void records(RecordBatch batch) {
    Output<Object> head = heads.get(gate.lastInput());
    int size = batch.size();
    head.expect(batch);
    for (int i = 0; i < size; i++) {
      head.collect(batch.value(i), batch.timestamp(i));
    }
    records += batch.records();
    changes++;
  }

  private void advance(boolean hasRisen) {
    if (watermarks.isIdle() != wasIdle) {
      wasIdle = watermarks.isIdle();
      heads.get(0).idle(wasIdle);
    }
    if (hasRisen) {
      changes++;
      heads.get(0).watermark(watermarks.current());
    }
  }

  private void barrier(long checkpointId) {
    if (isAligned) {
      gate.block(gate.lastChannel());
    }
    if (aligner.barrier(gate.lastChannel(), checkpointId)) {
      gate.unblockAll();
      onBarrier.complete(checkpointId);
    } else {
      onBarrier.arrived(checkpointId, missing());
    }
  }

  private int[] missing() {
    return IntStream.range(0, gate.size()).filter(i -> !aligner.hasArrived(i)).toArray();
  }
}
