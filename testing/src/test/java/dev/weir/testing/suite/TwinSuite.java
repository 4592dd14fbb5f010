package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.Job;
import dev.weir.job.JobState;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of a job start at the same instant, again and again, while output flows. */
@Timeout(300)
interface TwinSuite {
  int ROUNDS = 20;

  @Tag("S08")
  @Tag("N30")
  @Test
  default void shouldLetAtMostOneGoOnWhenTwoStartAtOnce(TopicAdmin topics, @TempDir Path folder)
      throws Exception {
    InputPlan plan = InputPlan.ofTotal(18_000);
    try (JobUnderTest job = JobUnderTest.create(topics, folder, plan)) {
      job.load().upTo(plan.total() * 3 / 4).start(500);
      Settings settings =
          job.settings().with(Setting.ROUNDS, ROUNDS).with(Setting.SIGNALS, folder.toString());
      List<Twin> twins =
          List.of(new Twin(job.startChild(settings)), new Twin(job.startChild(settings)));

      int without = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        without += isWon(job, twins, folder, round) ? 0 : 1;
      }
      System.out.println("TwinSuite: in " + without + " of " + ROUNDS + " rounds both gave way");
      job.finish();

      job.audit();
      assertThat(without).as("rounds in which both gave way").isLessThanOrEqualTo(ROUNDS / 4);
    }
  }

  /** One round; in every second one a third instance is at work when the twins come, and ends. */
  private static boolean isWon(JobUnderTest job, List<Twin> twins, Path folder, int round)
      throws Exception {
    try (Job incumbent = SuiteJob.start(job.settings().without(Setting.RESTART_DELAY))) {
      if (round % 2 == 0) {
        JobUnderTest.awaitCheckpoints(incumbent, 1);
      } else {
        incumbent.cancel();
        incumbent.await();
      }
      Files.createFile(folder.resolve("start-" + round));
      Await.until(
          "round " + round + " to be decided: " + twins,
          JobUnderTest.BOUND,
          () -> isDecided(twins, round));
      boolean isWon = twins.stream().anyMatch(twin -> twin.hasCompleted(round));
      Files.createFile(folder.resolve("cancel-" + round));
      twins.forEach(twin -> twin.awaitEnd(round));
      if (round % 2 == 0) {
        Await.until(
            "the incumbent's end",
            JobUnderTest.BOUND,
            () -> incumbent.status().state() == JobState.SUSPENDED);
      }
      return isWon;
    }
  }

  /** One is gone and the other one works, or both are gone. */
  private static boolean isDecided(List<Twin> twins, int round) {
    long fenced = twins.stream().filter(twin -> twin.isFenced(round)).count();
    return fenced == 2 || (fenced == 1 && twins.stream().anyMatch(t -> t.hasCompleted(round)));
  }

  /**
   * One of the two.
   *
   * @param child its JVM
   */
  record Twin(ChildJvm child) {
    boolean isFenced(int round) {
      List<String> lines = since(round);
      assertThat(lines)
          .as("a failure of another kind")
          .noneMatch(l -> l.startsWith("ENDED FAILED"));
      return lines.stream().anyMatch(line -> line.startsWith("ENDED FENCED"));
    }

    boolean hasCompleted(int round) {
      return since(round).stream().anyMatch(line -> line.startsWith("COMPLETED"));
    }

    void awaitEnd(int round) {
      Await.until(
          "the end of round " + round + " in " + child,
          JobUnderTest.BOUND,
          () -> since(round).stream().anyMatch(line -> line.startsWith("ENDED")));
    }

    private List<String> since(int round) {
      List<String> lines = child.lines();
      int start = lines.indexOf("ROUND " + round);
      return start < 0 ? List.of() : lines.subList(start, lines.size());
    }
  }
}
