package dev.weir.sample.clickcount.job;

import dev.weir.Weir;
import dev.weir.error.JobFailedException;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.pipeline.Pipeline;
import dev.weir.sample.clickcount.ClickCountPipeline;
import dev.weir.sample.clickcount.JobSettings;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs the job until it ends, and tells how it goes. */
public final class ClickCountJob {
  private static final long LOOK_EVERY_MILLIS = 10;
  private static final Duration STOP_BOUND = Duration.ofSeconds(20);
  private static final Duration REPORT_BOUND = Duration.ofSeconds(2);

  private ClickCountJob() {}

  /**
   * Starts the job and waits for its end. When the process is asked to end, the job stops with a
   * final checkpoint.
   *
   * @param settings what the job is connected to
   * @param config how it runs; its registry is replaced
   * @param out where the job's states and meters are printed
   * @param metersEvery how often meters are printed; empty: never
   * @throws dev.weir.error.WeirException if the job cannot start or has failed
   * @throws InterruptedException if the caller is interrupted; the job is cancelled
   */
  public static void run(
      JobSettings settings,
      JobConfig.Builder config,
      PrintWriter out,
      Optional<Duration> metersEvery)
      throws InterruptedException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Pipeline pipeline = ClickCountPipeline.of(settings);
    try (Job job = Weir.start(pipeline, config.meters(registry).build())) {
      CountDownLatch reported = new CountDownLatch(1);
      Thread hook = new Thread(() -> stop(job, STOP_BOUND, reported), "clickcount-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      MeterReader meters = new MeterReader(registry, ClickCountPipeline.SOURCE, Clock.system());
      try {
        awaitAndReport(job, new JobReporter(job, meters, out), metersEvery);
      } finally {
        reported.countDown();
      }
    }
  }

  private static void awaitAndReport(Job job, JobReporter reporter, Optional<Duration> metersEvery)
      throws InterruptedException {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "job-reporter"));
    ScheduledFuture<?> looking =
        thread.scheduleAtFixedRate(reporter::state, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    Optional<ScheduledFuture<?>> metering =
        metersEvery.map(
            every ->
                thread.scheduleAtFixedRate(
                    reporter::meters, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
    try {
      job.await();
    } finally {
      looking.cancel(false);
      metering.ifPresent(future -> future.cancel(false));
      thread.execute(reporter::state); // The last state has come since the last look.
      thread.shutdown();
      thread.awaitTermination(REPORT_BOUND.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The JVM halts when this returns, so it waits for the last line as well. */
  static void stop(Job job, Duration bound, CountDownLatch reported) {
    try {
      job.stop();
      if (!job.await(bound)) {
        job.cancel();
      }
      reported.await(REPORT_BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (JobFailedException e) {
      // The main thread waits for the same end, and reports it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.cancel();
    }
  }
}
