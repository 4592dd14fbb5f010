package dev.weir.internal.job;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;

/**
 * A registry in front of the user's whose meters leave it again when their owner ends. Thread-safe.
 */
final class ScopedMeters implements AutoCloseable {
  private final CompositeMeterRegistry scoped = new CompositeMeterRegistry();

  ScopedMeters(MeterRegistry registry) {
    scoped.add(registry);
  }

  MeterRegistry registry() {
    return scoped;
  }

  @Override
  public void close() {
    for (Meter meter : List.copyOf(scoped.getMeters())) {
      scoped.remove(meter);
    }
  }
}
