package dev.weir.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.WeirException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChildJvmTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int KILLED = 128 + 9;

  @Test
  void shouldRunMainClassWithPropertiesArgumentsAndEnvironment() {
    try (ChildJvm child =
        child("say", "hello")
            .property("who", "weir")
            .environment("WHERE", "here")
            .options("-Xmx32m")
            .start()) {
      assertThat(child.awaitLine("say", BOUND)).isEqualTo("say [hello] weir here");
      assertThat(child.awaitExit(BOUND)).isZero();
      assertThat(child.exitCode()).hasValue(0);
    }
  }

  @Test
  void shouldReportExitCodeAndErrorOutputOfAMainThatThrows() {
    try (ChildJvm child = child("fail").start()) {
      assertThat(child.awaitExit(BOUND)).isEqualTo(1);
      assertThat(child.lines()).anyMatch(line -> line.contains("planted failure"));
    }
  }

  @Test
  void shouldSayWhatTheChildPrintedWhenALineDoesNotCome() {
    try (ChildJvm child = child("say", "hello").start()) {
      assertThatThrownBy(() -> child.awaitLine("good bye", BOUND))
          .isInstanceOf(WeirException.class)
          .hasMessageContaining("good bye")
          .hasMessageContaining("exit code 0")
          .hasMessageContaining("say [hello]");
    }
  }

  @Test
  void shouldTellOldLinesFromNewOnes() {
    try (ChildJvm child = child("count").start()) {
      child.awaitLine("tick", BOUND);
      long mark = child.mark();

      String next = child.awaitLineAfter(mark, "tick", BOUND);

      assertThat(Integer.parseInt(next.substring("tick ".length())))
          .isGreaterThanOrEqualTo((int) mark);
    }
  }

  @Test
  void shouldEndWithSigkillWhenKilled() {
    try (ChildJvm child = child("count").start()) {
      child.awaitLine("tick", BOUND);

      child.kill();

      assertThat(child.isAlive()).isFalse();
      assertThat(child.exitCode()).hasValue(KILLED);
    }
  }

  @Test
  void shouldStandStillWhilePausedAndGoOnWhenResumed() {
    try (ChildJvm child = child("count").start()) {
      child.awaitLine("tick", BOUND);

      child.pause();
      Await.until("the standstill", BOUND, () -> "T".equals(state(child.pid())));
      child.resume();

      child.awaitLineAfter(child.mark(), "tick", BOUND);
    }
  }

  @Test
  void shouldBeKilledWhilePaused() {
    try (ChildJvm child = child("count").start()) {
      child.awaitLine("tick", BOUND);
      child.pause();

      child.kill();

      assertThat(child.exitCode()).hasValue(KILLED);
    }
  }

  @Test
  void shouldBeClosedByAnInterruptedThread() {
    ChildJvm child = child("count").start();
    child.awaitLine("tick", BOUND);

    Thread.currentThread().interrupt();
    child.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(child.exitCode()).hasValue(KILLED);
  }

  @Test
  void shouldHandEachLineToListenerAndLog(@TempDir Path folder) throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    Path log = folder.resolve("child.log");
    try (ChildJvm child = child("say", "hello").eachLine(heard::add).log(log).start()) {
      child.awaitExit(BOUND);
    }

    assertThat(heard).containsExactly("say [hello] null null");
    assertThat(log).content().isEqualTo("say [hello] null null" + System.lineSeparator());
  }

  @Test
  void shouldNotOutliveAParentThatIsKilled() {
    try (ChildJvm parent = child("parent", "running").start()) {
      long grandchild = pidIn(parent.awaitLine("grandchild", BOUND));

      parent.kill();

      Await.until("the end of the grandchild", BOUND, () -> isGone(grandchild));
    }
  }

  @Test
  void shouldNotOutliveAParentThatIsKilledEvenWhenFrozen() {
    try (ChildJvm parent = child("parent", "frozen").start()) {
      long grandchild = pidIn(parent.awaitLine("grandchild", BOUND));

      parent.kill();

      Await.until("the end of the frozen grandchild", BOUND, () -> isGone(grandchild));
    }
  }

  @Test
  void shouldNotOutliveAParentThatExits() {
    try (ChildJvm parent = child("parent", "exiting").start()) {
      long grandchild = pidIn(parent.awaitLine("grandchild", BOUND));

      assertThat(parent.awaitExit(BOUND)).isEqualTo(3);

      Await.until("the end of the grandchild", BOUND, () -> isGone(grandchild));
    }
  }

  private static ChildJvmBuilder child(String... args) {
    return ChildJvm.of(Child.class)
        .options("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        .args(args);
  }

  private static long pidIn(String line) {
    return Long.parseLong(line.substring("grandchild ".length()));
  }

  /** Gone, or a zombie that only waits for whoever inherited it to fetch its exit code. */
  private static boolean isGone(long pid) {
    return !Files.exists(Path.of("/proc", Long.toString(pid))) || "Z".equals(state(pid));
  }

  private static String state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (IOException e) {
      return "Z";
    }
  }

  /** What the children of this test do. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      switch (args[0]) {
        case "say" ->
            System.out.printf(
                "say [%s] %s %s%n", args[1], System.getProperty("who"), System.getenv("WHERE"));
        case "fail" -> throw new IllegalStateException("planted failure");
        case "count" -> count();
        case "parent" -> parent(args[1]);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }

    private static void count() throws InterruptedException {
      for (int i = 0; ; i++) {
        System.out.println("tick " + i);
        Thread.sleep(5);
      }
    }

    private static void parent(String how) throws InterruptedException {
      ChildJvm child = child("count").start();
      child.awaitLine("tick", BOUND);
      if ("frozen".equals(how)) {
        child.pause();
      }
      System.out.println("grandchild " + child.pid());
      if ("exiting".equals(how)) {
        System.exit(3);
      }
      Thread.currentThread().join();
    }
  }
}
