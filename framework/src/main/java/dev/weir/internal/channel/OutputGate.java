package dev.weir.internal.channel;

import dev.weir.internal.combine.LocalAggregation;
import dev.weir.internal.combine.PartialAggregate;
import dev.weir.internal.element.Element;
import dev.weir.internal.element.IdleStatus;
import dev.weir.internal.element.Watermark;
import dev.weir.internal.operator.Output;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * All channels from one stage of this task to the tasks of another chain. A record goes to one of
 * them or to each; everything else goes to all. Confined to the writing task.
 *
 * @param <T> type of the records
 */
public final class OutputGate<T> implements Output<T> {
  /** Instead of a place in the list of channels. */
  public static final int ALL = -1;

  private final ChannelWriter[] writers;
  private final ToIntFunction<T> target;
  private final LocalAggregation<T> aggregation;
  private final LocalAggregation.Target aggregated = this::put;

  /** The channels, and the function that finds a record's, or {@link #ALL}. */
  public OutputGate(List<Channel> channels, ToIntFunction<T> target) {
    this(channels, target, null);
  }

  /** The same with records that are aggregated here first, unless that is null. */
  public OutputGate(
      List<Channel> channels, ToIntFunction<T> target, LocalAggregation<T> aggregation) {
    this.writers = channels.stream().map(ChannelWriter::new).toArray(ChannelWriter[]::new);
    this.target = target;
    this.aggregation = aggregation;
  }

  @Override
  public void collect(T value, long timestamp) {
    if (aggregation != null && aggregation.takesNext()) {
      if (aggregation.add(value, timestamp)) {
        aggregation.drain(aggregated);
      }
      return;
    }
    int channel = target.applyAsInt(value);
    if (channel == ALL) {
      for (ChannelWriter writer : writers) {
        writer.add(value, timestamp);
      }
    } else {
      writers[channel].add(value, timestamp);
    }
  }

  @Override
  public void watermark(long timestamp) {
    broadcast(new Watermark(timestamp));
  }

  @Override
  public void idle(boolean isIdle) {
    broadcast(new IdleStatus(isIdle));
  }

  /** Sends an element to every reader, behind all records so far. */
  public void broadcast(Element element) {
    drain();
    for (ChannelWriter writer : writers) {
      writer.send(element);
    }
  }

  /** Hands over what there is room for; true if nothing is left. */
  public boolean flush() {
    drain();
    boolean isEmpty = true;
    for (ChannelWriter writer : writers) {
      isEmpty &= writer.flush();
    }
    return isEmpty;
  }

  private void drain() {
    if (aggregation != null) {
      aggregation.drain(aggregated);
    }
  }

  private void put(PartialAggregate<?, ?> partial, long lastMillisecond, int channel) {
    writers[channel].add(partial, lastMillisecond, partial.records());
  }

  /** Whether some reader has no room for what waits here. */
  public boolean isBlocked() {
    for (ChannelWriter writer : writers) {
      if (writer.isBlocked()) {
        return true;
      }
    }
    return false;
  }
}
