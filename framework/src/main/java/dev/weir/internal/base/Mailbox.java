package dev.weir.internal.base;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Requests from other threads to whoever owns this mailbox, run in order on the owner's thread.
 * Posting is thread-safe and never blocks; everyone who posts is bounded by the protocol he
 * follows.
 */
public final class Mailbox implements Executor {
  private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
  private final Waker owner;

  /** Wakes the owner after each post. */
  public Mailbox(Waker owner) {
    this.owner = owner;
  }

  @Override
  public void execute(Runnable request) {
    mail.add(request);
    owner.wake();
  }

  /** Whether there is something to run. On the owner's thread only. */
  public boolean hasMail() {
    return !mail.isEmpty();
  }

  /** Runs what is there; true if there was something. On the owner's thread only. */
  public boolean runAll() {
    boolean worked = false;
    for (Runnable next = mail.poll(); next != null; next = mail.poll()) {
      next.run();
      worked = true;
    }
    return worked;
  }
}
