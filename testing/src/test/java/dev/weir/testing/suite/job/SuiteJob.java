package dev.weir.testing.suite.job;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.error.FencedException;
import dev.weir.error.JobFailedException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.job.JobHandle;
import dev.weir.internal.job.Ports;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobListener;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.LogicalGraph;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Starts the suites' job. Thread-safe. */
public final class SuiteJob {
  private static final int MANY = 1_000;

  private SuiteJob() {}

  /** A job in this JVM; it is struck if the settings say so. */
  public static Job start(Settings settings) {
    return start(settings, new Striker(settings), new JobListener() {});
  }

  /** The same, and this one is told. */
  public static Job start(Settings settings, JobListener listener) {
    return start(settings, new Striker(settings), listener);
  }

  /** A job that is measured. */
  static Job start(Settings settings, Striker striker, MeterRegistry meters) {
    return start(settings, striker, config(settings).meters(meters));
  }

  private static Job start(Settings settings, Striker striker, JobListener listener) {
    return start(settings, striker, config(settings).listener(listener));
  }

  private static Job start(Settings settings, Striker striker, JobConfig.Builder config) {
    return JobHandle.start(
        graph(settings, striker), config.build(), Ports.system().with(hook(settings, striker)));
  }

  /** A job in this JVM, through these clients; nothing strikes it. */
  public static Job start(Settings settings, KafkaClients clients) {
    return JobHandle.start(
        SuitePipeline.of(settings, clients).graph(), config(settings).build(), Ports.system());
  }

  private static LogicalGraph graph(Settings settings, Striker striker) {
    long seed = settings.optional(Setting.SEED).map(Long::parseLong).orElse(1L);
    return SuitePipeline.of(settings, new WatchedClients(striker, seed)).graph();
  }

  private static CrashPoint.Hook hook(Settings settings, Striker striker) {
    if (settings.optional(Setting.RESTORES).isEmpty()) {
      return striker;
    }
    RetainedCheckpoints retained = retained(settings);
    return (point, id) -> {
      retained.reached(point, id);
      striker.reached(point, id);
    };
  }

  /** The checkpoints that the job has left. */
  public static RetainedCheckpoints retained(Settings settings) {
    return new RetainedCheckpoints(
        Path.of(settings.text(Setting.FOLDER)), graph(settings, new Striker(settings)));
  }

  /** Why a job has ended, if another instance has fenced it. */
  public static Optional<FencedException> fencing(JobFailedException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof FencedException fenced) {
        return Optional.of(fenced);
      }
    }
    return Optional.empty();
  }

  private static JobConfig.Builder config(Settings settings) {
    String backend = settings.text(Setting.BACKEND).toUpperCase(Locale.ROOT);
    JobConfig.Builder config =
        JobConfig.builder()
            .parallelism(settings.number(Setting.PARALLELISM))
            .stateBackend(StateBackend.valueOf(backend))
            .checkpointStorage(Path.of(settings.text(Setting.FOLDER)))
            .localDirectory(Path.of(settings.text(Setting.FOLDER)).resolveSibling("local"))
            .checkpointInterval(Duration.ofMillis(settings.number(Setting.INTERVAL)))
            .checkpointTimeout(Duration.ofMillis(settings.number(Setting.TIMEOUT)))
            .standbyDetection(
                settings
                    .optional(Setting.DETECTION)
                    .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                    .orElse(Duration.ZERO))
            .restartStrategy(
                settings
                    .optional(Setting.RESTART_DELAY)
                    .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                    .map(delay -> RestartStrategy.fixedDelay(delay, MANY))
                    .orElseGet(RestartStrategy::none));
    settings
        .optional(Setting.ALLOW_DROPPED)
        .ifPresent(stages -> config.allowDropped(stages.split(",", -1)));
    settings.optional(Setting.RESTORE_FROM).map(URI::create).ifPresent(config::restoreFrom);
    return config;
  }
}
