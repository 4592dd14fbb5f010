package dev.weir.internal.channel;

import dev.weir.internal.element.Element;
import dev.weir.internal.element.RecordBatch;
import java.util.Arrays;
import java.util.List;

/**
 * The reading end of all channels into a task. Takes elements from the channels in turn, leaving
 * out those that are blocked for alignment. Confined to the reading task.
 */
public final class InputGate {
  private final Channel[] channels;
  private final int[] inputs;
  private final boolean[] blocked;
  private final QueueBound bound;
  private int current;

  /** All channels into a task with one input; their place in the list is their index. */
  public InputGate(List<Channel> channels) {
    this(channels, new int[channels.size()]);
  }

  /** All channels into the task, and which of its inputs each belongs to. */
  public InputGate(List<Channel> channels, int[] inputs) {
    this.inputs = inputs.clone();
    this.channels = channels.toArray(Channel[]::new);
    this.blocked = new boolean[this.channels.length];
    this.bound = new QueueBound(this.channels.length);
  }

  /** Number of channels. */
  public int size() {
    return channels.length;
  }

  /** The next element of some channel that is not blocked, or null if there is none now. */
  public Element poll() {
    for (int tried = 0; tried < channels.length; tried++) {
      current = current + 1 == channels.length ? 0 : current + 1;
      Element element = blocked[current] ? null : channels[current].poll();
      if (element != null) {
        if (element instanceof RecordBatch batch) {
          bound.taken(batch.size());
        }
        return element;
      }
    }
    bound.empty();
    return null;
  }

  /** Fits the length of the queues to the pace at which they are read; to be called often. */
  public void adapt(long nowNanos) {
    QueueBound.Limit limit = bound.limitAt(nowNanos);
    for (Channel channel : channels) {
      channel.limitTo(limit);
    }
  }

  /** Index of the channel that gave the last element. */
  public int lastChannel() {
    return current;
  }

  /** Which input of the task the channel that gave the last element belongs to. */
  public int lastInput() {
    return inputs[current];
  }

  /** Takes nothing from this channel until {@link #unblockAll}. */
  public void block(int channel) {
    blocked[channel] = true;
  }

  /** Takes from all channels again. */
  public void unblockAll() {
    Arrays.fill(blocked, false);
  }
}
