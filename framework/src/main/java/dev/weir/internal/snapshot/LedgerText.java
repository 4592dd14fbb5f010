package dev.weir.internal.snapshot;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.RestoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

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
record LedgerText(long attempt, Optional<LedgerEntry> entry) {
  static final int LONGEST = 4096;
  static final LedgerText EMPTY = new LedgerText(0, Optional.empty());
  private static final String HEADER = "weir-ledger 1";

  String format() {
    StringBuilder text = new StringBuilder(HEADER + "\nattempt " + attempt + "\n");
    entry.ifPresent(
        e ->
            text.append("completed ")
                .append(e.checkpointId() + " " + e.attempt() + " " + e.manifest())
                .append(" " + e.manifestBytes() + " " + e.manifestCrc32c())
                .append(" " + e.completedAtMillis() + "\n"));
    return text + "crc32c " + crc(text.toString()) + "\n";
  }

  static LedgerText parse(String text, String file) {
    try {
      int end = text.lastIndexOf("crc32c ");
      String facts = text.substring(0, end);
      List<String> lines = facts.lines().toList();
      boolean isWhole = text.equals(facts + "crc32c " + crc(facts) + "\n");
      if (!isWhole || !lines.get(0).equals(HEADER)) {
        throw damaged(text, file, null);
      }
      long attempt = Long.parseLong(lines.get(1).split(" ", -1)[1]);
      return new LedgerText(
          attempt, lines.size() == 3 ? Optional.of(entry(lines.get(2))) : Optional.empty());
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw damaged(text, file, e);
    }
  }

  private static LedgerEntry entry(String line) {
    String[] fields = line.split(" ", -1);
    return new LedgerEntry(
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        fields[3],
        Long.parseLong(fields[4]),
        Integer.parseInt(fields[5]),
        Long.parseLong(fields[6]));
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

  private static long crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
