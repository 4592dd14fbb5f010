package dev.weir.testing.proof;

import dev.weir.testing.audit.AuditReport;
import dev.weir.testing.audit.ExpectedSequences;
import dev.weir.testing.audit.NumberedRecord;
import dev.weir.testing.audit.Place;
import dev.weir.testing.audit.SequenceAudit;
import dev.weir.testing.audit.WindowKey;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Judges the output of the simulated pipelines by closed forms. Pure. */
final class Judgement {
  private Judgement() {}

  static List<String> of(
      Kind kind, List<ConsumerRecord<byte[], byte[]>> output, List<Input> input) {
    if (kind == Kind.WINDOWS) {
      return windows(output, input);
    }
    AuditReport report = counts(output, input);
    return report.isClean() ? List.of() : List.of(report.describe());
  }

  private static AuditReport counts(
      List<ConsumerRecord<byte[], byte[]>> output, List<Input> input) {
    Map<String, Long> counts = new HashMap<>();
    input.stream().filter(Input::isVisible).forEach(r -> counts.merge(r.key(), 1L, Long::sum));
    SequenceAudit audit =
        new SequenceAudit(
            ExpectedSequences.counted(counts, 1)
                .containing((key, number) -> Long.toString(number)));
    for (ConsumerRecord<byte[], byte[]> record : output) {
      Result result = result(record);
      audit.accept(
          new NumberedRecord(
              result.key(), result.number(), Long.toString(result.count()), place(record)));
    }
    return audit.finish();
  }

  /**
   * Each window has one result. Records are in order but for late ones, which may have come in time
   * to be counted, or not: between a restore and a replay nothing of it may show.
   */
  private static List<String> windows(
      List<ConsumerRecord<byte[], byte[]>> output, List<Input> input) {
    Map<WindowKey, long[]> expected = expectedWindows(input);
    List<String> findings = new ArrayList<>();
    Map<WindowKey, Long> found = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : output) {
      Result result = result(record);
      WindowKey window = new WindowKey(result.key(), result.number());
      Long before = found.put(window, result.count());
      if (before != null) {
        findings.add(window + " has results " + before + " and " + result.count());
      }
    }
    expected.forEach((window, counts) -> judge(window, counts, found.remove(window), findings));
    found.keySet().forEach(window -> findings.add("nobody expects " + window));
    return findings;
  }

  /** How many records each window has that are in order, and how many that are late. */
  static Map<WindowKey, long[]> expectedWindows(List<Input> input) {
    long size = TestWorkload.WINDOW.toMillis();
    Map<WindowKey, long[]> expected = new HashMap<>();
    long newest = Long.MIN_VALUE;
    for (Input record : input) {
      boolean isLate = record.timestamp() < newest;
      newest = Math.max(newest, record.timestamp());
      if (record.isVisible()) {
        WindowKey window = new WindowKey(record.key(), record.timestamp() / size * size);
        expected.computeIfAbsent(window, w -> new long[2])[isLate ? 1 : 0]++;
      }
    }
    return expected;
  }

  static void judge(WindowKey window, long[] counts, Long found, List<String> findings) {
    long count = found == null ? 0 : found;
    if (count < counts[0] || count > counts[0] + counts[1]) {
      findings.add(
          window + " has " + count + ", not " + counts[0] + " and up to " + counts[1] + " late");
    }
  }

  static Result result(ConsumerRecord<byte[], byte[]> record) {
    String[] parts = new String(record.value(), StandardCharsets.UTF_8).split(" ", -1);
    return new Result(
        new String(record.key(), StandardCharsets.UTF_8),
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]));
  }

  private static Place place(ConsumerRecord<byte[], byte[]> record) {
    return new Place(record.partition(), record.offset());
  }
}
