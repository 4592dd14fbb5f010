package dev.weir.internal.channel;

import dev.weir.internal.base.Waker;
import dev.weir.internal.element.Element;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded queue with one writer and one reader. A slot that holds null is free; each side keeps
 * its own index, so neither reads what the other writes but the slots (Lee et al., "A lock-free,
 * cache-efficient multi-core synchronization mechanism", 2009, calls this FastForward).
 */
public final class Channel {
  static final int SLOTS = 16;

  private final AtomicReferenceArray<Element> slots = new AtomicReferenceArray<>(SLOTS);
  private final Waker reader;
  private final Waker writer;
  private volatile boolean writerWaits;
  private volatile QueueBound.Limit limit = QueueBound.FIRST;
  private int writeIndex;
  private int readIndex;

  /** Wakes the reader after a write, and the writer when there is room again. */
  public Channel(Waker reader, Waker writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /** Adds an element unless the channel is full; then the writer is woken when it no longer is. */
  boolean offer(Element element) {
    if (isFull()) {
      writerWaits = true;
      if (isFull()) {
        return false;
      }
    }
    slots.set(writeIndex, element);
    writeIndex = (writeIndex + 1) % SLOTS;
    reader.wake();
    return true;
  }

  /** Whether the slot that was written as many elements ago as may be there is still taken. */
  private boolean isFull() {
    return slots.get((writeIndex - limit.elements() + SLOTS) % SLOTS) != null;
  }

  /** How many records a batch for this channel may have. */
  int batchRecords() {
    return limit.batchRecords();
  }

  /** How much may wait here from now on. By the reader. */
  void limitTo(QueueBound.Limit next) {
    if (!next.equals(limit)) {
      limit = next;
    }
  }

  /** Takes the oldest element, or null. */
  Element poll() {
    Element element = slots.get(readIndex);
    if (element != null) {
      slots.set(readIndex, null);
      readIndex = (readIndex + 1) % SLOTS;
      if (writerWaits) {
        writerWaits = false;
        writer.wake();
      }
    }
    return element;
  }
}
