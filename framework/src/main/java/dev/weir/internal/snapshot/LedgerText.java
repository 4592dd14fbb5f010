package dev.weir.internal.snapshot;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.RestoreException;
import dev.weir.internal.base.ChecksummedLines;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a {@link FileLedger}'s file says. Pure.
 *
 * <pre>
 *   weir-ledger 1
 *   attempt 3
 *   completed 17 3 checkpoints/17-3/manifest 412 -559038737 1795262400000     (not before the first)
 *   crc32c 123456                                                            (of all lines above)
 * </pre>
 */
public record LedgerText(long attempt, Optional<LedgerEntry> entry) {
  static final int LONGEST = 4096;
  static final LedgerText EMPTY = new LedgerText(0, Optional.empty());
  private static final String HEADER = "weir-ledger 1";

  String format() {
    List<String> lines = new ArrayList<>(List.of("attempt " + attempt));
    entry.ifPresent(e -> lines.add("completed " + wordsOf(e)));
    return ChecksummedLines.format(HEADER, lines);
  }

  static LedgerText parse(String text, String file) {
    try {
      List<String> lines = ChecksummedLines.parse(HEADER, text).orElseThrow();
      long attempt = Long.parseLong(lines.get(0).split(" ", -1)[1]);
      return new LedgerText(
          attempt,
          lines.size() == 2
              ? Optional.of(entryOf(lines.get(1).split(" ", -1), 1))
              : Optional.empty());
    } catch (IndexOutOfBoundsException | NumberFormatException | NoSuchElementException e) {
      throw damaged(text, file, e);
    }
  }

  /** An entry as words with spaces between them. */
  public static String wordsOf(LedgerEntry e) {
    return (e.checkpointId() + " " + e.attempt() + " " + e.manifest())
        + (" " + e.manifestBytes() + " " + e.manifestCrc32c())
        + (" " + e.completedAtMillis());
  }

  /**
   * The entry of these words, from one of them on.
   *
   * @throws IndexOutOfBoundsException if there are too few
   * @throws NumberFormatException if one is no number that should be
   */
  public static LedgerEntry entryOf(String[] words, int from) {
    return new LedgerEntry(
        Long.parseLong(words[from]),
        Long.parseLong(words[from + 1]),
        words[from + 2],
        Long.parseLong(words[from + 3]),
        Integer.parseInt(words[from + 4]),
        Long.parseLong(words[from + 5]));
  }

  private static RestoreException damaged(String text, String file, Exception cause) {
    return new RestoreException(
        "The ledger "
            + file
            + " is damaged: expected '"
            + HEADER
            + "' with its checksum, found '"
            + text.substring(0, Math.min(100, text.length()))
            + "'. Put an undamaged copy back; Weir never begins anew by itself.",
        cause);
  }
}
