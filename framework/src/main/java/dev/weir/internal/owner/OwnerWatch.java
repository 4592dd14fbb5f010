package dev.weir.internal.owner;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides from what a beacon shows whether a job is free. Pure; one thread at a time.
 *
 * <p>A sign of life is any change of the text; no clock but the watcher's own counts. Silence is
 * counted only over a time in which the watcher looked often and could see: a broker that was away,
 * or a watcher that slept, proves nothing about the owner. (The lease without synchronized clocks
 * of Gray and Cheriton, 1989, but for the fencing, which here does not depend on it.)
 */
final class OwnerWatch {
  private final long detectionMillis;
  private final Predicate<String> isDead;
  private boolean hasLooked;
  private Optional<String> seen = Optional.empty();
  private long sinceMillis;
  private long lookedMillis;
  private boolean isBlind;

  /**
   * A watch that has seen nothing.
   *
   * @param isDead whether a process is known to run no more
   */
  OwnerWatch(long detectionMillis, Predicate<String> isDead) {
    this.detectionMillis = detectionMillis;
    this.isDead = isDead;
  }

  /**
   * For how long the job is not free yet, if nothing changes; 0: it is free.
   *
   * @param text what the beacon shows
   * @param nowMillis on a clock that only rises
   */
  long waitMillis(Optional<String> text, long nowMillis) {
    Optional<Sign> sign = text.flatMap(Sign::parse);
    boolean isNobodys = text.isEmpty() && !hasLooked;
    if (isNobodys || sign.filter(s -> s.isGone() || isDead.test(s.process())).isPresent()) {
      return 0;
    }
    long patience = Math.max(detectionMillis, sign.map(Sign::detectionMillis).orElse(0L));
    boolean hasSlept = nowMillis - lookedMillis > patience / 2;
    if (!hasLooked || isBlind || hasSlept || !text.equals(seen)) {
      sinceMillis = nowMillis;
    }
    hasLooked = true;
    isBlind = false;
    lookedMillis = nowMillis;
    seen = text;
    return Math.max(0, sinceMillis + patience - nowMillis);
  }

  /** A look has failed. */
  void sawNothing() {
    isBlind = true;
  }
}
