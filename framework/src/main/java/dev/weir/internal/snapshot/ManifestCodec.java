package dev.weir.internal.snapshot;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.base.Checks;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Manifests as bytes, big-endian. Pure.
 *
 * <pre>
 *   "WEIRMANI"   int version   long total length
 *   string job   long checkpoint   long attempt   int maxParallelism
 *   int runs { long attempt   long started   long first checkpoint }
 *   boolean has base { long id   long through
 *                      int files { string name   file } }
 *   int stages { string name   int parts { int subtask   bytes inline   int files { file } } }
 *   int CRC-32C of everything before
 *
 *   file: string location   long offset   long bytes   int crc32c
 *   string, bytes: int length and the bytes; strings are UTF-8
 * </pre>
 */
final class ManifestCodec {
  static final int VERSION = 2;

  private static final long MAGIC = 0x574549524d414e49L;
  private static final int HEADER = Long.BYTES + Integer.BYTES + Long.BYTES;
  private static final int LARGEST = 1 << 30;
  private static final int SMALLEST_STAGE = 2 * Integer.BYTES;
  private static final int SMALLEST_PART = 3 * Integer.BYTES;
  private static final int SMALLEST_FILE = 2 * Integer.BYTES + 2 * Long.BYTES;
  private static final int RUN = 3 * Long.BYTES;

  private ManifestCodec() {}

  static byte[] encode(CheckpointManifest manifest) {
    ByteOutput out = new ByteOutput(1024);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    byte[] body = body(manifest);
    out.writeLong((long) HEADER + body.length + Integer.BYTES);
    out.write(body);
    out.writeInt(crcOf(out.array(), out.length()));
    Checks.state(
        out.length() <= LARGEST,
        "The manifest of checkpoint %s has %s bytes, at most %s are allowed",
        manifest.checkpointId(),
        out.length(),
        LARGEST);
    return out.toByteArray();
  }

  private static byte[] body(CheckpointManifest manifest) {
    ByteOutput out = new ByteOutput(1024);
    writeString(manifest.job(), out);
    out.writeLong(manifest.checkpointId());
    out.writeLong(manifest.attempt());
    out.writeInt(manifest.maxParallelism());
    writeLineage(manifest.lineage(), out);
    out.writeByte(manifest.base().isPresent() ? 1 : 0);
    manifest.base().ifPresent(base -> writeBase(base, out));
    out.writeInt(manifest.stages().size());
    new TreeMap<>(manifest.stages()).forEach((name, parts) -> writeStage(name, parts, out));
    return out.toByteArray();
  }

  private static void writeLineage(Lineage lineage, ByteOutput out) {
    out.writeInt(lineage.runs().size());
    for (Lineage.Run run : lineage.runs()) {
      out.writeLong(run.attempt());
      out.writeLong(run.startedAtMillis());
      out.writeLong(run.firstCheckpointId());
    }
  }

  private static void writeBase(SharedBase base, ByteOutput out) {
    out.writeLong(base.id());
    out.writeLong(base.through());
    out.writeInt(base.files().size());
    for (SharedBase.NamedFile file : base.files()) {
      writeString(file.name(), out);
      writeFile(file.file(), out);
    }
  }

  private static void writeStage(String name, List<StagePart> parts, ByteOutput out) {
    writeString(name, out);
    out.writeInt(parts.size());
    for (StagePart part : parts) {
      out.writeInt(part.subtask());
      writeBytes(part.inline(), out);
      out.writeInt(part.files().size());
      part.files().forEach(file -> writeFile(file, out));
    }
  }

  private static void writeFile(FileRef file, ByteOutput out) {
    writeString(file.location(), out);
    out.writeLong(file.offset());
    out.writeLong(file.bytes());
    out.writeInt(file.crc32c());
  }

  private static void writeString(String value, ByteOutput out) {
    writeBytes(value.getBytes(StandardCharsets.UTF_8), out);
  }

  private static void writeBytes(byte[] bytes, ByteOutput out) {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static CheckpointManifest decode(byte[] bytes) throws IOException {
    check(bytes.length >= HEADER + Integer.BYTES, "a manifest", bytes.length + " bytes");
    ByteInput in = new ByteInput().wrap(bytes, 0, bytes.length);
    long magic = in.readLong();
    check(magic == MAGIC, "a manifest", "a file that begins with " + Long.toHexString(magic));
    int version = in.readInt();
    check(version == VERSION, "format version " + VERSION, "version " + version);
    long length = in.readLong();
    check(length == bytes.length, length + " bytes", bytes.length + " bytes");
    int body = bytes.length - Integer.BYTES;
    int crc = new ByteInput().wrap(bytes, body, Integer.BYTES).readInt();
    check(crc == crcOf(bytes, body), "the CRC-32C at its end", "another");
    return readBody(in.wrap(bytes, HEADER, body - HEADER));
  }

  private static CheckpointManifest readBody(ByteInput in) throws IOException {
    String job = readString(in);
    long checkpointId = in.readLong();
    long attempt = in.readLong();
    int maxParallelism = in.readInt();
    check(maxParallelism > 0, "a positive number of key groups", maxParallelism);
    Lineage lineage = readLineage(in);
    Optional<SharedBase> base = in.readByte() == 0 ? Optional.empty() : Optional.of(readBase(in));
    Map<String, List<StagePart>> stages = new HashMap<>();
    for (int rest = readCount(in, SMALLEST_STAGE); rest > 0; rest--) {
      String name = readString(in);
      check(stages.put(name, readParts(in)) == null, "each stage once", name + " twice");
    }
    check(in.remaining() == 0, "its end", in.remaining() + " more bytes");
    return new CheckpointManifest(
        job, checkpointId, attempt, maxParallelism, lineage, stages, base);
  }

  private static Lineage readLineage(ByteInput in) throws IOException {
    List<Lineage.Run> runs = new ArrayList<>();
    for (int rest = readCount(in, RUN); rest > 0; rest--) {
      long attempt = in.readLong();
      long startedAtMillis = in.readLong();
      runs.add(new Lineage.Run(attempt, startedAtMillis, in.readLong()));
    }
    return new Lineage(runs);
  }

  private static SharedBase readBase(ByteInput in) throws IOException {
    long id = in.readLong();
    long through = in.readLong();
    List<SharedBase.NamedFile> files = new ArrayList<>();
    for (int rest = readCount(in, Integer.BYTES + SMALLEST_FILE); rest > 0; rest--) {
      String name = readString(in);
      check(SharedBase.isName(name), "the name of a file of RocksDB", name);
      files.add(new SharedBase.NamedFile(name, readFile(in)));
    }
    return new SharedBase(id, through, files);
  }

  private static FileRef readFile(ByteInput in) throws IOException {
    String location = readString(in);
    long offset = in.readLong();
    long bytes = in.readLong();
    return new FileRef(location, offset, bytes, in.readInt());
  }

  private static List<StagePart> readParts(ByteInput in) throws IOException {
    List<StagePart> parts = new ArrayList<>();
    for (int rest = readCount(in, SMALLEST_PART); rest > 0; rest--) {
      int subtask = in.readInt();
      byte[] inline = readBytes(in);
      List<FileRef> files = new ArrayList<>();
      for (int more = readCount(in, SMALLEST_FILE); more > 0; more--) {
        files.add(readFile(in));
      }
      parts.add(new StagePart(subtask, inline, files));
    }
    return parts;
  }

  private static String readString(ByteInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(ByteInput in) throws IOException {
    byte[] bytes = new byte[readCount(in, 1)];
    in.readFully(bytes);
    return bytes;
  }

  /** A count is believed only if that many things of at least that size can follow. */
  private static int readCount(ByteInput in, int smallest) throws IOException {
    int count = in.readInt();
    check(
        count >= 0 && (long) count * smallest <= in.remaining(),
        "a count that fits into the " + in.remaining() + " bytes left",
        count);
    return count;
  }

  private static int crcOf(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static void check(boolean holds, String expected, Object found)
      throws StreamCorruptedException {
    if (!holds) {
      throw new StreamCorruptedException("expected " + expected + ", found " + found);
    }
  }
}
