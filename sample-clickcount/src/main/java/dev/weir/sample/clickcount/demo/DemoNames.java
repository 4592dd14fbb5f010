package dev.weir.sample.clickcount.demo;

import java.util.List;

/**
 * Names that no other run uses.
 *
 * @param job name of the job
 */
record DemoNames(String job) {
  static DemoNames forRun(long seed) {
    return new DemoNames("clickcount-demo-" + Long.toHexString(seed));
  }

  String input() {
    return job + "-input";
  }

  String output() {
    return job + "-output";
  }

  /** Every topic that the demo makes, the job's ledger included. */
  List<String> topics() {
    return List.of(input(), output(), "weir-ledger-" + job);
  }
}
