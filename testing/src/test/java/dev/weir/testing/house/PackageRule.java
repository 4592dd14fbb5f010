package dev.weir.testing.house;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each package says what it is for, and stays small enough to be read. */
final class PackageRule {
  static final int TYPES = 25;

  private PackageRule() {}

  /**
   * @param files the main sources of one module
   */
  static Stream<Violation> violations(Collection<SourceFile> files) {
    Map<String, List<SourceFile>> packages =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.module() + " " + file.packageName(),
                    TreeMap::new,
                    Collectors.toList()));
    return packages.entrySet().stream()
        .flatMap(
            entry ->
                Stream.concat(
                    undocumented(entry.getKey(), entry.getValue()),
                    crowded(entry.getKey(), entry.getValue())));
  }

  private static Stream<Violation> undocumented(String name, List<SourceFile> files) {
    return files.stream().anyMatch(SourceFile::isPackageInfo)
        ? Stream.empty()
        : Stream.of(
            new Violation(
                name,
                "no package-info.java",
                "Write one: what the room is for, which thread runs in it, what it may touch"));
  }

  private static Stream<Violation> crowded(String name, List<SourceFile> files) {
    int types = files.stream().mapToInt(file -> file.unit().getTypes().size()).sum();
    return types <= TYPES
        ? Stream.empty()
        : Stream.of(
            new Violation(
                name,
                types + " types, " + TYPES + " are allowed",
                "Find the room within the room and give it a sub-package"));
  }
}
