package dev.weir.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.job.JobState;
import org.junit.jupiter.api.Test;

class JobLifecycleTest {
  private final JobLifecycle lifecycle = new JobLifecycle();

  @Test
  void shouldGoThroughAFailureAndARestartToTheEnd() {
    lifecycle.moveTo(JobState.RESTORING);
    lifecycle.moveTo(JobState.RUNNING);
    lifecycle.moveTo(JobState.FAILING);
    lifecycle.moveTo(JobState.RESTARTING);
    lifecycle.moveTo(JobState.RESTORING);
    lifecycle.moveTo(JobState.RUNNING);
    lifecycle.moveTo(JobState.STOPPING);
    lifecycle.moveTo(JobState.FINISHED);

    assertThat(lifecycle.state().isTerminal()).isTrue();
  }

  @Test
  void shouldNameBothStatesOfAnIllegalMove() {
    assertThatIllegalStateException()
        .isThrownBy(() -> lifecycle.moveTo(JobState.RUNNING))
        .withMessageContaining("CREATED")
        .withMessageContaining("RUNNING");
  }
}
