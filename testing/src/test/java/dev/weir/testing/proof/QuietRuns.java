package dev.weir.testing.proof;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Drops what simulated processes log: in thousands of runs, thousands of attempts fail. */
public final class QuietRuns implements AutoCloseable {
  private static final String CARRIER = "weir-sim";

  private final PrintStream before = System.err;

  /** Drops until closed. */
  public QuietRuns() {
    System.setErr(new PrintStream(new Filter(before), true, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    System.setErr(before);
  }

  /** Lets everybody else's bytes pass. */
  private static final class Filter extends FilterOutputStream {
    Filter(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      if (!Thread.currentThread().getName().equals(CARRIER)) {
        out.write(one);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!Thread.currentThread().getName().equals(CARRIER)) {
        out.write(bytes, offset, length);
      }
    }
  }
}
