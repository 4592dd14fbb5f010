package dev.weir.testing.proof;

import dev.weir.internal.operator.SourcePart;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.snapshot.CheckpointManifest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Reads in a manifest where its checkpoint reads on. Pure. */
final class Positions {
  /** The name of the source of each workload that has origins, or whose state is judged. */
  private static final String SOURCE = "records";

  private Positions() {}

  /** Where a checkpoint reads on, in each partition that its source knows. */
  static Map<TopicPartition, Long> of(CheckpointManifest manifest) {
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
