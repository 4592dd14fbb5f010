package dev.weir.internal.owner;

import dev.weir.internal.base.SerialExecutor;
import dev.weir.internal.snapshot.warm.WarmUp;
import dev.weir.job.JobState;
import dev.weir.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a standby fetch what a take-over will need, turn by turn, and clears that away once the job
 * runs here. Whatever fails is told and tried again; the standby stands by. Its methods are for the
 * job's thread and do not block; turns run on I/O threads, one after the other.
 */
public final class Warmth {
  private static final Logger LOG = LoggerFactory.getLogger(Warmth.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final String job;
  private final Optional<WarmUp> files;
  private final long pauseMillis;
  private final Clock clock;
  private final Executor io;
  private final Executor mailbox;
  private final LongConsumer warmed;
  private final Runnable failed;
  private boolean isStandby;
  private boolean isBusy;
  private boolean isCleared;
  private boolean isFailing;
  private long dueMillis;

  /**
   * Has fetched nothing yet.
   *
   * @param files empty: there is nowhere to keep any
   * @param pause from one turn to the next, such as the time between checkpoints; held between a
   *     second and ten
   * @param warmed told on the job's thread how many bytes a turn has fetched
   * @param failed told on the job's thread that a turn has failed
   */
  public Warmth(
      String job,
      Optional<WarmUp> files,
      Duration pause,
      Ownership.Room room,
      LongConsumer warmed,
      Runnable failed) {
    this.job = job;
    this.files = files;
    this.pauseMillis = between(SHORTEST_PAUSE, pause, LONGEST_PAUSE).toMillis();
    this.clock = room.clock();
    this.io = new SerialExecutor(room.io());
    this.mailbox = room.mailbox();
    this.warmed = warmed;
    this.failed = failed;
    this.dueMillis = clock.monotonicMillis();
  }

  private static Duration between(Duration least, Duration value, Duration most) {
    Duration atLeast = value.compareTo(least) < 0 ? least : value;
    return atLeast.compareTo(most) > 0 ? most : atLeast;
  }

  /** Does what is due. */
  public boolean step(JobState state) {
    isStandby = state == JobState.STANDBY;
    if (!isStandby) {
      stop();
    }
    if (files.isEmpty() || isBusy) {
      return false;
    }
    if (isStandby && clock.monotonicMillis() >= dueMillis) {
      isCleared = false;
      isBusy = true;
      files.get().prepare();
      io.execute(this::turn);
      return true;
    }
    if (state == JobState.RUNNING && !isCleared) {
      isCleared = true;
      isBusy = true;
      io.execute(this::clear);
      return true;
    }
    return false;
  }

  /** How long until {@link #step} has something to do. */
  public long restMillis() {
    return isStandby && !isBusy && files.isPresent()
        ? Math.max(0, dueMillis - clock.monotonicMillis())
        : Long.MAX_VALUE;
  }

  /** Ends what is under way soon. */
  public void stop() {
    files.ifPresent(WarmUp::stop);
  }

  private void turn() {
    try {
      long bytes = files.orElseThrow().turn();
      isFailing = false;
      answer(() -> warmed.accept(bytes));
    } catch (IOException | RuntimeException e) {
      if (!isFailing) {
        LOG.warn("Job {}: the standby cannot keep files warm now, it goes on trying", job, e);
      }
      isFailing = true;
      answer(failed);
    }
  }

  private void clear() {
    try {
      files.orElseThrow().clear();
    } catch (IOException e) {
      LOG.warn("Job {}: files that were kept warm are left and take up room", job, e);
    }
    answer(() -> {});
  }

  private void answer(Runnable event) {
    mailbox.execute(
        () -> {
          isBusy = false;
          dueMillis = clock.monotonicMillis() + pauseMillis;
          event.run();
        });
  }
}
