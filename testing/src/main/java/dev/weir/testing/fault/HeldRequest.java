package dev.weir.testing.fault;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that a {@link Link} keeps, with what follows it on its connection, while all other
 * connections go on: the client may give it up and ask again by another one, and this one arrives
 * late, behind requests that were made after it. Thread-safe.
 */
public final class HeldRequest {
  private final short apiKey;
  private final AtomicBoolean isHeld = new AtomicBoolean();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean isDelivered;
  private volatile boolean isAnswered;

  HeldRequest(short apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * @return whether it has come, and is kept or was
   */
  public boolean isHeld() {
    return isHeld.get();
  }

  /**
   * @return whether the server has answered it, after it was released
   */
  public boolean isAnswered() {
    return isAnswered;
  }

  /** Lets it go on to the server, also where the client has closed the connection meanwhile. */
  public void release() {
    released.countDown();
  }

  /** Whether it is one of these, the first that there is; then it is held. */
  boolean takes(List<Short> apiKeys) {
    return apiKeys.contains(apiKey) && isHeld.compareAndSet(false, true);
  }

  void awaitRelease() throws InterruptedException {
    released.await();
  }

  void delivered() {
    isDelivered = true;
  }

  /** Bytes have come back on its connection. */
  void answered() {
    isAnswered |= isDelivered;
  }
}
