package dev.weir.internal.operator;

import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.StagePart;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The inline part of a keyed stage: a version byte and the watermark at the barrier. An aligned
 * barrier follows the same watermarks in every subtask, so all parts hold the same one.
 */
final class KeyedPart {
  private static final byte VERSION = 1;

  private KeyedPart() {}

  static byte[] encode(long watermark) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(VERSION).putLong(watermark).array();
  }

  /** The smallest watermark of the parts; {@link Long#MIN_VALUE} if there are none. */
  static long watermarkOf(String stage, List<StagePart> parts) {
    return parts.stream().mapToLong(part -> decode(stage, part)).min().orElse(Long.MIN_VALUE);
  }

  private static long decode(String stage, StagePart part) {
    ByteBuffer bytes = ByteBuffer.wrap(part.inline());
    if (bytes.remaining() != 1 + Long.BYTES || bytes.get() != VERSION) {
      throw new RestoreException(
          "Stage '"
              + stage
              + "', subtask "
              + part.subtask()
              + ": expected keyed state of version "
              + VERSION
              + ", found "
              + part.inline().length
              + " bytes that are not. Start with the Weir version that wrote the checkpoint.");
    }
    return bytes.getLong();
  }
}
