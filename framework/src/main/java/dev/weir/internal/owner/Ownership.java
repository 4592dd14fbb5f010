package dev.weir.internal.owner;

import dev.weir.connector.OwnerBeacon;
import dev.weir.error.FailureKind;
import dev.weir.internal.base.SerialExecutor;
import dev.weir.job.JobState;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance's part in who runs a job: it looks whether the job is free, shows that it lives
 * while it runs it, and that it is gone in the end. Its methods are for the job's thread and do not
 * block; looks and signs run on I/O threads, one after the other.
 */
public final class Ownership {
  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
  private static final AtomicLong INSTANCES = new AtomicLong();
  private static final long LONGEST_LOOK_PAUSE_MILLIS = 500;
  private static final long LONGEST_SIGN_PAUSE_MILLIS = 1_000;
  private static final int SIGNS_PER_DETECTION = 5;

  private final String job;
  private final Supplier<Optional<OwnerBeacon>> beacons;
  private final Clock clock;
  private final Executor io;
  private final Executor mailbox;
  private final Listener listener;
  private final long detectionMillis;
  private final String instance = ProcessName.own() + "#" + INSTANCES.incrementAndGet();

  // On the job's thread.
  private long dueMillis;
  private boolean isBusy;
  private boolean isReleased;
  private boolean isChallenged;

  // One I/O thread at a time; the job's thread reads the volatile ones.
  private Optional<OwnerBeacon> beacon;
  private OwnerWatch watch;
  private long beat;
  private boolean isFailing;
  private volatile long leastPauseMillis;
  private volatile long acquiredMillis;
  private volatile boolean isOwner;

  /**
   * An instance that does not own the job.
   *
   * @param detection how long an owner may be silent; zero: the job is always free
   * @param beacons makes the beacon, when it is needed; empty: the job is always free
   */
  public Ownership(
      String job,
      Duration detection,
      Supplier<Optional<OwnerBeacon>> beacons,
      Room room,
      Listener listener) {
    this.job = job;
    this.detectionMillis = detection.toMillis();
    this.beacons = detection.isZero() ? Optional::empty : beacons;
    this.clock = room.clock();
    this.io = new SerialExecutor(room.io());
    this.mailbox = room.mailbox();
    this.listener = listener;
  }

  /** Where its work is done. */
  public record Room(Clock clock, Executor io, Executor mailbox) {}

  /** Told on the job's thread. */
  public interface Listener {
    /** The job is free, or this instance's already, and now shown to be this one's. */
    void onFree();

    /** Another instance runs the job. */
    void onOwned();

    /** It could not be found out who runs the job. */
    void onLookFailed(Throwable cause);

    /** Another instance has shown itself while this one gives signs of life. */
    void onChallenge();
  }

  /** Looks whether the job is free; if it is, shows at once that this instance has it now. */
  public void acquire() {
    isBusy = true;
    isChallenged &= isOwner;
    io.execute(
        () -> {
          try {
            boolean isFree = look();
            answer(isFree ? listener::onFree : listener::onOwned);
          } catch (Throwable cause) {
            answer(() -> listener.onLookFailed(cause));
          }
        });
  }

  /** Does what is due: gives a sign of life, or looks for those of the owner. */
  public boolean step(JobState state) {
    boolean isStandby = state == JobState.STANDBY;
    boolean isAtWork = isOwner && !state.isTerminal();
    if (isBusy || !(isStandby || isAtWork) || clock.monotonicMillis() < dueMillis) {
      return false;
    }
    if (isStandby) {
      acquire();
    } else {
      isBusy = true;
      io.execute(() -> answer(beat() ? this::challenged : () -> {}));
    }
    return true;
  }

  private void challenged() {
    isChallenged = true;
    listener.onChallenge();
  }

  /** How long until {@link #step} has something to do. */
  public long restMillis() {
    return isBusy ? Long.MAX_VALUE : Math.max(0, dueMillis - clock.monotonicMillis());
  }

  /**
   * Whether an attempt has failed so soon, fenced or in the face of another instance, that two must
   * have found the job free at the same time: then the slower one owned nothing, and stands by. As
   * long as the other one has not claimed the transactions that it has fenced, being fenced looks
   * like any failure of a transaction; who began anew then would fence the other one in turn.
   */
  public boolean hasLostRace(Throwable cause) {
    boolean isSoon = clock.monotonicMillis() - acquiredMillis < patienceMillis();
    boolean isFenced = FailureKind.of(cause) == FailureKind.FENCED;
    boolean hasLost = isOwner && isSoon && (isFenced || isChallenged);
    if (isFenced || hasLost) {
      lost();
    }
    return hasLost;
  }

  /** An attempt has failed; if it was fenced, this instance is not the one that runs the job. */
  public void failed(Throwable cause) {
    if (FailureKind.of(cause) == FailureKind.FENCED) {
      lost();
    }
  }

  private void lost() {
    isOwner = false;
    io.execute(
        () -> {
          close();
          watch = newWatch(); // The sign that is there may be this instance's own.
          watch.sawNothing();
        });
  }

  /**
   * Shows that this instance is gone, if it owns the job, and lets go; the listener hears nothing
   * any more. Then runs, whatever was.
   */
  public void release(Runnable then) {
    isReleased = true;
    io.execute(
        () -> {
          try {
            farewell();
          } finally {
            then.run();
          }
        });
  }

  private OwnerWatch newWatch() {
    return new OwnerWatch(patienceMillis(), ProcessName::isDead);
  }

  /** How long an owner may be silent. */
  private long patienceMillis() {
    return Math.max(detectionMillis, SIGNS_PER_DETECTION * leastPauseMillis);
  }

  private long pauseMillis() {
    long longest = isOwner ? LONGEST_SIGN_PAUSE_MILLIS : LONGEST_LOOK_PAUSE_MILLIS;
    return Math.max(leastPauseMillis, Math.min(longest, detectionMillis / SIGNS_PER_DETECTION));
  }

  private void answer(Runnable event) {
    mailbox.execute(
        () -> {
          isBusy = false;
          dueMillis = clock.monotonicMillis() + pauseMillis();
          if (!isReleased) {
            event.run();
          }
        });
  }

  private boolean look() {
    open();
    if (beacon.isEmpty()) {
      return true;
    }
    Optional<String> shown;
    try {
      shown = beacon.get().read();
      isFailing = false;
    } catch (RuntimeException e) {
      watch.sawNothing();
      warnOnce("it cannot be seen who runs it", e);
      throw e;
    }
    boolean isFree =
        (isOwner && isMine(shown)) || watch.waitMillis(shown, clock.monotonicMillis()) == 0;
    if (isFree) {
      shown.ifPresent(sign -> LOG.debug("Job {} is free: {}", job, sign));
      show(false);
    }
    acquiredMillis = isFree && !isOwner ? clock.monotonicMillis() : acquiredMillis;
    isOwner = isFree;
    return isFree;
  }

  /** Returns whether another instance has shown itself since the last time. */
  private boolean beat() {
    if (!isOwner || beacon == null || beacon.isEmpty()) {
      return false;
    }
    try {
      Optional<String> shown = beacon.get().read();
      show(false);
      isFailing = false;
      boolean isChallenged = shown.isPresent() && !isMine(shown);
      if (isChallenged) {
        LOG.warn("Job {}: another instance has shown itself: {}", job, shown.get());
      }
      return isChallenged;
    } catch (RuntimeException e) {
      warnOnce("no sign of life can be given, a standby may take over", e);
      return false;
    }
  }

  private void warnOnce(String what, RuntimeException e) {
    if (!isFailing) {
      LOG.warn("Job {}: {}. {}", job, what, e.getMessage());
    }
    isFailing = true;
  }

  private void farewell() {
    try {
      if (isOwner && !isFailing && beacon.isPresent() && isMine(beacon.get().read())) {
        show(true);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "Job {}: it is not shown that this instance is gone; a standby takes over after {} ms. {}",
          job,
          patienceMillis(),
          e.getMessage());
    }
    isOwner = false;
    close();
  }

  private boolean isMine(Optional<String> shown) {
    return shown
        .flatMap(Sign::parse)
        .filter(sign -> sign.instance().equals(instance) && !sign.isGone())
        .isPresent();
  }

  private void show(boolean isGone) {
    beacon.orElseThrow().show(new Sign(isGone, patienceMillis(), ++beat, instance).format());
  }

  private void open() {
    if (beacon == null) {
      beacon = beacons.get();
      leastPauseMillis = beacon.map(each -> each.pause().toMillis()).orElse(0L);
    }
    if (watch == null) {
      watch = newWatch();
    }
  }

  private void close() {
    if (beacon != null) {
      beacon.ifPresent(OwnerBeacon::close);
    }
    beacon = null;
  }
}
