package dev.weir.internal.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.time.Clock;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final Queue<Runnable> queued = new ArrayDeque<>();

  @Test
  void shouldWaitUntilAllThatWasBegunHasEnded() throws Exception {
    InFlight inFlight = new InFlight(queued::add, Clock.system());
    CountDownLatch waiting = new CountDownLatch(1);
    inFlight.execute(() -> {});
    inFlight.execute(() -> {});

    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(
            () -> {
              waiting.countDown();
              awaitNone(inFlight);
            });
    waiting.await();
    queued.remove().run();
    boolean endedEarly = ended.isDone();
    queued.remove().run();

    assertThat(endedEarly).isFalse();
    assertThat(ended).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldNotWaitForWorkThatFailedOrWasRefused() throws Exception {
    InFlight failing = new InFlight(Runnable::run, Clock.system());
    InFlight refusing =
        new InFlight(
            work -> {
              throw new RejectedExecutionException("planted");
            },
            Clock.system());

    assertThatThrownBy(() -> failing.execute(() -> Checks.state(false, "planted")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> refusing.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);

    failing.awaitNone();
    refusing.awaitNone();
  }

  private static void awaitNone(InFlight inFlight) {
    try {
      inFlight.awaitNone();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
