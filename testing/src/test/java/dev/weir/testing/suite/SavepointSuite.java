package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.internal.base.CrashPoint;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Moment;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies before and after each effect of a stop, of a savepoint and of its restore. */
@Timeout(120)
interface SavepointSuite {
  String STOP = "stop";
  String SAVEPOINT = "savepoint";
  String STOP_WITH_SAVEPOINT = "stop-with-savepoint";

  static Stream<String> momentsOfStop() {
    return Stream.of(
        CrashPoint.BARRIER_INJECTED.name(),
        CrashPoint.MANIFEST_WRITTEN.name(),
        Moment.LEDGER_RECORD_SENT.name(),
        Moment.COMMIT_SENT.name(),
        Moment.COMMIT_ACKNOWLEDGED.name(),
        CrashPoint.LEDGER_COMPLETED.name(),
        CrashPoint.COMPLETION_ANNOUNCED.name());
  }

  static Stream<String> momentsOfStopWithSavepoint() {
    return Stream.concat(momentsOfStop(), momentsOfCopy());
  }

  static Stream<String> momentsOfCopy() {
    return Stream.of(
        CrashPoint.SAVEPOINT_BEGUN.name(),
        CrashPoint.SAVEPOINT_FILES_COPIED.name(),
        CrashPoint.SAVEPOINT_MANIFEST_WRITTEN.name(),
        CrashPoint.SAVEPOINT_MARKED.name());
  }

  @Tag("S05")
  @Tag("N01")
  @ParameterizedTest(name = "{0}")
  @MethodSource("momentsOfStopWithSavepoint")
  default void shouldGoOnFromItsLedgerThoughItDiesWhileItStopsWithASavepointAt(
      String moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    try (JobUnderTest job = create(topics, folder)) {
      die(job, folder, STOP_WITH_SAVEPOINT, moment);
      job.look();
      job.finish();

      job.audit();
    }
  }

  @Tag("S05")
  @Tag("N01")
  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  default void shouldGoOnFromTheSavepointThoughTheJobDiesBeforeItTells(
      String backend, TopicAdmin topics, @TempDir Path folder) throws Exception {
    try (JobUnderTest job = create(topics, folder)) {
      die(job, folder, STOP_WITH_SAVEPOINT, CrashPoint.SAVEPOINT_MARKED.name());
      job.look();
      assertThat(Weir.verify(place(folder).toUri())).isEmpty();
      job.load().finish();
      finish(elsewhere(job, folder).with(Setting.BACKEND, backend));

      job.audit();
    }
  }

  @Tag("S05")
  @Tag("N01")
  @ParameterizedTest
  @CsvSource({"SAVEPOINT_FETCHED", "RESTORED", "LEDGER_COMPLETED"})
  default void shouldBeginFromTheSavepointOnceThoughItDiesWhileItBeginsAt(
      String moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    try (JobUnderTest job = create(topics, folder)) {
      try (Job first = job.startHere()) {
        JobUnderTest.awaitCheckpoints(first, 3);
        first
            .stopWithSavepoint(place(folder).toUri())
            .toCompletableFuture()
            .get(JobUnderTest.BOUND.toSeconds(), TimeUnit.SECONDS);
        first.await();
      }
      job.look();
      Settings next = elsewhere(job, folder);

      strike(job, next.with(Setting.MOMENT, moment), moment);
      job.load().finish();
      finish(next);

      job.audit();
    }
  }

  @Tag("S06")
  @Tag("N01")
  @ParameterizedTest(name = "{0}")
  @MethodSource("momentsOfCopy")
  default void shouldNotNeedTheSavepointBehindWhichItDies(
      String moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    try (JobUnderTest job = create(topics, folder)) {
      die(job, folder, SAVEPOINT, moment);
      job.look();
      if (Files.exists(place(folder))) {
        delete(place(folder));
      }
      job.finish();

      job.audit();
    }
  }

  @Tag("S07")
  @Tag("N01")
  @ParameterizedTest(name = "{0}")
  @MethodSource("momentsOfStop")
  default void shouldCloseEachWindowOnceThoughItDiesWhileItStopsAt(
      String moment, TopicAdmin topics, @TempDir Path folder) throws Exception {
    try (JobUnderTest job = create(topics, folder)) {
      die(job, folder, STOP, moment);
      job.look();
      job.finish();

      job.audit();
    }
  }

  /** The next checkpoint after the one at which it asks is the one that it asks for. */
  private static JobUnderTest create(TopicAdmin topics, Path folder) {
    Settings settings = Settings.none().with(Setting.INTERVAL, 300);
    return JobUnderTest.ofWindows(topics, folder, InputPlan.ofTotal(9_000), settings, 3_000);
  }

  private static Path place(Path folder) {
    return folder.resolve("savepoint");
  }

  private static Settings elsewhere(JobUnderTest job, Path folder) {
    return job.settings()
        .with(Setting.NAME, job.settings().text(Setting.NAME) + "-after")
        .with(Setting.FOLDER, folder.resolve("after").resolve("own"))
        .with(Setting.RESTORE_FROM, place(folder).toUri());
  }

  private static void die(JobUnderTest job, Path folder, String ask, String moment) {
    Settings struck =
        job.settings()
            .with(Setting.ASK, ask)
            .with(Setting.TARGET, place(folder).toUri())
            .with(Setting.MOMENT, moment)
            .with(Setting.SEED, Chance.of("SavepointSuite").seed());
    strike(job, struck, moment);
  }

  private static void strike(JobUnderTest job, Settings struck, String moment) {
    ChildJvm child = job.startChild(struck);
    child.awaitLine("AT " + moment, JobUnderTest.BOUND);
    assertThat(child.awaitExit(JobUnderTest.BOUND)).isEqualTo(CrashPointSuite.STRUCK);
  }

  private static void finish(Settings settings) throws InterruptedException {
    try (Job last = SuiteJob.start(settings)) {
      assertThat(last.await(JobUnderTest.BOUND)).as("ended: %s", last.status()).isTrue();
      assertThat(last.status().state()).isEqualTo(JobState.FINISHED);
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
