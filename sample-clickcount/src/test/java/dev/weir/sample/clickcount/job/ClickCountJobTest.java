package dev.weir.sample.clickcount.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of the job when the process is asked to end. */
class ClickCountJobTest {
  private static final Duration BOUND = Duration.ofSeconds(5);
  private final List<String> asked = new ArrayList<>();

  @Test
  void shouldStopTheJobAndWaitForItsFinalCheckpoint() {
    ClickCountJob.stop(job(true), BOUND, new CountDownLatch(0));

    assertThat(asked).containsExactly("stop", "await PT5S");
  }

  @Test
  void shouldCancelTheJobWhenItsFinalCheckpointTakesTooLong() {
    ClickCountJob.stop(job(false), BOUND, new CountDownLatch(0));

    assertThat(asked).containsExactly("stop", "await PT5S", "cancel");
  }

  private Job job(boolean endsInTime) {
    return (Job)
        Proxy.newProxyInstance(
            Job.class.getClassLoader(),
            new Class<?>[] {Job.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
              return method.getName().equals("await") ? endsInTime : null;
            });
  }
}
