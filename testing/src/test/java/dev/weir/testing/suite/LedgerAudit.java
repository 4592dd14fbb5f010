package dev.weir.testing.suite;

import dev.weir.testing.broker.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.header.Header;

/**
 * Judges a ledger topic by what its records say of themselves in text: checkpoints rise strictly,
 * and after a whole claim no earlier attempt completes one. Confined to one thread.
 */
final class LedgerAudit {
  private static final String ATTEMPT = "weir-attempt";

  private final List<String> findings = new ArrayList<>();
  private final Map<Long, Set<String>> claimed = new HashMap<>();
  private long owner;
  private long lastCheckpoint = -1;

  private LedgerAudit() {}

  /** What is in the ledger of this job, committed or not, a line each. */
  static List<String> lines(String bootstrapServers, String job) {
    List<String> lines = new ArrayList<>();
    TopicReader.bytes(bootstrapServers)
        .read(
            topic(job),
            IsolationLevel.READ_UNCOMMITTED,
            record ->
                lines.add(
                    "@%d at %d ms: attempt %s, %s"
                        .formatted(
                            record.offset(),
                            record.timestamp(),
                            text(record.headers().lastHeader(ATTEMPT).value()),
                            text(record.key()))));
    return lines;
  }

  /** What is wrong with the ledger of this job. */
  static List<String> findings(String bootstrapServers, String job) {
    LedgerAudit audit = new LedgerAudit();
    TopicReader.bytes(bootstrapServers)
        .read(topic(job), IsolationLevel.READ_COMMITTED, audit::accept);
    if (audit.lastCheckpoint < 0) {
      audit.findings.add("there is no checkpoint");
    }
    return audit.findings;
  }

  /**
   * A key reads {@code claim 3 1/2}, with the attempt and which of the ids, or {@code checkpoint
   * 7}.
   */
  private void accept(ConsumerRecord<byte[], byte[]> record) {
    String[] words = text(record.key()).split(" ");
    Header header = record.headers().lastHeader(ATTEMPT);
    long attempt = Long.parseLong(text(header.value()));
    if (words[0].equals("claim")) {
      claim(attempt, words[2]);
    } else {
      complete(attempt, Long.parseLong(words[1]), record.offset());
    }
  }

  private void claim(long attempt, String part) {
    Set<String> parts = claimed.computeIfAbsent(attempt, number -> new HashSet<>());
    parts.add(part);
    if (parts.size() == Integer.parseInt(part.split("/")[1])) {
      owner = Math.max(owner, attempt);
    }
  }

  private void complete(long attempt, long checkpoint, long offset) {
    if (attempt != owner) {
      findings.add(
          "attempt %d completed checkpoint %d at offset %d, but the job was claimed by %d"
              .formatted(attempt, checkpoint, offset, owner));
    }
    if (checkpoint <= lastCheckpoint) {
      findings.add(
          "checkpoint %d at offset %d comes after %d"
              .formatted(checkpoint, offset, lastCheckpoint));
    }
    lastCheckpoint = checkpoint;
  }

  private static String topic(String job) {
    return "weir-ledger-" + job;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
