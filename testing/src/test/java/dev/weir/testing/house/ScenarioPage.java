package dev.weir.testing.house;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of scenarios or nemeses, and the tests that carry their numbers. Pure. */
final class ScenarioPage {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([SN]\\d\\d) \\| ([^|]+) \\|([^|]*)\\|([^|]*)\\|$");
  private static final Pattern ID = Pattern.compile("[SN]\\d\\d");

  private ScenarioPage() {}

  /** A scenario, as it is on the page. */
  record Scenario(String id, boolean isShownOrOpen) {}

  static List<Scenario> scenarios(String page) {
    return ROW.matcher(page)
        .results()
        .map(row -> new Scenario(row.group(1), !(row.group(3) + row.group(4)).isBlank()))
        .toList();
  }

  /** The page with the names of these tests in its third column. */
  static String withTests(String page, Map<String, SortedSet<String>> tests) {
    return ROW.matcher(page).replaceAll(row -> row(row, tests));
  }

  private static String row(MatchResult row, Map<String, SortedSet<String>> tests) {
    String names =
        tests.getOrDefault(row.group(1), new TreeSet<>()).stream()
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s |%s|".formatted(row.group(1), row.group(2), names, row.group(4));
  }

  /** Names of tests, as {@code Class.method}, by the scenarios whose number they carry. */
  static Map<String, SortedSet<String>> tagged(Stream<SourceFile> tests) {
    Map<String, SortedSet<String>> names = new TreeMap<>();
    tests.forEach(
        file ->
            file.unit()
                .findAll(MethodDeclaration.class)
                .forEach(
                    method ->
                        tags(method)
                            .forEach(
                                id ->
                                    names
                                        .computeIfAbsent(id, key -> new TreeSet<>())
                                        .add(typeName(file) + "." + method.getNameAsString()))));
    return names;
  }

  private static Stream<String> tags(MethodDeclaration method) {
    return method.getAnnotations().stream()
        .filter(annotation -> annotation.getNameAsString().equals("Tag"))
        .map(ScenarioPage::text)
        .filter(text -> ID.matcher(text).matches());
  }

  private static String text(AnnotationExpr annotation) {
    return annotation
        .findFirst(StringLiteralExpr.class)
        .map(StringLiteralExpr::asString)
        .orElse("");
  }

  private static String typeName(SourceFile file) {
    return file.path().getFileName().toString().replace(".java", "");
  }
}
