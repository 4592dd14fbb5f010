package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.error.JobFailedException;
import dev.weir.job.Job;
import dev.weir.job.JobListener;
import dev.weir.job.JobState;
import dev.weir.testing.audit.Place;
import dev.weir.testing.audit.TopicAuditor;
import dev.weir.testing.broker.ClassArchive;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.fault.ChildJvmBuilder;
import dev.weir.testing.suite.job.Result;
import dev.weir.testing.suite.job.RetainedCheckpoints;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import dev.weir.testing.suite.job.SuiteJobMain;
import dev.weir.testing.suite.job.SuitePipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One job with topics and a folder of its own and a load that flows, which a suite starts, here or
 * in other JVMs, hurts, brings to its end, and audits. Confined to the test's thread.
 */
final class JobUnderTest implements AutoCloseable {
  static final Duration BOUND = Duration.ofSeconds(90);

  private static final int OUTPUT_PARTITIONS = 3;
  private static final String[] QUICK_JVM = {
    "-Xmx256m", "-Xshare:auto", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"
  };

  private final TopicAdmin topics;
  private final InputPlan plan;
  private final Settings settings;
  private final InputLoad load;
  private final Path temporary;
  private final List<ChildJvm> children = new ArrayList<>();
  private Map<Place, String> seen = Map.of();

  private JobUnderTest(TopicAdmin topics, Path folder, InputPlan plan, Settings settings) {
    this.temporary = folder;
    this.topics = topics;
    this.plan = plan;
    this.settings = settings;
    this.load = new InputLoad(topics.bootstrapServers(), settings.text(Setting.INPUT), plan);
  }

  /** A job that counts records, on the heap, one task a stage; nothing is started. */
  static JobUnderTest create(TopicAdmin topics, Path folder, InputPlan plan) {
    return create(topics, folder, plan, Settings.none());
  }

  /** A job with other settings than the usual ones. */
  static JobUnderTest create(TopicAdmin topics, Path folder, InputPlan plan, Settings others) {
    String input = topics.createFresh("in", plan.partitions());
    Settings all =
        Settings.none()
            .with(Setting.SERVERS, topics.bootstrapServers())
            .with(Setting.NAME, "suite" + input.substring("in".length()))
            .with(Setting.PIPELINE, SuitePipeline.COUNTS)
            .with(Setting.INPUT, input)
            .with(Setting.OUTPUT, topics.createFresh("out", OUTPUT_PARTITIONS))
            .with(Setting.STOPS, plan.stops())
            .with(Setting.FOLDER, folder.resolve("checkpoints"))
            .with(Setting.PARALLELISM, 1)
            .with(Setting.BACKEND, "heap")
            .with(Setting.INTERVAL, 100)
            .with(Setting.TIMEOUT, 20_000)
            .with(Setting.RESTART_DELAY, 100);
    for (Map.Entry<Setting, String> other : others.all().entrySet()) {
      all = all.with(other.getKey(), other.getValue());
    }
    return new JobUnderTest(topics, folder, plan, all);
  }

  /** One that counts windows with two tasks, while two thirds of its input come. */
  static JobUnderTest ofWindows(
      TopicAdmin topics, Path folder, InputPlan plan, Settings others, int recordsPerSecond) {
    Settings settings =
        others.with(Setting.PIPELINE, SuitePipeline.WINDOWS).with(Setting.PARALLELISM, 2);
    JobUnderTest job = create(topics, folder, plan, settings);
    job.load().upTo(plan.total() * 2 / 3).start(recordsPerSecond);
    return job;
  }

  Settings settings() {
    return settings;
  }

  InputLoad load() {
    return load;
  }

  /** The ids of the job's transactions that are open at the broker. */
  List<String> openTransactions() {
    return topics.openTransactions().stream().filter(this::isOwnId).toList();
  }

  /** Whether a transactional id is one of the job's. */
  boolean isOwnId(String transactionalId) {
    return transactionalId.startsWith("weir-" + settings.text(Setting.NAME) + "-");
  }

  /** An instance in a JVM of its own; killed at the end of the test. */
  ChildJvm startChild(Settings with) {
    ChildJvmBuilder builder =
        ClassArchive.useIn(ChildJvm.of(SuiteJobMain.class)).options(QUICK_JVM);
    with.all().forEach((setting, value) -> builder.property(setting.key(), value));
    String level = "org.slf4j.simpleLogger.defaultLogLevel";
    builder.property(level, System.getProperty(level, "warn"));
    ChildJvm child = builder.property("java.io.tmpdir", temporary.toString()).start();
    children.add(child);
    return child;
  }

  /** An instance in this JVM; the caller closes it. */
  Job startHere() {
    return SuiteJob.start(settings);
  }

  /** The same, and this one is told. */
  Job startHere(JobListener listener) {
    return SuiteJob.start(settings, listener);
  }

  /** Waits until an instance in this JVM has completed so many checkpoints more. */
  static void awaitCheckpoints(Job job, int more) {
    long from = job.status().lastCheckpointId().orElse(-1);
    Await.until(
        "checkpoint " + (from + more),
        BOUND,
        () -> job.status().lastCheckpointId().orElse(-1) >= from + more || hasEnded(job));
    assertThat(hasEnded(job)).as("ended early: %s", job.status()).isFalse();
  }

  /** Writes the rest of the input and runs the job, here, to its end. */
  void finish() throws InterruptedException {
    load.finish();
    run();
  }

  /** Runs the job, here, to the end of the input that is there. */
  void run() throws InterruptedException {
    try (Job job = startHere()) {
      assertThat(job.await(BOUND)).as("ended in time: %s", job.status()).isTrue();
      assertThat(job.status().state()).isEqualTo(JobState.FINISHED);
    } catch (JobFailedException e) {
      throw new AssertionError("the job did not come to its end", e);
    }
  }

  /** Remembers what is visible now, and tells how much that is: it must stay. */
  int look() {
    seen = auditor().committed(settings.text(Setting.OUTPUT));
    return seen.size();
  }

  /**
   * Judges the whole output. Where it is not clean, the ledger and the other JVMs have their say.
   */
  void audit() {
    try {
      auditAll();
    } catch (AssertionError e) {
      tellStory(e);
      throw e;
    }
  }

  private void tellStory(AssertionError finding) {
    try {
      finding.addSuppressed(new AssertionError(story()));
    } catch (RuntimeException alsoFailed) {
      finding.addSuppressed(alsoFailed);
    }
  }

  private void auditAll() {
    String output = settings.text(Setting.OUTPUT);
    topics.awaitStable(output);
    TopicAuditor auditor = auditor();
    auditor.visibility(output, seen).finish().requireClean();
    if (settings.text(Setting.PIPELINE).startsWith(SuitePipeline.WINDOWS)) {
      auditor.windows(output, plan.windows(), Result::window).requireClean();
    } else {
      auditor.sequences(output, plan.sequences(), Result::counted).requireClean();
    }
    assertThat(LedgerAudit.findings(topics.bootstrapServers(), settings.text(Setting.NAME)))
        .as("findings in the ledger")
        .isEmpty();
    assertThat(openTransactions()).as("transactions left open").isEmpty();
    if (settings.optional(Setting.RESTORES).isPresent()) {
      auditRetained();
    }
  }

  private void auditRetained() {
    RetainedCheckpoints retained = SuiteJob.retained(settings);
    assertThat(retained.restoreAll()).as("checkpoints that can be restored").isPositive();
    assertThat(retained.findings()).as("retained checkpoints that are not whole").isEmpty();
  }

  private String story() {
    List<String> lines = new ArrayList<>();
    lines.add("seen before the last instance: " + seen.size() + " records; the ledger:");
    lines.addAll(LedgerAudit.lines(topics.bootstrapServers(), settings.text(Setting.NAME)));
    for (ChildJvm child : children) {
      lines.add("a JVM said:");
      lines.addAll(child.lines());
    }
    return String.join(System.lineSeparator(), lines);
  }

  @Override
  public void close() {
    children.forEach(ChildJvm::close);
    load.close();
  }

  private TopicAuditor auditor() {
    return new TopicAuditor(topics.bootstrapServers());
  }

  private static boolean hasEnded(Job job) {
    return job.status().state().isTerminal();
  }
}
