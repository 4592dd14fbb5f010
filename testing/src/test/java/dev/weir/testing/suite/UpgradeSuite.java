package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.job.Savepoint;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.proof.UpgradeCheck;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import dev.weir.testing.suite.job.SuitePipeline;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that are stopped with a savepoint, and go on elsewhere, in another version. */
@Timeout(120)
interface UpgradeSuite {
  @Tag("N35")
  @ParameterizedTest
  @CsvSource({"counts,rocksdb", "windows,heap", "windows,rocksdb"})
  default void shouldGoOnFromSavepointsAtParallelismOneThreeTwo(
      String pipeline, String backend, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofPlayground(3);
    Settings settings =
        Settings.none().with(Setting.PIPELINE, pipeline).with(Setting.BACKEND, backend);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 2 / 3).start(2_000);
      Settings leg = job.settings();

      for (int parallelism : new int[] {1, 3}) {
        Path savepoint = folder.resolve("savepoint-" + parallelism);
        try (Job part = SuiteJob.start(leg.with(Setting.PARALLELISM, parallelism))) {
          JobUnderTest.awaitCheckpoints(part, 3);
          Savepoint taken = savepointOf(part, savepoint);
          assertThat(taken.checkpointId()).isEqualTo(part.status().lastCheckpointId().getAsLong());
        }
        job.look();
        UpgradeCheck.assertUpgrades(pipelineOf(leg), savepoint.toUri());
        leg = after(leg, job.settings(), "" + parallelism, folder, savepoint);
      }
      job.load().finish();
      finish(leg.with(Setting.PARALLELISM, 2));

      job.audit();
    }
  }

  @Tag("S06")
  @Tag("N35")
  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  default void shouldGoOnWithAnotherFunctionAndWithAStageAddedAndRemoved(
      String backend, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofPlayground(3);
    Settings settings =
        Settings.none()
            .with(Setting.PIPELINE, SuitePipeline.WINDOWS)
            .with(Setting.BACKEND, backend);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 2 / 3).start(2_000);
      Settings leg = job.settings();

      List<String> versions =
          List.of(
              SuitePipeline.WINDOWS, SuitePipeline.WINDOWS_SUMMED, SuitePipeline.WINDOWS_AND_MORE);
      for (String version : versions) {
        Settings next = leg.with(Setting.PIPELINE, version);
        Path savepoint = folder.resolve("savepoint-" + version);
        try (Job part = SuiteJob.start(next)) {
          JobUnderTest.awaitCheckpoints(part, 3);
          savepointOf(part, savepoint);
        }
        job.look();
        leg = after(leg, job.settings(), version, folder, savepoint);
      }
      Settings without = leg.with(Setting.PIPELINE, SuitePipeline.WINDOWS);
      URI last = URI.create(without.text(Setting.RESTORE_FROM));
      assertThatThrownBy(() -> UpgradeCheck.assertUpgrades(pipelineOf(without), last))
          .hasMessageContaining("restore.allow.dropped=" + SuitePipeline.MORE);
      job.load().finish();
      finish(without.with(Setting.ALLOW_DROPPED, SuitePipeline.MORE));

      job.audit();
    }
  }

  @Tag("S47")
  @Test
  default void shouldRefuseWindowsOfAnotherSizeAndGoOnWithThoseOfBefore(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(6_000);
    Path savepoint = folder.resolve("savepoint");
    Settings settings = Settings.none().with(Setting.PIPELINE, SuitePipeline.WINDOWS);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() / 2).start(2_000);
      try (Job part = job.startHere()) {
        JobUnderTest.awaitCheckpoints(part, 3);
        savepointOf(part, savepoint);
      }
      job.look();
      Settings leg = after(job.settings(), job.settings(), "stop", folder, savepoint);
      Settings longer =
          leg.with(Setting.PIPELINE, SuitePipeline.WINDOWS_LONGER).without(Setting.RESTART_DELAY);
      String why = "window was tumbling 1s, is tumbling 2s";

      assertThatThrownBy(() -> UpgradeCheck.assertUpgrades(pipelineOf(longer), savepoint.toUri()))
          .hasMessageContainingAll("stage 'count'", why);
      try (Job refused = SuiteJob.start(longer)) {
        assertThatThrownBy(() -> refused.await(JobUnderTest.BOUND)).hasMessageContaining(why);
      }

      job.load().finish();
      finish(leg);
      job.audit();
    }
  }

  private static Settings after(
      Settings leg, Settings first, String name, Path folder, Path savepoint) {
    return leg.with(Setting.NAME, first.text(Setting.NAME) + "-after-" + name)
        .with(Setting.FOLDER, folder.resolve("after-" + name).resolve("own"))
        .with(Setting.RESTORE_FROM, savepoint.toUri());
  }

  private static void finish(Settings settings) throws InterruptedException {
    try (Job last = SuiteJob.start(settings)) {
      assertThat(last.await(JobUnderTest.BOUND)).as("ended: %s", last.status()).isTrue();
      assertThat(last.status().state()).isEqualTo(JobState.FINISHED);
    }
  }

  @ParameterizedTest
  @CsvSource({"counts,windows"})
  default void shouldRefuseAnotherTopicAndAnotherKindOfStateBeforeItIsDeployed(
      String pipeline, String other, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(2_400);
    Path savepoint = folder.resolve("savepoint");
    Settings settings = Settings.none().with(Setting.PIPELINE, pipeline);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() / 3).start(plan.total());
      try (Job running = SuiteJob.start(job.settings().without(Setting.STOPS))) {
        JobUnderTest.awaitCheckpoints(running, 3);
        savepointOf(running, savepoint);
      }
      Settings moved = job.settings().with(Setting.INPUT, "elsewhere").without(Setting.STOPS);

      assertThatThrownBy(() -> UpgradeCheck.assertUpgrades(pipelineOf(moved), savepoint.toUri()))
          .isInstanceOf(AssertionError.class)
          .hasMessageContainingAll(
              "stage 'records'", "Name topic '" + job.settings().text(Setting.INPUT) + "' again");
      assertThatThrownBy(
              () ->
                  UpgradeCheck.assertUpgrades(
                      pipelineOf(job.settings().with(Setting.PIPELINE, other)), savepoint.toUri()))
          .isInstanceOf(AssertionError.class)
          .hasMessageContainingAll("stage 'count'", "no longer declares");
    }
  }

  private static Savepoint savepointOf(Job job, Path place) throws Exception {
    Savepoint taken =
        job.stopWithSavepoint(place.toUri())
            .toCompletableFuture()
            .get(JobUnderTest.BOUND.toSeconds(), TimeUnit.SECONDS);
    job.await();
    return taken;
  }

  private static Pipeline pipelineOf(Settings settings) {
    return SuitePipeline.of(settings, KafkaClients.real());
  }
}
