package dev.weir.testing.sim;

import java.util.concurrent.locks.LockSupport;

/** One place at which a thread waits for its turn. Given by whoever has it, taken by its owner. */
final class Baton {
  private volatile Thread owner;
  private volatile boolean isMine;

  void give() {
    isMine = true;
    LockSupport.unpark(owner);
  }

  void take() {
    owner = Thread.currentThread();
    while (!isMine) {
      LockSupport.park(this);
    }
    isMine = false;
  }
}
