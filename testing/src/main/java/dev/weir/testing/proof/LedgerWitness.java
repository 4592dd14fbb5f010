package dev.weir.testing.proof;

import dev.weir.internal.operator.SourcePart;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.kafka.SimCluster;
import dev.weir.testing.sim.kafka.SimCluster.Committed;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads in the ledger and in the manifests, also those that are removed by now, what each completed
 * checkpoint says it stands for, and has it judged. Used when the run is over.
 */
final class LedgerWitness {
  /** The name of the source of each workload that has origins. */
  private static final String SOURCE = "records";

  private final SimCluster cluster;
  private final SimObjects objects;

  LedgerWitness(SimCluster cluster, SimDisk disk, Path folder) {
    this.cluster = cluster;
    this.objects = SimObjects.whenNamed(disk, folder);
  }

  /** What is wrong with the transactions that are committed in the workload's topics. */
  List<String> findings(Workload workload, List<Input> input) {
    if (workload.origins().isEmpty()) {
      return List.of();
    }
    List<Committed> output = new ArrayList<>();
    workload.topics().keySet().stream()
        .filter(topic -> input.stream().noneMatch(record -> record.to().topic().equals(topic)))
        .forEach(topic -> output.addAll(cluster.committed(topic)));
    AtomicityAudit audit = new AtomicityAudit(workload.origins().get(), input, output);
    for (LedgerLine line : LedgerLine.in(cluster)) {
      audit.checkpoint(
          line.name(), line.transaction(), positions(objects.manifest(line.manifest())));
    }
    return audit.findings();
  }

  private static Map<TopicPartition, Long> positions(CheckpointManifest manifest) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    SourcePart.decode(SOURCE, manifest.stages().getOrDefault(SOURCE, List.of()))
        .forEach(split -> put(split, positions));
    return positions;
  }

  /** As the Kafka source writes it: version, topic, partition, topic id, offset, and more. */
  private static void put(SplitState split, Map<TopicPartition, Long> positions) {
    byte[] bytes = split.split().position();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readByte();
      TopicPartition partition = new TopicPartition(in.readUTF(), in.readInt());
      in.readLong();
      in.readLong();
      positions.put(partition, in.readLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
