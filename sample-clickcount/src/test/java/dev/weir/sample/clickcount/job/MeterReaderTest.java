package dev.weir.sample.clickcount.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.time.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterReaderTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SettableClock clock = new SettableClock();
  private final MeterReader reader = new MeterReader(registry, "clicks", clock);

  @Test
  void shouldReadWhatTheJobRegisters() {
    AtomicLong clicks = clicksOf("clicks", "0");
    clicksOf("clicks", "1").set(1000);
    clicksOf("count", "0").set(7777);
    registry.gauge("weir.checkpoint.last", 17);
    registry.timer("weir.checkpoint.duration").record(Duration.ofMillis(30));
    registry.summary("weir.checkpoint.size").record(2048);
    registry.gauge("weir.source.lag", 120);
    registry.counter("weir.restarts").increment();
    clicks.set(3000);
    clock.nanos = TimeUnit.MILLISECONDS.toNanos(500);

    JobMeters meters = reader.read();

    assertThat(meters).isEqualTo(new JobMeters(17, 8000, 120, 30, 2048, 1));
  }

  @Test
  void shouldGiveRatesAndMeansSinceTheLastReading() {
    AtomicLong clicks = clicksOf("clicks", "0");
    clicks.set(5000);
    registry.timer("weir.checkpoint.duration").record(Duration.ofMillis(30));
    clock.nanos = TimeUnit.SECONDS.toNanos(1);
    reader.read();

    clicks.set(5100);
    registry.timer("weir.checkpoint.duration").record(Duration.ofMillis(10));
    clock.nanos = TimeUnit.SECONDS.toNanos(2);
    JobMeters meters = reader.read();

    assertThat(meters.clicksPerSecond()).isEqualTo(100);
    assertThat(meters.checkpointMillis()).isEqualTo(10);
  }

  @Test
  void shouldReadAJobThatHasNotBegun() {
    clock.nanos = 1;

    assertThat(reader.read()).isEqualTo(new JobMeters(-1, 0, 0, 0, 0, 0));
  }

  private AtomicLong clicksOf(String stage, String subtask) {
    AtomicLong records = new AtomicLong();
    FunctionCounter.builder("weir.records.in", records, AtomicLong::get)
        .tags("stage", stage, "subtask", subtask)
        .register(registry);
    return records;
  }

  private static final class SettableClock implements Clock {
    private long nanos;

    @Override
    public long millis() {
      return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
