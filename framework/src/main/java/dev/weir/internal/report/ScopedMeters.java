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

  /** In front of this one. */
  public ScopedMeters(MeterRegistry registry) {
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
