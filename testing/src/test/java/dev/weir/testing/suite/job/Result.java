package dev.weir.testing.suite.job;

import dev.weir.testing.audit.NumberedRecord;
import dev.weir.testing.audit.TopicAuditor;
import dev.weir.testing.audit.WindowKey;
import dev.weir.testing.audit.WindowResult;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the output: for each record of the input its number and how many of its key there
 * were so far, or for each window its start and how many it has.
 *
 * @param key the key
 * @param number the record's number, or the window's start
 * @param count how many
 */
public record Result(String key, long number, long count) {
  String value() {
    return number + " " + count;
  }

  /** A count as the auditor judges it: number and count must be the same. */
  public static NumberedRecord counted(ConsumerRecord<byte[], byte[]> record) {
    Result result = of(record);
    return new NumberedRecord(
        result.key, result.number, Long.toString(result.count), TopicAuditor.placeOf(record));
  }

  /** A window as the auditor judges it. */
  public static WindowResult window(ConsumerRecord<byte[], byte[]> record) {
    Result result = of(record);
    return new WindowResult(
        new WindowKey(result.key, result.number), result.count, TopicAuditor.placeOf(record));
  }

  private static Result of(ConsumerRecord<byte[], byte[]> record) {
    String[] parts = new String(record.value(), StandardCharsets.UTF_8).split(" ");
    return new Result(
        new String(record.key(), StandardCharsets.UTF_8),
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]));
  }
}
