package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.LedgerEntry;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Forgotten;
import dev.weir.error.UnrecoverableConnectorException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The written form of ledger records. Pure. Keys and headers are text for people; only values are
 * read back:
 *
 * <pre>
 * magic "WL" | version 2 | kind byte | fields | CRC-32C of all before, int
 *   claim (1):     attempt long | index int | ids int | claimant 2 x long | time long
 *   completed (2): checkpoint long | attempt long | manifest UTF | its bytes long | its CRC int | time long
 *                  | from version 2 on: topics int, each UTF
 *   forgotten (3): attempt long | time long
 * </pre>
 */
final class LedgerRecords {
  private static final short MAGIC = ('W' << 8) | 'L';
  private static final int VERSION = 2;
  private static final int WITHOUT_TOPICS = 1;
  private static final int CLAIM = 1;
  private static final int COMPLETED = 2;
  private static final int FORGOTTEN = 3;

  private LedgerRecords() {}

  /** The record as it is sent. */
  static ProducerRecord<byte[], byte[]> toSend(TopicPartition ledger, LedgerRecord record) {
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(
            ledger.topic(), ledger.partition(), text(nameOf(record)), valueOf(record));
    sent.headers().add("weir-attempt", text(Long.toString(record.attempt())));
    if (record instanceof Completed completed) {
      sent.headers().add("weir-manifest", text(completed.entry().manifest()));
    }
    return sent;
  }

  /** The value's bytes. */
  static byte[] valueOf(LedgerRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeShort(MAGIC);
      out.writeByte(VERSION);
      if (record instanceof Claim claim) {
        write(claim, out);
      } else if (record instanceof Forgotten forgotten) {
        write(forgotten, out);
      } else {
        write((Completed) record, out);
      }
      out.writeInt(crcOf(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a value back.
   *
   * @param where topic, partition and offset, for the message
   * @throws UnrecoverableConnectorException if it is not a whole record of a known version
   */
  static LedgerRecord read(ByteBuffer value, String where) {
    byte[] bytes = new byte[value == null ? 0 : value.remaining()];
    if (value != null) {
      value.duplicate().get(bytes);
    }
    int body = bytes.length - Integer.BYTES;
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (body < 0 || in.readShort() != MAGIC) {
        throw unreadable(where, "something else than a ledger record", null);
      }
      int version = in.readUnsignedByte();
      if (version != VERSION && version != WITHOUT_TOPICS) {
        throw unreadable(where, "version " + version, null);
      }
      if (ByteBuffer.wrap(bytes).getInt(body) != crcOf(bytes, body)) {
        throw unreadable(where, "a wrong checksum", null);
      }
      return readBody(in, version, where);
    } catch (IOException e) {
      throw unreadable(where, "a record that ends early", e);
    }
  }

  private static LedgerRecord readBody(DataInputStream in, int version, String where)
      throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case CLAIM ->
          new Claim(
              in.readLong(),
              in.readInt(),
              in.readInt(),
              new Claimant(in.readLong(), in.readLong()),
              in.readLong());
      case COMPLETED ->
          version == WITHOUT_TOPICS
              ? new Completed(readEntry(in), List.of(), false)
              : new Completed(readEntry(in), readTopics(in));
      case FORGOTTEN -> new Forgotten(in.readLong(), in.readLong());
      default -> throw unreadable(where, "a record of unknown kind " + kind, null);
    };
  }

  private static List<String> readTopics(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      topics.add(in.readUTF());
    }
    return topics;
  }

  private static LedgerEntry readEntry(DataInputStream in) throws IOException {
    long checkpointId = in.readLong();
    long attempt = in.readLong();
    String manifest = in.readUTF();
    long manifestBytes = in.readLong();
    int manifestCrc = in.readInt();
    return new LedgerEntry(
        checkpointId, attempt, manifest, manifestBytes, manifestCrc, in.readLong());
  }

  private static void write(Claim claim, DataOutputStream out) throws IOException {
    out.writeByte(CLAIM);
    out.writeLong(claim.attempt());
    out.writeInt(claim.index());
    out.writeInt(claim.ids());
    out.writeLong(claim.claimant().high());
    out.writeLong(claim.claimant().low());
    out.writeLong(claim.atMillis());
  }

  private static void write(Forgotten forgotten, DataOutputStream out) throws IOException {
    out.writeByte(FORGOTTEN);
    out.writeLong(forgotten.attempt());
    out.writeLong(forgotten.atMillis());
  }

  private static void write(Completed completed, DataOutputStream out) throws IOException {
    LedgerEntry entry = completed.entry();
    out.writeByte(COMPLETED);
    out.writeLong(entry.checkpointId());
    out.writeLong(entry.attempt());
    out.writeUTF(entry.manifest());
    out.writeLong(entry.manifestBytes());
    out.writeInt(entry.manifestCrc32c());
    out.writeLong(entry.completedAtMillis());
    out.writeInt(completed.topics().size());
    for (String topic : completed.topics()) {
      out.writeUTF(topic);
    }
  }

  private static String nameOf(LedgerRecord record) {
    if (record instanceof Claim claim) {
      return "claim " + claim.attempt() + " " + (claim.index() + 1) + "/" + claim.ids();
    }
    return record instanceof Completed completed
        ? "checkpoint " + completed.entry().checkpointId()
        : "forgotten";
  }

  private static int crcOf(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static UnrecoverableConnectorException unreadable(
      String where, String found, IOException cause) {
    return new UnrecoverableConnectorException(
        "Tried to read the ledger, found at "
            + where
            + " "
            + found
            + "; version "
            + VERSION
            + " was expected. Nobody but this job may write to its ledger topic: remove the other"
            + " writer's rights, or use the version of Weir that wrote the record.",
        cause);
  }
}
