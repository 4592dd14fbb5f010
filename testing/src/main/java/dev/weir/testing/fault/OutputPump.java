package dev.weir.testing.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.function.Consumer;

/** Reads what a child prints until it ends. Runs on a daemon thread of its own. */
final class OutputPump implements Runnable {
  private final Process process;
  private final OutputLines lines;
  private final Writer log;
  private final Consumer<String> listener;

  OutputPump(Process process, OutputLines lines, Writer log, Consumer<String> listener) {
    this.process = process;
    this.lines = lines;
    this.log = log;
    this.listener = listener;
  }

  @Override
  public void run() {
    try (BufferedReader output = process.inputReader();
        log) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        log.append(line).append(System.lineSeparator()).flush();
        listener.accept(line);
      }
    } catch (IOException e) {
      lines.add("(the rest of the output could not be read or logged: " + e + ")");
    } finally {
      lines.end();
    }
  }
}
