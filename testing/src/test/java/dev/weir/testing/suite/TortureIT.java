package dev.weir.testing.suite;

import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuitePipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred deaths of real processes, and ten of the broker, within minutes; for longer by {@code
 * ./weir torture --minutes 30}.
 */
@OnBroker(value = BrokerKind.EMBEDDED, own = true)
class TortureIT {
  private static final int KILLS = 100;
  private static final int BROKER_KILLS = 10;
  private static final int RECORDS_PER_SECOND = 300;
  private static final Duration SHORT = Duration.ofMinutes(2);

  @Tag("S20")
  @Tag("N01")
  @Tag("N05")
  @Test
  void shouldLoseDoubleAndReorderNothingThoughJobsAndBrokerAreKilledAllTheTime(
      Broker broker, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Duration time = Duration.ofMinutes(Long.getLong("torture.minutes", 0));
    InputPlan plan = plan(time);
    Settings counts = usual().with(Setting.BACKEND, "rocksdb");
    Settings windows = usual().with(Setting.PIPELINE, SuitePipeline.WINDOWS);
    Torture torture =
        new Torture(broker, new Torture.Aim(KILLS, BROKER_KILLS, time), Chance.of("TortureIT"));

    try (JobUnderTest one = job(topics, folder.resolve("counts"), plan, counts);
        JobUnderTest other = job(topics, folder.resolve("windows"), plan, windows)) {
      torture.run(List.of(one, other));
    }

    System.out.printf(
        "Torture: %s; of 2 x %d records 0 lost, 0 doubled, 0 reordered%n",
        torture.summary(), plan.total());
  }

  private static Settings usual() {
    return Settings.none().with(Setting.PARALLELISM, 2).with(Setting.RESTORES, true);
  }

  private static InputPlan plan(Duration time) {
    Duration longer = time.compareTo(SHORT) > 0 ? time : SHORT;
    return InputPlan.ofTotal((int) longer.toSeconds() * RECORDS_PER_SECOND);
  }

  private static JobUnderTest job(TopicAdmin topics, Path folder, InputPlan plan, Settings settings)
      throws Exception {
    JobUnderTest job = JobUnderTest.create(topics, Files.createDirectories(folder), plan, settings);
    job.load().upTo(plan.total() * 3 / 4).start(RECORDS_PER_SECOND);
    return job;
  }
}
