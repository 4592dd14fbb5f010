package dev.weir.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the whole project to STYLE. There is no list of exceptions. */
class HouseRulesTest {
  private static final int USUAL_LINES = 110;

  private static Project project;
  private static List<Import> imports;

  @BeforeAll
  static void loadProject() {
    project = Project.load();
    imports = project.imports();
  }

  static Stream<SourceRule> sourceRules() {
    return Stream.of(new SizeRule(), new NestingRule(), new NameRule(), new DocumentationRule());
  }

  @ParameterizedTest
  @MethodSource("sourceRules")
  void shouldKeepEachFileSmallFlatNamedAndDocumented(SourceRule rule) {
    List<SourceFile> sources = project.sources();

    assertThat(sources).hasSizeGreaterThan(80);
    assertThat(sources.stream().flatMap(rule::violations)).isEmpty();
  }

  @Test
  void shouldImportOnlyWhatTheTableAllows() {
    assertThat(imports).hasSizeGreaterThan(80);
    assertThat(imports.stream().flatMap(ImportTable::violations)).isEmpty();
  }

  @Test
  void shouldHaveNoPackageCycles() {
    assertThat(new PackageCycles(imports).violations()).isEmpty();
  }

  @Test
  void shouldMeetClockChanceAndFilesOnlyAtTheEdges() {
    List<JavaClass> classes = project.classes("framework", "connectors").toList();

    assertThat(classes).hasSizeGreaterThan(80);
    assertThat(classes.stream().flatMap(EdgeRule::violations).distinct()).isEmpty();
  }

  @Test
  void shouldDocumentEachPackageAndKeepItSmall() {
    List<SourceFile> main = project.sources().stream().filter(SourceFile::isMain).toList();

    assertThat(PackageRule.violations(main)).isEmpty();
  }

  @Test
  void shouldKeepTheUsualFileShort() {
    List<Integer> lines =
        project
            .mainSources("framework", "connectors")
            .filter(file -> !file.isPackageInfo())
            .map(SourceFile::lines)
            .sorted()
            .toList();

    assertThat(lines.get(lines.size() / 2))
        .as("median lines of a main file in framework and connectors; split the longest")
        .isLessThanOrEqualTo(USUAL_LINES);
  }
}
