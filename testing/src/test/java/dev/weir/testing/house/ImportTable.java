package dev.weir.testing.house;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may import what. Rooms point only downward; rooms on one floor point only where an arrow
 * says:
 *
 * <pre>
 *  6  dev.weir ──► internal.ops
 *  5  internal.job
 *  4  internal.query ──► internal.runtime ──► internal.task ──► internal.channel
 *  3  internal.plan
 *  2  internal.operator      internal.checkpoint      internal.owner  internal.report
 *  1  internal.time ──► internal.state ──► internal.snapshot    internal.element  internal.combine
 *  0  internal.row ──► internal.key ──► internal.base      internal.cache        all on the public
 *     packages
 * </pre>
 *
 * An arrow may be followed further: runtime may use channel.
 */
final class ImportTable {
  private static final String ROOT = "dev.weir";
  private static final String INTERNAL = ROOT + ".internal";
  private static final String CONNECTORS = ROOT + ".connectors";
  private static final String TESTING = ROOT + ".testing";
  private static final String SAMPLE = ROOT + ".sample";
  private static final String CLI = ROOT + ".cli";
  private static final String BENCHMARKS = ROOT + ".benchmarks";
  private static final String ROCKSDB_ROOM = INTERNAL + ".state.rocksdb";

  private static final Set<String> PUBLIC =
      Set.of(
          "pipeline", "function", "state", "time", "serde", "schema", "connector", "job", "error");
  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("base", 0),
          Map.entry("cache", 0),
          Map.entry("key", 0),
          Map.entry("row", 0),
          Map.entry("combine", 1),
          Map.entry("element", 1),
          Map.entry("snapshot", 1),
          Map.entry("state", 1),
          Map.entry("time", 1),
          Map.entry("operator", 2),
          Map.entry("checkpoint", 2),
          Map.entry("owner", 2),
          Map.entry("report", 2),
          Map.entry("plan", 3),
          Map.entry("channel", 4),
          Map.entry("task", 4),
          Map.entry("runtime", 4),
          Map.entry("query", 4),
          Map.entry("job", 5),
          Map.entry("ops", 6));
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "key", Set.of("base"),
          "row", Set.of("key", "base"),
          "time", Set.of("state", "snapshot"),
          "state", Set.of("snapshot"),
          "task", Set.of("channel"),
          "runtime", Set.of("task", "channel"),
          "query", Set.of("runtime", "task", "channel"));

  /** The containers of rooms: their children are rooms, and no room's sub-packages. */
  private static final List<String> HOUSES = List.of(ROOT, INTERNAL, CONNECTORS, TESTING);

  private ImportTable() {}

  static Stream<Violation> violations(Import edge) {
    return objection(edge)
        .map(remedy -> new Violation(edge.where(), "imports " + edge.toPackage(), remedy))
        .stream();
  }

  private static Optional<String> objection(Import edge) {
    if (edge.fromPackage().equals(edge.toPackage())) {
      return Optional.empty();
    }
    return isIn(edge.toPackage(), ROOT)
        ? betweenHouses(edge).or(() -> aroundSubPackages(edge))
        : ofOthers(edge);
  }

  private static Optional<String> ofOthers(Import edge) {
    String from = edge.fromPackage();
    if (isIn(edge.toPackage(), "org.rocksdb")) {
      return unless(isIn(from, ROCKSDB_ROOM), "Use RocksDB only in " + ROCKSDB_ROOM);
    }
    if (isIn(edge.toPackage(), "org.apache.kafka")) {
      return unless(
          Stream.of(CONNECTORS, TESTING, SAMPLE, BENCHMARKS).anyMatch(house -> isIn(from, house)),
          "Use Kafka only in " + CONNECTORS + " and in " + TESTING);
    }
    return Optional.empty();
  }

  private static Optional<String> betweenHouses(Import edge) {
    String from = edge.fromPackage();
    String to = edge.toPackage();
    if (isIn(from, INTERNAL)) {
      return fromInternal(room(from, INTERNAL), to);
    }
    if (isPublic(from)) {
      return unless(isPublic(to), "Public packages import public packages only");
    }
    if (isIn(from, CONNECTORS)) {
      return unless(
          isPublic(to) || isIn(to, CONNECTORS),
          "Connectors live on the public packages alone: move what they need there");
    }
    if (isIn(from, SAMPLE) || isIn(from, CLI)) {
      return unless(
          !isIn(to, INTERNAL),
          "The sample and the commands do what a user can do: stay with the public API");
    }
    boolean mayAll = from.equals(ROOT) || isIn(from, TESTING) || isIn(from, BENCHMARKS);
    return unless(mayAll, unknown(from));
  }

  private static Optional<String> fromInternal(String room, String to) {
    if (!FLOORS.containsKey(room)) {
      return Optional.of(unknown(INTERNAL + "." + room));
    }
    if (isPublic(to)) {
      return Optional.empty();
    }
    if (!isIn(to, INTERNAL)) {
      return Optional.of("Internal rooms know the public packages and each other only");
    }
    String target = room(to, INTERNAL);
    boolean sameRoomOrArrow =
        target.equals(room) || ARROWS.getOrDefault(room, Set.of()).contains(target);
    return unless(
        sameRoomOrArrow || FLOORS.getOrDefault(target, Integer.MAX_VALUE) < FLOORS.get(room),
        "Rooms point downward only (the table in ImportTable): move the class, invert the call"
            + " with an interface below, or amend table and STYLE knowingly");
  }

  private static Optional<String> aroundSubPackages(Import edge) {
    if (edge.isWiring() || isApplication(edge.fromPackage()) || isHouse(edge.fromPackage())) {
      return Optional.empty();
    }
    if (edge.pointsIntoOwnSubPackage()) {
      return Optional.of(
          "A sub-package imports its room, not the reverse: wire them in an Assembly");
    }
    String parent = parent(edge.fromPackage());
    return unless(
        isHouse(parent) || !parent.equals(parent(edge.toPackage())),
        "Sub-packages do not import their siblings: share through " + parent);
  }

  private static boolean isPublic(String name) {
    return isIn(name, ROOT) && !isHouse(name) && PUBLIC.contains(room(name, ROOT));
  }

  /** Applications are no library: their packages use each other as they like, without cycles. */
  private static boolean isApplication(String name) {
    return isIn(name, SAMPLE) || isIn(name, CLI) || isIn(name, BENCHMARKS);
  }

  private static boolean isHouse(String name) {
    return HOUSES.contains(name);
  }

  private static boolean isIn(String name, String ancestor) {
    return name.equals(ancestor) || name.startsWith(ancestor + ".");
  }

  private static String room(String name, String house) {
    return name.equals(house) ? "" : name.substring(house.length() + 1).split("\\.", 2)[0];
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static String unknown(String name) {
    return "The package " + name + " is in no table: add it to ImportTable and STYLE knowingly";
  }

  private static Optional<String> unless(boolean fine, String remedy) {
    return fine ? Optional.empty() : Optional.of(remedy);
  }
}
