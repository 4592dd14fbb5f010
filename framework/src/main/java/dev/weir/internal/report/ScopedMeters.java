package dev.weir.internal.report;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;

/**
 * A registry in front of the user's whose meters leave it again when their owner ends. Thread-safe.
 */
public final class ScopedMeters implements AutoCloseable {
  private final CompositeMeterRegistry scoped = new CompositeMeterRegistry();
  private final MeterRegistry registry;

  private ScopedMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** In front of this one; shown at once. */
  public static ScopedMeters shown(MeterRegistry registry) {
    ScopedMeters meters = new ScopedMeters(registry);
    meters.show();
    return meters;
  }

  /** In front of this one, where others of the same names may still be until they are shown. */
  public static ScopedMeters hidden(MeterRegistry registry) {
    return new ScopedMeters(registry);
  }

  /** Lets the user see them, and all that come. */
  public void show() {
    scoped.add(registry);
  }

  /** Where to register. */
  public MeterRegistry registry() {
    return scoped;
  }

  @Override
  public void close() {
    for (Meter meter : List.copyOf(scoped.getMeters())) {
      scoped.remove(meter);
    }
  }
}
