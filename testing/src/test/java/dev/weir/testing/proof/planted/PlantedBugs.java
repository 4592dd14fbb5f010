package dev.weir.testing.proof.planted;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads the mistakes from {@code planted-bugs.txt}: each has a name behind {@code #}, and one or
 * more changes: a file, what is there once, and what is put in its place. It is looked for in the
 * ordinary runs and then beside zombies, or where {@code by} says.
 */
final class PlantedBugs {
  private static final Pattern BUG = Pattern.compile("(?ms)^# (.*?)$(.*?)(?=^# |\\z)");
  private static final Pattern HUNT = Pattern.compile("(?m)^by (\\S+)$");
  private static final List<String> USUAL_HUNTS = List.of("Hunt", "ZombieHunt");
  private static final Pattern CHANGE =
      Pattern.compile("(?ms)^in (\\S+)\n<<<<\n(.*?)\n====\n(.*?)\n?>>>>$");

  private PlantedBugs() {}

  static List<PlantedBug> all() throws IOException {
    try (InputStream in = PlantedBugs.class.getResourceAsStream("planted-bugs.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return BUG.matcher(text).results().map(PlantedBugs::bug).toList();
    }
  }

  private static PlantedBug bug(MatchResult found) {
    List<PlantedBug.Change> changes = new ArrayList<>();
    CHANGE
        .matcher(found.group(2))
        .results()
        .map(change -> new PlantedBug.Change(change.group(1), change.group(2), change.group(3)))
        .forEach(changes::add);
    List<String> hunts = HUNT.matcher(found.group(2)).results().map(hunt -> hunt.group(1)).toList();
    return new PlantedBug(
        found.group(1), hunts.isEmpty() ? USUAL_HUNTS : hunts, List.copyOf(changes));
  }
}
