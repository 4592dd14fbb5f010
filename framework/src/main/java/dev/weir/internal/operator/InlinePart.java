package dev.weir.internal.operator;

import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.pertask.TaskStates;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The inline part of a stage with state: the watermark at the barrier and what its task keeps. Of a
 * keyed stage all parts hold the same watermark, since an aligned barrier follows the same ones in
 * every subtask; of others the least counts.
 *
 * <pre>
 *   byte form   long watermark   [states of the task, but for form 1]
 * </pre>
 *
 * @param watermark epoch milliseconds; {@link Long#MIN_VALUE} for a first start
 * @param taskStates what each task has written, by subtask; none for a first start
 */
public record InlinePart(long watermark, List<byte[]> taskStates) {
  private static final int HEAD = 1 + Long.BYTES;
  private static final byte KEYED_ONLY = 1;

  /** What a stage keeps. */
  enum Kind {
    /** Rows per key, and perhaps states of its tasks. */
    KEYED((byte) 2, "state per key"),
    /** States of its tasks alone. */
    OF_TASKS((byte) 3, "state of tasks without keys");

    private final byte form;
    private final String text;

    Kind(byte form, String text) {
      this.form = form;
      this.text = text;
    }
  }

  /** Writes the part of a keyed stage whose tasks keep nothing besides. */
  static byte[] keyed(long watermark) {
    return ByteBuffer.allocate(HEAD).put(KEYED_ONLY).putLong(watermark).array();
  }

  /** Writes a part with states of the task, as {@link TaskStates#cut} gives them. */
  static byte[] of(Kind kind, long watermark, byte[] encoded) {
    return ByteBuffer.allocate(HEAD + encoded.length)
        .put(kind.form)
        .putLong(watermark)
        .put(encoded)
        .array();
  }

  /**
   * Reads all parts of a stage.
   *
   * @throws RestoreException if one is of a stage of another kind
   */
  static InlinePart read(String stage, Kind kind, List<StagePart> parts) {
    parts.forEach(part -> check(stage, kind, part));
    return new InlinePart(
        parts.stream().mapToLong(InlinePart::watermarkOf).min().orElse(Long.MIN_VALUE),
        parts.stream()
            .sorted(Comparator.comparingInt(StagePart::subtask))
            .filter(part -> part.inline()[0] != KEYED_ONLY)
            .map(part -> Arrays.copyOfRange(part.inline(), HEAD, part.inline().length))
            .toList());
  }

  /**
   * The event time in a part of which nobody knows what stage wrote it; empty: it is a source's.
   * Both forms begin with 1, but no splits, or one or more, never take as many bytes.
   */
  public static OptionalLong watermarkIn(StagePart part) {
    byte[] inline = part.inline();
    boolean isOfSource = inline.length < HEAD || (inline[0] == KEYED_ONLY && inline.length > HEAD);
    return isOfSource ? OptionalLong.empty() : OptionalLong.of(watermarkOf(part));
  }

  private static long watermarkOf(StagePart part) {
    return ByteBuffer.wrap(part.inline()).getLong(1);
  }

  private static void check(String stage, Kind kind, StagePart part) {
    int length = part.inline().length;
    byte form = length == 0 ? 0 : part.inline()[0];
    boolean isFine =
        form == kind.form
            ? length > HEAD
            : kind == Kind.KEYED && form == KEYED_ONLY && length == HEAD;
    if (!isFine) {
      throw new RestoreException(
          "Stage '"
              + stage
              + "', subtask "
              + part.subtask()
              + ": expected "
              + kind.text
              + ", found "
              + length
              + " bytes of form "
              + form
              + " that are not. Keep the kind of stage under this name, or start with the Weir"
              + " version that wrote the checkpoint.");
    }
  }
}
