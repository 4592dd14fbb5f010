package dev.weir.testing.house;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds imports that close a circle of packages. An assembly's wiring of its own room is none. */
final class PackageCycles {
  /** Package to the packages that it imports, each with one import as the example. */
  private final Map<String, Map<String, Import>> imports = new TreeMap<>();

  PackageCycles(Collection<Import> edges) {
    edges.stream()
        .filter(edge -> !edge.fromPackage().equals(edge.toPackage()))
        .filter(edge -> !(edge.isWiring() && edge.pointsIntoOwnSubPackage()))
        .forEach(this::add);
  }

  private void add(Import edge) {
    imports
        .computeIfAbsent(edge.fromPackage(), name -> new TreeMap<>())
        .putIfAbsent(edge.toPackage(), edge);
  }

  /** One violation for each import from which a way leads back. */
  Stream<Violation> violations() {
    Map<String, Set<String>> reachable = new HashMap<>();
    return imports.values().stream()
        .flatMap(targets -> targets.values().stream())
        .filter(
            edge ->
                reachable
                    .computeIfAbsent(edge.toPackage(), this::reachableFrom)
                    .contains(edge.fromPackage()))
        .sorted(Comparator.comparing(Import::fromPackage))
        .map(
            edge ->
                new Violation(
                    edge.where(),
                    edge.fromPackage()
                        + " and "
                        + edge.toPackage()
                        + " import each other in a circle",
                    "Move the class, or put what both need into the lower package"));
  }

  private Set<String> reachableFrom(String start) {
    Set<String> seen = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(Set.of(start));
    while (!next.isEmpty()) {
      String name = next.pop();
      if (seen.add(name)) {
        next.addAll(imports.getOrDefault(name, Map.of()).keySet());
      }
    }
    return seen;
  }
}
