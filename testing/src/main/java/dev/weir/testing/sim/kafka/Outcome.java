package dev.weir.testing.sim.kafka;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.ApiException;

/** What a broker answers: a value, or an error. Immutable. */
record Outcome<R>(R value, ApiException error) {
  static <R> Outcome<R> of(Supplier<R> work) {
    try {
      return new Outcome<>(work.get(), null);
    } catch (ApiException refused) {
      return new Outcome<>(null, refused);
    }
  }
}
