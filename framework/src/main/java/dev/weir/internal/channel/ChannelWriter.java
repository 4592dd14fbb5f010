package dev.weir.internal.channel;

import dev.weir.internal.element.Element;
import dev.weir.internal.element.RecordBatch;
import java.util.ArrayDeque;

/**
 * The writing end of a channel: gathers records into batches and keeps what the channel has no room
 * for, so that one call of user code may emit any number of results. Confined to the writing task.
 */
final class ChannelWriter {
  private final Channel channel;
  private final ArrayDeque<Element> pending = new ArrayDeque<>();
  private RecordBatch open;

  ChannelWriter(Channel channel) {
    this.channel = channel;
    this.open = new RecordBatch(channel.batchRecords());
  }

  void add(Object value, long timestamp) {
    add(value, timestamp, 1);
  }

  /** Adds what so many records have become. */
  void add(Object value, long timestamp, int records) {
    open.add(value, timestamp, records);
    if (open.size() >= channel.batchRecords()) {
      closeBatch();
    }
  }

  void send(Element element) {
    closeBatch();
    enqueue(element);
  }

  /** Hands over what there is room for; true if nothing is left. */
  boolean flush() {
    closeBatch();
    while (!pending.isEmpty() && channel.offer(pending.peek())) {
      pending.remove();
    }
    return pending.isEmpty();
  }

  boolean isBlocked() {
    return !pending.isEmpty();
  }

  private void closeBatch() {
    if (open.size() > 0) {
      RecordBatch full = open;
      open = new RecordBatch(channel.batchRecords());
      enqueue(full);
    }
  }

  private void enqueue(Element element) {
    if (!pending.isEmpty() || !channel.offer(element)) {
      pending.add(element);
    }
  }
}
