package dev.weir.internal.state.kind;

import dev.weir.state.StateTtl;
import dev.weir.time.Clock;

/** Values that expire a time after they were last touched. Confined to the task's thread. */
final class Expiring<V> implements Lifetime<V, Stamped<V>> {
  private final long millis;
  private final boolean isRenewedByReads;
  private final Clock clock;

  Expiring(StateTtl ttl, Clock clock) {
    this.millis = ttl.timeToLive().toMillis();
    this.isRenewedByReads = ttl.updateType() == StateTtl.UpdateType.ON_READ_AND_WRITE;
    this.clock = clock;
  }

  @Override
  public Stamped<V> kept(V value) {
    return new Stamped<>(value, clock.millis());
  }

  @Override
  public V live(Stamped<V> kept) {
    return clock.millis() - kept.touchedMillis() < millis ? kept.value() : null;
  }

  @Override
  public boolean isRenewedByReads() {
    return isRenewedByReads;
  }
}
