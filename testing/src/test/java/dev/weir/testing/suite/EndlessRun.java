package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.job.StopMode;
import dev.weir.job.stored.StateRow;
import dev.weir.testing.fault.Await;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A job whose input never ends, which is drained when it has read all there is: its savepoints tell
 * how far it has come. Confined to the test's thread.
 */
final class EndlessRun {
  private final Job job;
  private final Path probes;
  private int count;

  private EndlessRun(Job job, Path probes) {
    this.job = job;
    this.probes = probes;
  }

  /**
   * Runs it here to its end.
   *
   * @param ends what it must have read up to, by partition
   * @param probes a folder for savepoints
   */
  static void drain(Settings settings, Map<Integer, Long> ends, Path probes)
      throws InterruptedException {
    try (Job job = SuiteJob.start(settings)) {
      Await.until("the job runs", JobUnderTest.BOUND, () -> isRunning(job));
      EndlessRun run = new EndlessRun(job, probes);
      Await.until("all of " + ends + " is read", JobUnderTest.BOUND, () -> run.hasRead(ends));
      job.stop(StopMode.DRAIN);
      assertThat(job.await(JobUnderTest.BOUND)).as("ended: %s", job.status()).isTrue();
      assertThat(job.status().state()).isEqualTo(JobState.FINISHED);
    }
  }

  private static boolean isRunning(Job job) {
    assertThat(job.status().state().isTerminal()).as("ended early: %s", job.status()).isFalse();
    return job.status().state() == JobState.RUNNING;
  }

  private boolean hasRead(Map<Integer, Long> ends) {
    Map<Integer, Long> read = positions(probe());
    return ends.entrySet().stream()
        .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private URI probe() {
    URI place = probes.resolve("probe-" + count++).toUri();
    try {
      return job.savepoint(place)
          .toCompletableFuture()
          .get(JobUnderTest.BOUND.toSeconds(), TimeUnit.SECONDS)
          .location();
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no savepoint of " + job.status(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Where the sources of a savepoint's job read on, by partition. */
  static Map<Integer, Long> positions(URI savepoint) {
    Map<Integer, Long> positions = new TreeMap<>();
    Weir.readState(
        savepoint,
        row -> {
          if (row.table().equals("splits")) {
            addPosition(row, positions);
          }
        });
    return positions;
  }

  /** As a Kafka source writes a split: version, topic, partition, topic id, offset. */
  private static void addPosition(StateRow row, Map<Integer, Long> positions) {
    byte[] position = (byte[]) ((Map<?, ?>) row.value()).get("position");
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(position))) {
      in.readByte();
      in.readUTF();
      int partition = in.readInt();
      in.readLong();
      in.readLong();
      positions.put(partition, in.readLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
