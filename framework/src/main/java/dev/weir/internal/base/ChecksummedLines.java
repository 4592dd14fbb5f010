package dev.weir.internal.base;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Small facts that people can read and that tell whether they are whole. Pure.
 *
 * <pre>
 *   a header, which names format and version
 *   any lines
 *   crc32c 123456                     (of all lines above)
 * </pre>
 */
public final class ChecksummedLines {
  private static final String CHECK = "crc32c ";

  private ChecksummedLines() {}

  /** The text of these lines. */
  public static String format(String header, List<String> lines) {
    StringBuilder facts = new StringBuilder(header + "\n");
    lines.forEach(line -> facts.append(line).append('\n'));
    return facts + CHECK + crc(facts.toString()) + "\n";
  }

  /** The lines behind the header; empty if that is another one, or the text is not whole. */
  public static Optional<List<String>> parse(String header, String text) {
    String facts = text.substring(0, Math.max(0, text.lastIndexOf(CHECK)));
    boolean isWhole =
        text.equals(facts + CHECK + crc(facts) + "\n") && facts.startsWith(header + "\n");
    return isWhole ? Optional.of(facts.lines().skip(1).toList()) : Optional.empty();
  }

  private static long crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
