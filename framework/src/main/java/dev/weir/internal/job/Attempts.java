package dev.weir.internal.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's attempts, one at a time: starts and closes them on I/O threads and answers by mail. From
 * when one is closed, nothing it says is heard; one that is given up while it is being started is
 * closed when it is up. Confined to the job's thread.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final JobScope scope;
  private Optional<AttemptEvents> heard = Optional.empty();
  private Optional<Attempt> running = Optional.empty();
  private Optional<Tenure> newest = Optional.empty();
  private JobDefinition job;
  private OptionalLong beganMillis = OptionalLong.empty();
  private boolean isStarting;
  private Runnable whenGivenUp = () -> {};

  Attempts(JobScope scope) {
    this.scope = scope;
    this.job = scope.job();
  }

  /** As it runs, or will. */
  JobDefinition job() {
    return job;
  }

  /** From now on the job runs as this, in the attempts to come, too. */
  void runsAs(JobDefinition other) {
    job = other;
  }

  boolean isCurrent(AttemptEvents events) {
    return heard.filter(current -> current == events).isPresent();
  }

  /** The one that runs, or is about to. */
  Optional<Attempt> running() {
    return running;
  }

  /** The same, where there must be one. */
  Attempt current() {
    return running.orElseThrow();
  }

  /** The newest take-over by this instance, whatever became of it. */
  Optional<Tenure> newest() {
    return newest;
  }

  /** Since the newest one began to work; none where it did not come up. */
  Duration sinceBegin() {
    long now = scope.ports().clock().monotonicMillis();
    return Duration.ofMillis(now - beganMillis.orElse(now));
  }

  /** Brings up the next one, and tells how that went. */
  void launch(AttemptEvents events, Consumer<Attempt> whenUp, Consumer<Throwable> whenFailed) {
    heard = Optional.of(events);
    isStarting = true;
    beganMillis = OptionalLong.empty();
    AttemptStarter starter =
        new AttemptStarter(job, scope.ports(), scope.io(), events, scope.queries());
    scope
        .io()
        .execute(
            () -> {
              try {
                Attempt started = starter.start();
                scope.thread().execute(() -> launched(started, events, whenUp));
              } catch (Throwable cause) {
                scope.thread().execute(() -> failed(starter, cause, events, whenFailed));
              }
            });
  }

  private void launched(Attempt started, AttemptEvents events, Consumer<Attempt> whenUp) {
    isStarting = false;
    newest = Optional.of(started.tenure());
    if (isCurrent(events)) {
      running = Optional.of(started);
      whenUp.accept(started);
    } else {
      close(started, whenGivenUp);
    }
  }

  private void failed(
      AttemptStarter starter,
      Throwable cause,
      AttemptEvents events,
      Consumer<Throwable> whenFailed) {
    isStarting = false;
    newest = starter.tenure().or(() -> newest);
    if (isCurrent(events)) {
      whenFailed.accept(cause);
    } else {
      LOG.info("Job {}: the attempt that was given up did not come up", scope.name(), cause);
      whenGivenUp.run();
    }
  }

  /** Lets the one that is up begin to work. */
  void begin() {
    beganMillis = OptionalLong.of(scope.ports().clock().monotonicMillis());
    current().begin();
  }

  /** Stops the one that runs, or is being started, if there is one. */
  void close(Runnable then) {
    Optional<Attempt> old = forget();
    if (old.isPresent()) {
      close(old.get(), then);
    } else if (isStarting) {
      whenGivenUp = then;
    } else {
      then.run();
    }
  }

  private void close(Attempt old, Runnable then) {
    scope
        .io()
        .execute(
            () -> {
              close(old);
              scope.thread().execute(then);
            });
  }

  private void close(Attempt old) {
    try {
      old.close();
    } catch (Throwable cause) {
      LOG.warn("Job {}: closing attempt {} failed", scope.name(), old.tenure().attempt(), cause);
    }
  }

  /** Hears nothing of the one that runs any more; whoever calls this closes it. */
  Optional<Attempt> forget() {
    Optional<Attempt> old = running;
    heard = Optional.empty();
    running = Optional.empty();
    return old;
  }

  /** Stops the one that runs, if there is one, and finds out what is behind its failure. */
  void closeFailed(Throwable cause, Consumer<Throwable> then) {
    Optional<Tenure> failed = running.map(Attempt::tenure);
    close(() -> lookForReason(failed, cause, then));
  }

  private void lookForReason(Optional<Tenure> failed, Throwable cause, Consumer<Throwable> then) {
    if (failed.isEmpty()) {
      then.accept(cause);
      return;
    }
    scope
        .io()
        .execute(
            () -> {
              Throwable reason = failed.get().reasonOf(cause);
              scope.thread().execute(() -> then.accept(reason));
            });
  }
}
