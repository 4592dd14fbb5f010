package dev.weir.testing.proof;

import dev.weir.testing.sim.kafka.SimCluster;
import dev.weir.testing.sim.kafka.SimCluster.Committed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;

/**
 * A completed checkpoint, as the ledger has it. Immutable.
 *
 * @param name of the checkpoint
 * @param transaction that completed it
 * @param manifest where its manifest was written
 */
record LedgerLine(String name, Object transaction, String manifest) {
  private static final String MANIFEST = "weir-manifest";

  /** All of a life, in their order. */
  static List<LedgerLine> in(SimCluster cluster, Life life) {
    return cluster.topicNames().stream()
        .filter(life::isLedger)
        .flatMap(topic -> cluster.committed(topic).stream())
        .flatMap(LedgerLine::of)
        .toList();
  }

  /** Claims name no manifest, and stand for nothing. */
  private static Stream<LedgerLine> of(Committed entry) {
    Header manifest = entry.record().headers().lastHeader(MANIFEST);
    return manifest == null
        ? Stream.empty()
        : Stream.of(
            new LedgerLine(
                text(entry.record().key()), entry.transaction(), text(manifest.value())));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
