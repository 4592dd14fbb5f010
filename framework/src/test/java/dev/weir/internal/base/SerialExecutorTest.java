package dev.weir.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final SerialExecutor serial = new SerialExecutor(threads::add);
  private final List<String> done = new ArrayList<>();

  @Test
  void shouldRunOneAfterTheOtherInOrder() {
    serial.execute(() -> done.add("a"));
    serial.execute(() -> done.add("b"));
    assertThat(threads).as("only one at a time").hasSize(1);

    runThreads();

    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void shouldGoOnAfterAFailure() {
    serial.execute(
        () -> {
          throw new IllegalStateException("planted");
        });
    serial.execute(() -> done.add("b"));

    try {
      threads.remove().run();
    } catch (IllegalStateException expected) {
      done.add(expected.getMessage());
    }
    runThreads();

    assertThat(done).containsExactly("planted", "b");
  }

  @Test
  void shouldLeaveWhatIsWaitingWhenTheThreadsAreShutDown() {
    AtomicBoolean isShutDown = new AtomicBoolean();
    SerialExecutor ending =
        new SerialExecutor(
            work -> {
              if (isShutDown.get()) {
                throw new RejectedExecutionException("shut down");
              }
              threads.add(work);
            });
    ending.execute(() -> done.add("a"));
    ending.execute(() -> done.add("b"));
    isShutDown.set(true);

    runThreads();
    ending.execute(() -> done.add("c"));

    assertThat(done).containsExactly("a");
  }

  private void runThreads() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }
}
