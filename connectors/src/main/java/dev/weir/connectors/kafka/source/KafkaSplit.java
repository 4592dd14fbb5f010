package dev.weir.connectors.kafka.source;

import dev.weir.connector.SourceSplit;
import dev.weir.error.UnrecoverableConnectorException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A partition with the offset to read next. Immutable. In checkpoints it is written as:
 *
 * <pre>
 * version 1 | topic (UTF) | partition int | topic id 2 x long | offset long | leader epoch int, -1 none
 *           | stop offset long, Long.MAX_VALUE none
 * </pre>
 */
record KafkaSplit(
    TopicPartition partition, Uuid topicId, long offset, OptionalInt leaderEpoch, long stopOffset) {
  /** The stop offset of a partition that is read for ever. */
  static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int VERSION = 1;

  /** The split as checkpoints keep it. */
  SourceSplit toSplit() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(partition.topic());
      out.writeInt(partition.partition());
      out.writeLong(topicId.getMostSignificantBits());
      out.writeLong(topicId.getLeastSignificantBits());
      out.writeLong(offset);
      out.writeInt(leaderEpoch.orElse(-1));
      out.writeLong(stopOffset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SourceSplit(partition.toString(), bytes.toByteArray());
  }

  /** Reads what {@link #toSplit} wrote. */
  static KafkaSplit of(SourceSplit split) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(split.position()))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw unreadable(split, "its position has version " + version, null);
      }
      TopicPartition partition = new TopicPartition(in.readUTF(), in.readInt());
      Uuid topicId = new Uuid(in.readLong(), in.readLong());
      long offset = in.readLong();
      int epoch = in.readInt();
      return new KafkaSplit(
          partition,
          topicId,
          offset,
          epoch < 0 ? OptionalInt.empty() : OptionalInt.of(epoch),
          in.readLong());
    } catch (IOException e) {
      throw unreadable(split, "its position ends early", e);
    }
  }

  /** The same with another end, but none before what is read already. */
  KafkaSplit until(long stop) {
    return new KafkaSplit(partition, topicId, offset, leaderEpoch, Math.max(offset, stop));
  }

  boolean isFinished() {
    return offset >= stopOffset;
  }

  private static UnrecoverableConnectorException unreadable(
      SourceSplit split, String found, IOException cause) {
    return new UnrecoverableConnectorException(
        "Tried to restore split '"
            + split.id()
            + "' of a Kafka source, but "
            + found
            + "; version "
            + VERSION
            + " was expected. Restore with the version of Weir that took the checkpoint, or check that"
            + " this stage was a Kafka source then.",
        cause);
  }
}
