package dev.weir.testing.proof.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page {@code docs/planted-bugs.md}: which seed found which mistake. Not thread-safe. */
final class PlantedTable {
  private static final Path PAGE = Path.of("..", "docs", "planted-bugs.md");
  private static final String HEAD =
      "| mistake | found by seed | by what it showed |\n|---|---|---|\n";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\| \\d+ \\|");
  private static final Pattern FOUND = Pattern.compile("(\\d+): (.*)");

  private final List<String> rows = new ArrayList<>();

  /** The mistakes that the page has, in its order. */
  static List<String> namesOnPage() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();
  }

  void add(PlantedBug bug, String found) {
    MatchResult parts = FOUND.matcher(found).results().findFirst().orElseThrow();
    rows.add(String.format("| %s | %s | %s |%n", bug.name(), parts.group(1), parts.group(2)));
  }

  /** Puts these rows in the place of those on the page. */
  void write() throws IOException {
    String page = Files.readString(PAGE);
    String before = page.substring(0, page.indexOf(HEAD));
    Files.writeString(PAGE, before + HEAD + String.join("", rows));
  }

  @Override
  public String toString() {
    return String.join("", rows);
  }
}
