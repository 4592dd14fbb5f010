package dev.weir.testing.fault;

import dev.weir.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is wrong with a link at the moment, and waiting until bytes may pass. Thread-safe. */
final class LinkState {
  private final Set<LinkDirection> stalled = EnumSet.noneOf(LinkDirection.class);
  private boolean cut;
  private long delayNanos;
  private Optional<HeldRequest> wanted = Optional.empty();

  synchronized void cut(boolean now) {
    cut = now;
    notifyAll();
  }

  synchronized boolean isCut() {
    return cut;
  }

  synchronized void stall(LinkDirection direction) {
    stalled.add(direction);
  }

  synchronized HeldRequest holdNext(short apiKey) {
    HeldRequest request = new HeldRequest(apiKey);
    wanted = Optional.of(request);
    return request;
  }

  /** The request that is to be held, if it is among these. */
  synchronized Optional<HeldRequest> heldOf(List<Short> apiKeys) {
    return wanted.filter(request -> request.takes(apiKeys));
  }

  synchronized void delay(Duration latency) {
    delayNanos = latency.toNanos();
    notifyAll();
  }

  synchronized void heal() {
    cut = false;
    stalled.clear();
    delayNanos = 0;
    notifyAll();
  }

  /**
   * Blocks until bytes that arrived then may go on in this direction; false when the link is cut.
   */
  synchronized boolean awaitPassage(LinkDirection direction, long arrivedNanos)
      throws InterruptedException {
    while (!cut) {
      long left = arrivedNanos + delayNanos - Clock.system().nanos();
      if (stalled.contains(direction)) {
        wait();
      } else if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
      } else {
        return true;
      }
    }
    return false;
  }
}
