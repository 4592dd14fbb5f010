package dev.weir.internal.operator;

import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceReader.Status;
import dev.weir.connector.SourceSplit;
import dev.weir.error.ConnectorException;
import dev.weir.error.WeirException;
import dev.weir.internal.base.UserCode;
import dev.weir.internal.time.SplitClock;
import dev.weir.internal.time.SplitWatermarks;
import dev.weir.pipeline.Stage;
import dev.weir.time.Clock;
import dev.weir.time.Watermarks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Heads a chain: polls a reader, gives each record its event time, and makes watermarks after each
 * batch. Reads nothing before {@link #start} and after {@link #stop}.
 */
public final class SourceOperator<T> implements SourceOutput<T>, StatefulOperator {
  private final String stage;
  private final SourceReader<T> reader;
  private final Clock clock;
  private final Output<T> output;
  private final Optional<Watermarks<T>> strategy;
  private final SplitWatermarks watermarks;
  private final Map<String, SplitClock> splitClocks = new LinkedHashMap<>();
  private BooleanSupplier isPaused = () -> false;
  private boolean isRunning;
  private boolean hasEnded;
  private boolean isIdle;
  private long watermark = Long.MIN_VALUE;
  private long records;

  SourceOperator(
      Stage.SourceStage<T> stage, SourceReader<T> reader, Clock clock, Output<T> output) {
    this.stage = stage.name();
    this.reader = reader;
    this.clock = clock;
    this.output = output;
    this.strategy = stage.source().watermarks();
    this.watermarks = strategy.map(SplitWatermarks::new).orElse(null);
  }

  /** Takes splits to read; before the start or later. */
  public void addSplits(List<SplitState> splits) {
    for (SplitState state : splits) {
      SplitClock splitClock =
          watermarks == null ? null : watermarks.add(state.maxTimestamp(), clock.monotonicMillis());
      splitClocks.put(state.split().id(), splitClock);
    }
    reader.addSplits(splits.stream().map(SplitState::split).toList());
  }

  /** Begins to read. A source without event time keeps nobody waiting for it. */
  public void start() {
    isRunning = true;
    if (watermarks == null) {
      output.idle(true);
    }
  }

  /** Says when a poll shall end early: somebody waits for the task, or its output has no room. */
  public void pauseWhen(BooleanSupplier condition) {
    isPaused = condition;
  }

  /** Reads no more; what was read stays. */
  public void stop() {
    isRunning = false;
  }

  /** Takes event time to its end: there will be no more records, not even after a restore. */
  public void drain() {
    if (watermark < Long.MAX_VALUE) {
      watermark = Long.MAX_VALUE;
      output.watermark(watermark);
    }
  }

  /** Whether a bounded source is read to its end. */
  public boolean hasEnded() {
    return hasEnded;
  }

  /** Stage of this source. */
  public String stage() {
    return stage;
  }

  /** Number of records emitted. */
  public long records() {
    return records;
  }

  /** The watermark sent last, epoch milliseconds. */
  public long watermark() {
    return watermark;
  }

  /** Emits a bounded number of records; true if there was something to do. */
  public boolean poll() {
    if (!isRunning || hasEnded) {
      return false;
    }
    long before = records;
    Status status = pollReader();
    advanceTime();
    if (status == Status.ENDED) {
      hasEnded = true;
      output.watermark(Long.MAX_VALUE);
      return true;
    }
    return status == Status.MORE || records != before;
  }

  private Status pollReader() {
    try {
      return reader.poll(this);
    } catch (WeirException e) {
      throw e;
    } catch (Exception e) {
      throw new ConnectorException(
          "Source '" + stage + "' could not read: " + e + ". See the cause.", e);
    }
  }

  private void advanceTime() {
    if (watermarks == null) {
      return;
    }
    watermarks.update(clock.monotonicMillis());
    if (watermarks.isIdle() != isIdle) {
      isIdle = watermarks.isIdle();
      output.idle(isIdle);
    }
    if (watermarks.current() > watermark) {
      watermark = watermarks.current();
      output.watermark(watermark);
    }
  }

  @Override
  public long restMillis(long nowMillis) {
    return watermarks == null || !isRunning || hasEnded
        ? Long.MAX_VALUE
        : watermarks.millisToIdle(clock.monotonicMillis());
  }

  @Override
  public boolean hasRoom() {
    return !isPaused.getAsBoolean();
  }

  @Override
  public SplitOutput<T> forSplit(String splitId) {
    if (strategy.isEmpty()) {
      return this::emit;
    }
    SplitClock splitClock = splitClocks.get(splitId);
    Watermarks.TimestampAssigner<T> assigner = strategy.get().timestampAssigner();
    return (value, sourceTimestamp) -> {
      long timestamp = assigner.timestamp(value, sourceTimestamp);
      splitClock.record(timestamp);
      emit(value, timestamp);
    };
  }

  private void emit(T value, long timestamp) {
    records++;
    output.collect(UserCode.required(value, stage, "deserializer"), timestamp);
  }

  @Override
  public OperatorSnapshot snapshot(long checkpointId) {
    List<SplitState> splits = reader.snapshot().stream().map(this::stateOf).toList();
    return OperatorSnapshot.of(stage, SourcePart.encode(splits));
  }

  private SplitState stateOf(SourceSplit split) {
    SplitClock splitClock = splitClocks.get(split.id());
    return new SplitState(split, splitClock == null ? Long.MIN_VALUE : splitClock.maxTimestamp());
  }

  @Override
  public void completed(long checkpointId) {
    reader.checkpointCompleted(checkpointId);
  }

  @Override
  public void close() {
    reader.close();
  }
}
