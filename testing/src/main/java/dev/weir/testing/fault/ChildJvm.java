package dev.weir.testing.fault;

import dev.weir.error.WeirException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A main class running in a JVM of its own, which a test may kill and freeze. The child ends when
 * this JVM ends, however it ends, also while frozen. Standard output and error are captured
 * together.
 *
 * <pre>{@code
 * try (ChildJvm child = ChildJvm.of(ClickCount.class).property("bootstrap", servers).start()) {
 *   child.awaitLine("checkpoint 3 completed", Duration.ofSeconds(30));
 *   child.kill();
 * }
 * }</pre>
 *
 * Thread-safe.
 */
public final class ChildJvm implements AutoCloseable {
  private static final int TAIL_IN_ERRORS = 40;
  private static final Duration OUTPUT_END_BOUND = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final OutputLines lines;
  private FreezeGuard guard;

  ChildJvm(String name, Process process, OutputLines lines) {
    this.name = name;
    this.process = process;
    this.lines = lines;
  }

  /**
   * @param main a class with a {@code public static void main(String[])}
   * @return a description to complete and start
   */
  public static ChildJvmBuilder of(Class<?> main) {
    return new ChildJvmBuilder(main.getName());
  }

  /**
   * @param mainClass the name of a class with a {@code public static void main(String[])}
   * @return a description to complete and start
   */
  public static ChildJvmBuilder of(String mainClass) {
    return new ChildJvmBuilder(mainClass);
  }

  /**
   * @return the process id
   */
  public long pid() {
    return process.pid();
  }

  /**
   * @return whether the process exists, frozen or not
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for a line, among those already printed or still to come.
   *
   * @param part a part of the line
   * @param bound how long to wait at most
   * @return the first such line since the start
   * @throws WeirException with the newest output, when time is up or the output ends without it
   */
  public String awaitLine(String part, Duration bound) {
    return awaitLineAfter(0, part, bound);
  }

  /**
   * Waits for a line that was not yet there when the mark was taken.
   *
   * @param mark from {@link #mark()}
   * @param part a part of the line
   * @param bound how long to wait at most
   * @return the first such line after the mark
   * @throws WeirException with the newest output, when time is up or the output ends without it
   */
  public String awaitLineAfter(long mark, String part, Duration bound) {
    try {
      Optional<String> found = lines.await(mark, part, bound);
      return found.orElseThrow(() -> missing(part, bound));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WeirException(
          "Waited for '"
              + part
              + "' from "
              + name
              + ", the thread was interrupted; see who gave up.",
          e);
    }
  }

  /**
   * @return the number of lines printed so far, for {@link #awaitLineAfter}
   */
  public long mark() {
    return lines.total();
  }

  /**
   * @return the newest lines printed so far, at most ten thousand, oldest first
   */
  public List<String> lines() {
    return lines.all();
  }

  /**
   * Kills the process with SIGKILL and waits until it is gone and its output is read, also when the
   * thread is interrupted.
   */
  public synchronized void kill() {
    process.toHandle().destroyForcibly();
    Processes.awaitExit(process);
    if (guard != null) {
      guard.dismiss();
      guard = null;
    }
    awaitOutputEnd();
  }

  /** Asks the process to end, with SIGTERM; returns at once. */
  public void terminate() {
    process.toHandle().destroy(); // The process's own would close its output as well.
  }

  /**
   * Freezes the process with SIGSTOP: connections stay open, nothing answers.
   *
   * @throws WeirException if the process is gone or this is not a POSIX system
   */
  public synchronized void pause() {
    if (guard == null) {
      guard = FreezeGuard.freeze(process.pid());
    }
  }

  /**
   * Lets a frozen process go on, with SIGCONT.
   *
   * @throws WeirException if the process is gone
   */
  public synchronized void resume() {
    if (guard != null) {
      guard.resume();
      guard = null;
    }
  }

  /**
   * Waits for the process to end by itself.
   *
   * @param bound how long to wait at most
   * @return its exit code; 128 plus the signal's number when it was killed
   * @throws WeirException with the newest output, when time is up
   */
  public int awaitExit(Duration bound) {
    try {
      if (!process.waitFor(bound.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new WeirException(
            String.format(
                "Waited %d ms for %s to end, it still runs; its newest output:%n%s",
                bound.toMillis(), this, tail()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WeirException(
          "Waited for " + name + " to end, the thread was interrupted; see who gave up.", e);
    }
    awaitOutputEnd();
    return process.exitValue();
  }

  /**
   * @return the exit code, or empty while the process lives
   */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Kills the process if it still lives. */
  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    return name + " (process " + process.pid() + ")";
  }

  private void awaitOutputEnd() {
    if (!lines.awaitEnd(OUTPUT_END_BOUND)) {
      throw new WeirException(
          this + " has ended but its output stays open; did it leave a process of its own?");
    }
  }

  private WeirException missing(String part, Duration bound) {
    String how =
        lines.hasEnded()
            ? "the output ended, exit code " + awaitExit(OUTPUT_END_BOUND)
            : "it did not come within " + bound.toMillis() + " ms";
    return new WeirException(
        String.format(
            "Waited for '%s' from %s, %s; its newest output:%n%s", part, this, how, tail()));
  }

  private String tail() {
    return String.join(System.lineSeparator(), lines.tail(TAIL_IN_ERRORS));
  }
}
