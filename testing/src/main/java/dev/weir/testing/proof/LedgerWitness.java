package dev.weir.testing.proof;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.operator.SourcePart;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.kafka.SimCluster;
import dev.weir.testing.sim.kafka.SimCluster.Committed;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads in the ledger and in the manifests, also those that are removed by now, what each completed
 * checkpoint says it stands for, and has it judged. Used when the run is over.
 */
final class LedgerWitness {
  private static final String LEDGER = "weir-ledger-";
  private static final String MANIFEST = "weir-manifest";

  /** The name of the source of each workload that has origins. */
  private static final String SOURCE = "records";

  private final SimCluster cluster;
  private final SimDisk disk;
  private final Path folder;

  LedgerWitness(SimCluster cluster, SimDisk disk, Path folder) {
    this.cluster = cluster;
    this.disk = disk;
    this.folder = folder;
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
    cluster.topicNames().stream()
        .filter(topic -> topic.startsWith(LEDGER))
        .flatMap(topic -> cluster.committed(topic).stream())
        .forEach(record -> tell(record, audit));
    return audit.findings();
  }

  /** Claims name no manifest, and stand for nothing. */
  private void tell(Committed entry, AtomicityAudit audit) {
    ConsumerRecord<byte[], byte[]> record = entry.record();
    Header manifest = record.headers().lastHeader(MANIFEST);
    if (manifest != null) {
      audit.checkpoint(
          new String(record.key(), StandardCharsets.UTF_8),
          entry.transaction(),
          positions(manifest(new String(manifest.value(), StandardCharsets.UTF_8))));
    }
  }

  private CheckpointManifest manifest(String location) {
    byte[] bytes =
        disk.bytesWhenNamed(folder.resolve(location))
            .orElseThrow(() -> new AssertionError("there never was a manifest " + location));
    return new CheckpointStore(new Kept(), folder.toString(), CrashPoint.Hook.NONE)
        .readManifest(FileRef.of(location, 0, bytes));
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

  /** Objects as they were when they got their names. */
  private final class Kept implements SnapshotStore {
    @Override
    public Upload create(String name) {
      throw new UnsupportedOperationException("it is only read");
    }

    @Override
    public InputStream open(String name, long offset, long length) throws IOException {
      byte[] bytes =
          disk.bytesWhenNamed(folder.resolve(name))
              .orElseThrow(() -> new NoSuchFileException(name));
      return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    @Override
    public List<String> list(String of) {
      return List.of();
    }

    @Override
    public void delete(String name) {
      throw new UnsupportedOperationException("it is only read");
    }

    @Override
    public void close() {}
  }
}
