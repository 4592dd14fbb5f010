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
import java.util.function.LongConsumer;

/**
 * Feeds a chain from the channels of other tasks: combines watermarks, aligns barriers. Confined to
 * the task's thread.
 */
final class GateInput implements TaskInput {
  private final InputGate gate;
  private final Output<Object> head;
  private final WatermarkCombiner watermarks;
  private final BarrierAligner aligner;
  private final LongConsumer onBarrier;
  private boolean wasIdle;
  private long records;

  GateInput(InputGate gate, Output<Object> head, LongConsumer onBarrier) {
    this.gate = gate;
    this.head = head;
    this.watermarks = new WatermarkCombiner(gate.size());
    this.aligner = new BarrierAligner(gate.size());
    this.onBarrier = onBarrier;
  }

  @Override
  public boolean take() {
    Element element = gate.poll();
    if (element == null) {
      return false;
    }
    if (element instanceof RecordBatch batch) {
      records(batch);
    } else if (element instanceof Watermark watermark) {
      advance(watermarks.watermark(gate.lastChannel(), watermark.timestamp()));
    } else if (element instanceof IdleStatus status) {
      idle(status);
    } else if (element instanceof CheckpointBarrier barrier) {
      barrier(barrier);
    }
    return true;
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
    int size = batch.size();
    for (int i = 0; i < size; i++) {
      head.collect(batch.value(i), batch.timestamp(i));
    }
    records += size;
  }

  private void idle(IdleStatus status) {
    boolean hasRisen = watermarks.idle(gate.lastChannel(), status.isIdle());
    if (watermarks.isIdle() != wasIdle) {
      wasIdle = watermarks.isIdle();
      head.idle(wasIdle);
    }
    advance(hasRisen);
  }

  private void advance(boolean hasRisen) {
    if (hasRisen) {
      head.watermark(watermarks.current());
    }
  }

  private void barrier(CheckpointBarrier barrier) {
    gate.block(gate.lastChannel());
    if (aligner.barrier(gate.lastChannel(), barrier.checkpointId())) {
      gate.unblockAll();
      onBarrier.accept(barrier.checkpointId());
    }
  }
}
