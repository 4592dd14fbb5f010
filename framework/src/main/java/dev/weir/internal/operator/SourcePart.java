package dev.weir.internal.operator;

import dev.weir.connector.SourceSplit;
import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.StagePart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The inline part of a source: a version byte, the number of splits, and for each its id, greatest
 * timestamp and position.
 */
public final class SourcePart {
  private static final byte VERSION = 1;

  private SourcePart() {}

  static byte[] encode(List<SplitState> splits) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(splits.size());
      for (SplitState state : splits) {
        out.writeUTF(state.split().id());
        out.writeLong(state.maxTimestamp());
        out.writeInt(state.split().position().length);
        out.write(state.split().position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail.
    }
    return bytes.toByteArray();
  }

  /** The splits of all parts of a source. */
  public static List<SplitState> decode(String stage, List<StagePart> parts) {
    List<SplitState> splits = new ArrayList<>();
    for (StagePart part : parts) {
      try {
        decode(part, splits);
      } catch (IOException e) {
        throw new RestoreException(
            "Source '"
                + stage
                + "', subtask "
                + part.subtask()
                + ": expected splits of version "
                + VERSION
                + ", but "
                + part.inline().length
                + " bytes cannot be read as such ("
                + e.getMessage()
                + "). Start with the Weir version that wrote the checkpoint.",
            e);
      }
    }
    return splits;
  }

  private static void decode(StagePart part, List<SplitState> splits) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(part.inline()));
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException("version " + version);
    }
    int count = in.readInt();
    if (count < 0) {
      throw new IOException(count + " splits");
    }
    for (int i = 0; i < count; i++) {
      String id = in.readUTF();
      long maxTimestamp = in.readLong();
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException("a position of " + length + " bytes, " + in.available() + " left");
      }
      splits.add(new SplitState(new SourceSplit(id, in.readNBytes(length)), maxTimestamp));
    }
    if (in.available() > 0) {
      throw new IOException(in.available() + " bytes more than " + count + " splits");
    }
  }
}
