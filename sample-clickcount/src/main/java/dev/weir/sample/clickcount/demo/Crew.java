package dev.weir.sample.clickcount.demo;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.testing.fault.ChildJvm;
import java.time.Duration;
import java.util.List;

/**
 * The generator and the job, in processes of their own, and the folder they write to. Thread-safe:
 * when the user interrupts the demo, a shutdown hook closes the crew while the steering thread goes
 * on; from then on nothing can be started.
 */
final class Crew implements AutoCloseable {
  private static final Duration STOP_BOUND = Duration.ofSeconds(30);
  private static final int TAIL = 20;

  private final Commands commands;
  private final DemoFolder folder = DemoFolder.create();
  private ChildJvm generator;
  private ChildJvm job;
  private boolean isGeneratorEnding;
  private boolean isClosed;

  Crew(Commands commands) {
    this.commands = commands;
  }

  synchronized void startGenerator(InputPlan plan) {
    checkOpen();
    generator = commands.startGenerator(plan, line -> {});
  }

  synchronized JobVoice startJob() {
    checkOpen();
    JobVoice voice = new JobVoice();
    job = commands.startJob(folder.path(), voice::hear);
    return voice;
  }

  /** Kills the job with SIGKILL and waits until the process is gone; gives its id. */
  synchronized long killJob() {
    checkOpen();
    job.kill();
    return job.pid();
  }

  /**
   * Looks whether everyone is alive who should be.
   *
   * @throws WeirException with its last words if the generator or the job has ended by itself
   */
  synchronized void checkHealth() {
    checkOpen();
    if (!job.isAlive()) {
      throw ended("job", job);
    }
    if (!generator.isAlive() && !isGeneratorEnding && generator.exitCode().orElse(0) != 0) {
      throw ended("generator", generator);
    }
  }

  /** Asks the generator to close the input with the window that it is in. */
  synchronized void endGenerator() {
    checkOpen();
    if (!isGeneratorEnding) {
      isGeneratorEnding = true;
      terminate(generator);
    }
  }

  synchronized boolean hasGeneratorEnded() {
    return !generator.isAlive();
  }

  /** Asks the job to end with a final checkpoint; false if it had to be killed. */
  boolean stopJob() {
    ChildJvm stopping;
    synchronized (this) {
      checkOpen();
      stopping = job;
    }
    terminate(stopping);
    try {
      stopping.awaitExit(STOP_BOUND);
      return true;
    } catch (WeirException tooLong) {
      stopping.kill();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      kill(job);
    } finally {
      try {
        kill(generator);
      } finally {
        folder.close();
      }
    }
  }

  /** Sends SIGTERM. */
  private static void terminate(ChildJvm child) {
    ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroy);
  }

  private static void kill(ChildJvm child) {
    if (child != null) {
      child.close();
    }
  }

  private void checkOpen() {
    if (isClosed) {
      throw new WeirException("Interrupted; processes, files and topics are cleared away.");
    }
  }

  /** The error to end with when the job does not go on. */
  synchronized WeirException stuck(Duration time) {
    return new WeirException(
        "The job has read no click for "
            + time.toSeconds()
            + " s though there are some. "
            + lastWords(job));
  }

  private static WeirException ended(String who, ChildJvm child) {
    return new WeirException(
        "The "
            + who
            + " has ended by itself, with code "
            + child.exitCode().orElse(-1)
            + ". "
            + lastWords(child));
  }

  private static String lastWords(ChildJvm child) {
    List<String> lines = child.lines();
    return "Its last words:"
        + System.lineSeparator()
        + String.join(
            System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }
}
