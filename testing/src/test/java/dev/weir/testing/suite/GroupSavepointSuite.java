package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.job.SavepointGroup;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import dev.weir.testing.suite.job.SuitePipeline;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two pipelines of one process: one counts in windows what the other one writes. */
@Timeout(180)
interface GroupSavepointSuite {
  int GROUPS = 5;
  int KEYS = 24;
  int PARTITIONS = 3;

  @Tag("S05")
  @Test
  default void shouldCountEachWindowOnceThoughBothAreStoppedAndGoOnFromAGroup(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = plan();
    try (JobUnderTest job = counting(topics, folder, plan)) {
      String middle = topics.createFresh("middle", PARTITIONS);
      URI place = folder.resolve("group").toUri();
      Settings writer = writer(job, middle, folder);
      Settings reader = reader(job, middle);
      try (Job first = SuiteJob.start(writer);
          Job second = SuiteJob.start(reader)) {
        JobUnderTest.awaitCheckpoints(second, 10);
        get(Weir.stopWithSavepoint(List.of(first, second), place));
        first.await();
        second.await();
      }
      assertThat(job.look()).as("windows before the stop").isPositive();

      job.load().finish();
      Settings readerAfter = from(place, reader, folder);
      try (Job second = SuiteJob.start(readerAfter)) {
        finish(from(place, writer, folder));
        second.stop();
        second.await();
      }
      EndlessRun.drain(readerAfter, ends(topics, middle), folder.resolve("probes"));

      job.audit();
    }
  }

  @Tag("S38")
  @Test
  default void shouldHoldNothingReadThatIsNotHeldAsWrittenThoughBothRunOn(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = plan();
    try (JobUnderTest job = counting(topics, folder, plan)) {
      String middle = topics.createFresh("middle", PARTITIONS);
      Settings writer = writer(job, middle, folder);
      Settings reader = reader(job, middle);
      URI[] groups = new URI[GROUPS];
      try (Job second = SuiteJob.start(reader);
          Job first = SuiteJob.start(writer)) {
        JobUnderTest.awaitCheckpoints(second, 5);
        for (int i = 0; i < GROUPS; i++) {
          groups[i] = folder.resolve("group-" + i).toUri();
          SavepointGroup group = get(Weir.savepoint(List.of(first, second), groups[i]));
          assertThat(group.members()).hasSize(2);
          JobUnderTest.awaitCheckpoints(second, 2);
        }
        first.stop();
        first.await();
        second.stop();
        second.await();
      }
      List<ConsumerRecord<String, String>> relayed = topics.readCommitted(middle);

      for (URI group : groups) {
        long written = EndlessRun.positions(at(group, writer)).values().iterator().next();
        Map<Integer, Long> read = EndlessRun.positions(at(group, reader));
        assertThat(written).isPositive();
        assertThat(
                relayed.stream()
                    .filter(each -> each.offset() < read.getOrDefault(each.partition(), 0L))
                    .map(GroupSavepointSuite::placeInInput))
            .as("what was read, of %s records that were written", written)
            .isNotEmpty()
            .allMatch(place -> place < written);
      }
      job.load().finish();
      finish(writer);
      EndlessRun.drain(reader, ends(topics, middle), folder.resolve("probes"));
      job.audit();
    }
  }

  /** One partition, so that what is relayed is in order. */
  private static InputPlan plan() {
    long base = InputPlan.ofTotal(KEYS).baseMillis();
    return new InputPlan(1, KEYS, 500, base);
  }

  private static JobUnderTest counting(TopicAdmin topics, Path folder, InputPlan plan) {
    return JobUnderTest.ofWindows(topics, folder, plan, Settings.none(), 2_000);
  }

  private static Settings writer(JobUnderTest job, String middle, Path folder) {
    return job.settings()
        .with(Setting.PIPELINE, SuitePipeline.RELAY)
        .with(Setting.PARALLELISM, 1)
        .with(Setting.NAME, job.settings().text(Setting.NAME) + "-writer")
        .with(Setting.FOLDER, folder.resolve("writer").resolve("own"))
        .with(Setting.OUTPUT, middle);
  }

  private static Settings reader(JobUnderTest job, String middle) {
    return job.settings().with(Setting.INPUT, middle).without(Setting.STOPS);
  }

  private static Settings from(URI group, Settings settings, Path folder) {
    String name = settings.text(Setting.NAME);
    return settings
        .with(Setting.NAME, name + "-after")
        .with(Setting.FOLDER, folder.resolve("after").resolve(name))
        .with(Setting.RESTORE_FROM, at(group, settings));
  }

  private static URI at(URI group, Settings settings) {
    return URI.create(group + "#" + settings.text(Setting.NAME));
  }

  /** Behind the last record; what is behind that are the markers of transactions. */
  private static Map<Integer, Long> ends(TopicAdmin topics, String middle) {
    Map<Integer, Long> ends = new TreeMap<>();
    topics
        .readCommitted(middle)
        .forEach(each -> ends.merge(each.partition(), each.offset() + 1, Math::max));
    return ends;
  }

  private static long placeInInput(ConsumerRecord<String, String> relayed) {
    int key = Integer.parseInt(relayed.key().substring(1));
    return (Long.parseLong(relayed.value()) - 1) * KEYS + key;
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(JobUnderTest.BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  private static void finish(Settings settings) throws InterruptedException {
    try (Job last = SuiteJob.start(settings)) {
      assertThat(last.await(JobUnderTest.BOUND)).as("ended: %s", last.status()).isTrue();
      assertThat(last.status().state()).isEqualTo(JobState.FINISHED);
    }
  }
}
