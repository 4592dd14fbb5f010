package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.base.CrashPoint;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.RetainedCheckpoints;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import dev.weir.testing.suite.job.SuitePipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that are stopped, changed and finished as their users wish, on inputs of all kinds. */
@Timeout(120)
interface LifeSuite {
  @Tag("S09")
  @Tag("N35")
  @ParameterizedTest
  @ValueSource(strings = {SuitePipeline.COUNTS, SuitePipeline.WINDOWS})
  default void shouldGoOnWhereItWasStoppedAtAnyParallelism(
      String pipeline, TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(18_000);
    Settings settings =
        Settings.none().with(Setting.PIPELINE, pipeline).with(Setting.BACKEND, "rocksdb");
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().upTo(plan.total() * 2 / 3).start(2_000);

      for (int parallelism : new int[] {2, 3, 1}) {
        try (Job part = SuiteJob.start(job.settings().with(Setting.PARALLELISM, parallelism))) {
          JobUnderTest.awaitCheckpoints(part, 3);
          part.stop();
          part.await();
          assertThat(part.status().state()).isEqualTo(JobState.FINISHED);
        }
        job.look();
      }
      job.finish();

      job.audit();
    }
  }

  @Tag("S38")
  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  default void shouldKeepRetainedCheckpointsWholeAfterEveryRemoval(
      String backend, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Settings settings = Settings.none().with(Setting.BACKEND, backend).with(Setting.RESTORES, true);
    InputPlan plan = InputPlan.ofTotal(6_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().start(2_000);
      job.finish();

      job.audit();

      removeAStateFile(folder);
      RetainedCheckpoints retained = SuiteJob.retained(job.settings());
      retained.reached(CrashPoint.BEFORE_DELETE, 0);
      assertThat(retained.findings()).as("a file is missing").isNotEmpty();
      assertThatThrownBy(job::audit).isInstanceOf(AssertionError.class);
    }
  }

  private static void removeAStateFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("checkpoints"))) {
      Files.delete(files.filter(file -> file.endsWith("state.weir")).findFirst().orElseThrow());
    }
  }

  @Tag("S07")
  @Test
  default void shouldFinishOnceMoreWhenStartedAfterItsEnd(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    InputPlan plan = InputPlan.ofTotal(2_400);
    Settings settings = Settings.none().with(Setting.PIPELINE, SuitePipeline.WINDOWS);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.load().start(plan.total());
      job.finish();
      job.look();

      job.run();

      job.audit();
    }
  }

  @Tag("N26")
  @Test
  default void shouldLoseAndDoubleNothingThoughUserCodeEndsTheProcess(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(3_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan)) {
      job.load().start(2_000);
      ChildJvm child = job.startChild(job.settings().with(Setting.EXITS, plan.total() / 2));

      assertThat(child.awaitExit(JobUnderTest.BOUND)).isEqualTo(SuitePipeline.EXIT);

      job.look();
      job.finish();
      job.audit();
    }
  }

  @Tag("S25")
  @Tag("N32")
  @Test
  default void shouldReadOnlyWhatTransactionsOfTheInputHaveCommitted(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(2_400);
    String input = topics.createFresh("transactional", plan.partitions());
    writeWithAbortedParts(topics, input, plan);
    String stops =
        topics.endOffsets(input).values().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    Settings settings = Settings.none().with(Setting.INPUT, input).with(Setting.STOPS, stops);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings)) {
      job.run();

      job.audit();
    }
  }

  @Tag("S21")
  @Test
  default void shouldKeepThePlaceInPartitionsWithoutRecords(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    InputPlan plan = InputPlan.ofTotal(2_400);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan)) {
      int written = writeOfPartitions(topics, job, plan, partition -> partition == 0);
      try (Job first = job.startHere()) {
        awaitOutput(topics, job, written);
        first.stop();
        first.await();
      }
      writeOfPartitions(topics, job, plan, partition -> partition > 0);

      job.run();

      job.audit();
    }
  }

  @Tag("S23")
  @Tag("N21")
  @Test
  default void shouldReadPartitionsThatAreAddedFromTheirBeginning(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    InputPlan plan = InputPlan.ofTotal(2_400);
    String input = topics.createFresh("growing", 2);
    Settings settings = Settings.none().with(Setting.INPUT, input).with(Setting.DISCOVERY, 100);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan, settings);
        Job endless = SuiteJob.start(job.settings().without(Setting.STOPS))) {
      int written = writeOfPartitions(topics, job, plan, partition -> partition < 2);
      awaitOutput(topics, job, written);
      topics.growTo(input, plan.partitions());
      Await.until(
          "the new partitions",
          JobUnderTest.BOUND,
          () -> topics.partitions(input) == plan.partitions());
      writeOfPartitions(topics, job, plan, partition -> partition >= 2);

      awaitOutput(topics, job, plan.total());
      endless.stop();
      endless.await();

      job.audit();
    }
  }

  private static void awaitOutput(TopicAdmin topics, JobUnderTest job, int records) {
    String output = job.settings().text(Setting.OUTPUT);
    Await.until(
        records + " records of output",
        JobUnderTest.BOUND,
        () -> topics.readCommitted(output).size() >= records);
  }

  /** Returns how many records that were. */
  private static int writeOfPartitions(
      TopicAdmin topics, JobUnderTest job, InputPlan plan, IntPredicate which) {
    String input = job.settings().text(Setting.INPUT);
    List<ProducerRecord<String, String>> records =
        IntStream.range(0, plan.total())
            .mapToObj(index -> plan.record(input, index))
            .filter(record -> which.test(record.partition()))
            .toList();
    topics.produce(records);
    return records.size();
  }

  /** After every third transaction one is aborted; the last one of all, too. */
  private static void writeWithAbortedParts(TopicAdmin topics, String input, InputPlan plan) {
    int batch = plan.total() / 24;
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(input)) {
      for (int from = 0; from < plan.total(); from += batch) {
        int first = from;
        producer.beginTransaction();
        IntStream.range(first, first + batch)
            .forEach(index -> producer.send(plan.record(input, index)));
        producer.commitTransaction();
        if (from / batch % 3 == 2) {
          producer.beginTransaction();
          IntStream.range(0, plan.partitions())
              .forEach(p -> producer.send(new ProducerRecord<>(input, p, "k" + p, "666")));
          producer.flush();
          producer.abortTransaction();
        }
      }
    }
    topics.awaitStable(input);
  }
}
