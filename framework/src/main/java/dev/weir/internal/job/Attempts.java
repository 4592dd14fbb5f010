package dev.weir.internal.job;

import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's attempts, one at a time: starts and closes them on I/O threads and answers by mail. From
 * when one is closed, nothing it says is heard. Confined to the job's thread.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final JobScope scope;
  private Optional<AttemptEvents> heard = Optional.empty();
  private Optional<Attempt> running = Optional.empty();
  private Optional<Tenure> newest = Optional.empty();
  private long beganMillis;

  Attempts(JobScope scope) {
    this.scope = scope;
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

  /** Since the newest one began, however long it ran. */
  long millisSinceBegin() {
    return scope.ports().clock().monotonicMillis() - beganMillis;
  }

  /** Brings up the next one, and tells how that went. */
  void launch(AttemptEvents events, Consumer<Attempt> whenUp, Consumer<Throwable> whenFailed) {
    heard = Optional.of(events);
    AttemptStarter starter =
        new AttemptStarter(scope.job(), scope.ports(), scope.io(), events, scope.queries());
    scope
        .io()
        .execute(
            () -> {
              try {
                Attempt started = starter.start();
                scope.thread().execute(() -> launched(started, whenUp));
              } catch (Throwable cause) {
                scope.thread().execute(() -> failed(starter, cause, whenFailed));
              }
            });
  }

  private void launched(Attempt started, Consumer<Attempt> whenUp) {
    running = Optional.of(started);
    newest = Optional.of(started.tenure());
    whenUp.accept(started);
  }

  private void failed(AttemptStarter starter, Throwable cause, Consumer<Throwable> whenFailed) {
    newest = starter.tenure().or(() -> newest);
    whenFailed.accept(cause);
  }

  /** Lets the one that is up begin to work. */
  void begin() {
    beganMillis = scope.ports().clock().monotonicMillis();
    current().begin();
  }

  /** Stops the one that runs, if there is one. */
  void close(Runnable then) {
    Optional<Attempt> old = forget();
    if (old.isEmpty()) {
      then.run();
      return;
    }
    scope
        .io()
        .execute(
            () -> {
              close(old.get());
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
