package dev.weir.benchmarks.machine;

import dev.weir.benchmarks.work.Marks;
import dev.weir.benchmarks.work.Results;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * An engine in a process of its own: the marks that it printed, its log, its CPU time and memory.
 * Confined to one thread, but for the marks.
 */
public final class EngineProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 3;

  private final Process process;
  private final Thread reader;
  private final LastLines lastLines = new LastLines();
  private final long startedNanos;
  private volatile long firstNanos;
  private volatile long lastNanos;
  private volatile long lastResultNanos;
  private volatile Optional<Results> results = Optional.empty();

  private EngineProcess(Process process, long startedNanos, PrintWriter log) {
    this.process = process;
    this.startedNanos = startedNanos;
    this.reader = new Thread(() -> read(log), "bench-engine-" + process.pid());
  }

  /** Starts a process; what it prints besides marks goes into the log. */
  public static EngineProcess start(List<String> command, Path log) throws IOException {
    PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    long startedNanos = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    EngineProcess engine = new EngineProcess(process, startedNanos, out);
    engine.reader.setDaemon(true);
    engine.reader.start();
    return engine;
  }

  private void read(PrintWriter log) {
    try (log;
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(Marks.FIRST)) {
          firstNanos = System.nanoTime();
        } else if (line.equals(Marks.LAST)) {
          lastNanos = System.nanoTime();
        } else if (line.startsWith(Marks.RESULTS)) {
          take(line.substring(Marks.RESULTS.length()).split(" ", -1));
        } else {
          lastLines.add(line);
          log.println(line);
          log.flush();
        }
      }
    } catch (IOException killed) {
      log.println("(ended: " + killed.getMessage() + ")");
    }
  }

  private void take(String[] said) {
    lastResultNanos = Long.parseLong(said[2]); // The clock is the machine's.
    results = Optional.of(new Results(Long.parseLong(said[0]), Long.parseLong(said[1])));
  }

  /** When it was started. */
  public long startedNanos() {
    return startedNanos;
  }

  /** When its first record reached user code. */
  public OptionalLong firstNanos() {
    return firstNanos == 0 ? OptionalLong.empty() : OptionalLong.of(firstNanos);
  }

  /** When it said that all is done. */
  public OptionalLong lastNanos() {
    return lastNanos == 0 ? OptionalLong.empty() : OptionalLong.of(lastNanos);
  }

  /** What its sinks have had, once it said so. */
  public Optional<Results> results() {
    return results;
  }

  /** When the last of these results came. */
  public long lastResultNanos() {
    return lastResultNanos;
  }

  /** CPU seconds used so far; 0 if it has ended. */
  public double cpuSeconds() {
    return ProcFiles.cpuSeconds(process.pid());
  }

  /** Greatest memory so far, MiB. */
  public long peakMemoryMiB() {
    return ProcFiles.peakMemoryMiB(process.pid());
  }

  /** Names of its threads. */
  public List<String> threads() {
    return ProcFiles.threads(process.pid());
  }

  /** Its exit code, once it has ended. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /**
   * The last of what it printed besides marks, oldest first, without the frames of stack traces. Of
   * a process that has ended it is all there.
   */
  public List<String> lastLines() throws InterruptedException {
    if (!process.isAlive()) {
      reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
    return lastLines.lines();
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and after some seconds SIGKILL. */
  @Override
  public void close() throws InterruptedException {
    stop(PATIENCE_SECONDS);
  }

  /** SIGTERM, and after so many seconds SIGKILL; returns when it is gone. */
  public void stop(long seconds) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
