package dev.weir.benchmarks.run;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** Sends record i at begin + i / rate; that instant, not the sending, is its creation time. */
final class Generator implements Runnable {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String bootstrap;
  private final int rate;
  private final long count;
  private final long beginNanos = System.nanoTime() + NANOS / 2;

  Generator(String bootstrap, int rate, long count) {
    this.bootstrap = bootstrap;
    this.rate = rate;
    this.count = count;
  }

  long beginNanos() {
    return beginNanos;
  }

  @Override
  public void run() {
    try (Input input = new Input(bootstrap, 1)) {
      long sent = 0;
      while (sent < count) {
        long due = Math.min(count, (System.nanoTime() - beginNanos) * rate / NANOS);
        for (; sent < due; sent++) {
          input.sendNumbered(sent, beginNanos + sent * NANOS / rate);
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (InterruptedException | InterruptException toldToStop) {
      Thread.currentThread().interrupt();
    }
  }
}
