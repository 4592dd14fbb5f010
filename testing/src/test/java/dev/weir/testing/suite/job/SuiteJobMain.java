package dev.weir.testing.suite.job;

import dev.weir.error.FencedException;
import dev.weir.error.JobFailedException;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.Savepoint;
import dev.weir.job.StopMode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the suites' job in a JVM of its own and prints what becomes of it, a line each: {@code
 * RUNNING attempt 3}, {@code COMPLETED 17}, {@code ENDED FINISHED}, {@code ENDED FENCED why},
 * {@code ENDED FAILED why}. With rounds, the job is started anew for each, when the file {@code
 * start-1} and so on appears, and cancelled when {@code cancel-1} does.
 */
public final class SuiteJobMain {
  /** The exit code after the end of the input or a cancellation. */
  public static final int FINISHED = 0;

  /** The exit code of an instance that was fenced. */
  public static final int FENCED = 3;

  /** The exit code after any other failure. */
  public static final int FAILED = 4;

  private static final Duration GLANCE = Duration.ofMillis(5);

  /** So that there is output before what is asked for. */
  private static final long CHECKPOINTS_BEFORE = 2;

  private final Settings settings;
  private final Striker striker;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private boolean hasAsked;
  private JobState lastState = JobState.CREATED;
  private OptionalLong lastCompleted = OptionalLong.empty();

  private SuiteJobMain(Settings settings) {
    this.settings = settings;
    this.striker = new Striker(settings);
  }

  public static void main(String[] args) throws Exception {
    Settings settings = Settings.ofThisJvm();
    int rounds = settings.optional(Setting.ROUNDS).map(Integer::parseInt).orElse(0);
    System.out.println("STARTED");
    if (rounds == 0) {
      System.exit(new SuiteJobMain(settings).run(Optional.empty()));
    }
    Path signals = Path.of(settings.text(Setting.SIGNALS));
    for (int round = 1; round <= rounds; round++) {
      while (!Files.exists(signals.resolve("start-" + round))) {
        LockSupport.parkNanos(GLANCE.toNanos() / 10);
      }
      System.out.println("ROUND " + round);
      new SuiteJobMain(settings).run(Optional.of(signals.resolve("cancel-" + round)));
    }
    System.exit(FINISHED);
  }

  private int run(Optional<Path> cancel) throws InterruptedException {
    Rescales rescales = new Rescales(settings);
    try (Job job = SuiteJob.start(settings, striker, meters)) {
      stopsWhenAsked(job);
      while (!job.await(GLANCE)) {
        tell(job.status());
        rescales.look(job);
        ask(job);
        if (cancel.isPresent() && Files.exists(cancel.get())) {
          job.cancel();
        }
      }
      tell(job.status());
      System.out.println("ENDED " + job.status().state());
      return FINISHED;
    } catch (JobFailedException e) {
      Optional<FencedException> fenced = SuiteJob.fencing(e);
      System.out.println(
          fenced.isPresent()
              ? "ENDED FENCED " + fenced.get().getMessage()
              : "ENDED FAILED " + e.getMessage());
      return fenced.isPresent() ? FENCED : FAILED;
    }
  }

  private void ask(Job job) {
    Optional<String> what = settings.optional(Setting.ASK);
    if (hasAsked || what.isEmpty() || !isTimeToAsk(job)) {
      return;
    }
    hasAsked = true;
    striker.arm();
    System.out.println("ASKED " + what.get());
    switch (what.get()) {
      case "stop" -> job.stop();
      case "drain" -> job.stop(StopMode.DRAIN);
      case "savepoint" -> told(job.savepoint(target()));
      case "stop-with-savepoint" -> told(job.stopWithSavepoint(target()));
      default -> throw new IllegalStateException("unknown " + Setting.ASK);
    }
  }

  /** A job that has taken all there is, is idle, and completes no more. */
  private boolean isTimeToAsk(Job job) {
    long completed = job.status().lastCheckpointId().orElse(-1);
    return settings
        .optional(Setting.TAKEN)
        .map(Integer::parseInt)
        .map(records -> completed >= 0 && taken() >= records)
        .orElse(completed >= CHECKPOINTS_BEFORE);
  }

  private double taken() {
    return meters.find("weir.records.in").functionCounters().stream()
        .filter(counter -> String.valueOf(counter.getId().getTag("stage")).startsWith("count"))
        .mapToDouble(FunctionCounter::count)
        .sum();
  }

  private URI target() {
    return URI.create(settings.text(Setting.TARGET));
  }

  private static void told(CompletionStage<Savepoint> answer) {
    answer.whenComplete(
        (savepoint, failure) ->
            System.out.println(
                failure == null ? "SAVED " + savepoint.checkpointId() : "NOT SAVED " + failure));
  }

  /** As an application does it: a signal that ends the process stops the job first. */
  private void stopsWhenAsked(Job job) {
    if (settings.optional(Setting.SIGNALLED).isPresent()) {
      Thread hook =
          new Thread(
              () -> {
                job.stop();
                while (!job.status().state().isTerminal()) {
                  LockSupport.parkNanos(GLANCE.toNanos());
                }
                System.out.println("ENDED " + job.status().state());
                System.out.flush();
              },
              "stop");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  private void tell(JobStatus status) {
    if (status.state() != lastState) {
      lastState = status.state();
      System.out.println(lastState + " attempt " + status.attempt());
    }
    if (!status.lastCheckpointId().equals(lastCompleted)) {
      lastCompleted = status.lastCheckpointId();
      System.out.println("COMPLETED " + lastCompleted.getAsLong());
    }
  }
}
