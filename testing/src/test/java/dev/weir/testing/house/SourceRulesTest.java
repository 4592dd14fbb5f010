package dev.weir.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRulesTest {
  private static final Path PATH = Path.of("framework", "src", "main", "java", "Planted.java");

  @Test
  void shouldNameFileLineFindingAndRemedy() {
    String source = "class Planted {\n  class OutputManager {}\n}\n";

    List<String> messages = check(new NameRule(), source);

    assertThat(messages)
        .singleElement()
        .asString()
        .startsWith(PATH + ":2: OutputManager says nothing about what it does. Name it after");
  }

  @Test
  void shouldRefuseEmptyNames() {
    for (String name : List.of("StoreImpl", "AbstractTask", "BaseTask", "IoUtils", "IoHelper")) {
      assertThat(check(new NameRule(), "final class " + name + " {}")).as(name).hasSize(1);
    }
  }

  @Test
  void shouldAcceptNamesThatOnlyContainTheRefusedOnes() {
    for (String name : List.of("Baseline", "Simple", "Abstraction", "Utility", "ManagerView")) {
      assertThat(check(new NameRule(), "final class " + name + " {}")).as(name).isEmpty();
    }
  }

  @Test
  void shouldRefuseGetterButNotLookupOrOverride() {
    String getter = "interface Planted { int getSize(); }";
    String lookup = "interface Planted { int getOrDefault(int key); int get(); }";
    String override = "class Planted { @Override public int getSize() { return 1; } }";

    assertThat(check(new NameRule(), getter)).hasSize(1);
    assertThat(check(new NameRule(), lookup)).isEmpty();
    assertThat(check(new NameRule(), override)).isEmpty();
  }

  @Test
  void shouldAllowFileOfExactlyTheLimit() {
    String atLimit = "class Planted {}\n" + "//\n".repeat(SizeRule.FILE_LINES - 1);

    assertThat(check(new SizeRule(), atLimit)).isEmpty();
    assertThat(check(new SizeRule(), atLimit + "//\n")).hasSize(1);
  }

  @Test
  void shouldAllowBodyOfExactlyTheLimit() {
    String atLimit = "class Planted { void run() {\n" + "//\n".repeat(SizeRule.BODY_LINES) + "} }";
    String beyond = atLimit.replaceFirst("//", "//\n//");
    String constructor = beyond.replace("void run", "Planted");

    assertThat(check(new SizeRule(), atLimit)).isEmpty();
    assertThat(check(new SizeRule(), beyond)).hasSize(1);
    assertThat(check(new SizeRule(), constructor)).hasSize(1);
  }

  @Test
  void shouldCountParametersOfMethodsAndConstructorsButNotOfRecords() {
    String five = "int a, int b, int c, int d, int e";
    String eight = five + ", int f, int g, int h";

    assertThat(check(new SizeRule(), "interface P { void run(" + five + "); }")).isEmpty();
    assertThat(check(new SizeRule(), "interface P { void run(" + five + ", int f); }")).hasSize(1);
    assertThat(check(new SizeRule(), "class P { P(" + five + ", int f, int g) {} }")).isEmpty();
    assertThat(check(new SizeRule(), "class P { P(" + eight + ") {} }")).hasSize(1);
    assertThat(check(new SizeRule(), "record P(" + eight + ") { P { } }")).isEmpty();
  }

  @Test
  void shouldRefuseTheFourthLevelOfNesting() {
    String three = "if (a) { for (;;) { try { run(); } finally { run(); } } }";
    String four = three.replace("try { run(); }", "try { while (a) { run(); } }");

    assertThat(check(new NestingRule(), method(three))).isEmpty();
    assertThat(check(new NestingRule(), method(four))).hasSize(1);
  }

  @Test
  void shouldCountElseIfOnceAndStartAnewInLambda() {
    String chain = "if (a) {} else if (b) {} else if (c) {} else if (d) {} else { if (e) {} }";
    String lambda = "if (a) { if (b) { if (c) { call(() -> { if (d) {} }); } } }";

    assertThat(check(new NestingRule(), method(chain))).isEmpty();
    assertThat(check(new NestingRule(), method(lambda))).isEmpty();
  }

  @Test
  void shouldAskForJavadocOfWhatUsersSee() {
    String type = "public interface Planted {}";
    String member = "/** A. */ public interface Planted { void run(); }";
    String nested = "/** A. */ public final class Planted { public static class Inner {} }";
    String constant = "/** A. */ public enum Planted { ONE }";

    assertThat(check(new DocumentationRule(), type)).hasSize(1);
    assertThat(check(new DocumentationRule(), member)).hasSize(1);
    assertThat(check(new DocumentationRule(), nested)).hasSize(1);
    assertThat(check(new DocumentationRule(), constant)).hasSize(1);
  }

  @Test
  void shouldAskForNoJavadocOfTheRest() {
    String hidden = "class Planted { public void run() {} }";
    String override = "/** A. */ public class Planted { @Override public void run() {} }";
    String internal = "package dev.weir.internal.task; public class Planted {}";
    String inside = "/** A. */ public interface Planted { private void run() {} }";

    assertThat(check(new DocumentationRule(), hidden)).isEmpty();
    assertThat(check(new DocumentationRule(), override)).isEmpty();
    assertThat(check(new DocumentationRule(), internal)).isEmpty();
    assertThat(check(new DocumentationRule(), inside)).isEmpty();
  }

  @Test
  void shouldAskForPackageInfo() {
    var documented =
        SourceFile.parse(PATH.resolveSibling("package-info.java"), "/** For. */ package a;");
    var type = SourceFile.parse(PATH, "package a; class Planted {}");

    assertThat(PackageRule.violations(List.of(type))).hasSize(1);
    assertThat(PackageRule.violations(List.of(type, documented))).isEmpty();
  }

  @Test
  void shouldRefuseCrowdedPackage() {
    var info = SourceFile.parse(PATH.resolveSibling("package-info.java"), "package a;");
    var full = SourceFile.parse(PATH, "package a;" + "class A {}".repeat(PackageRule.TYPES));
    var more = SourceFile.parse(PATH, "package a; class Planted {}");

    assertThat(PackageRule.violations(List.of(info, full))).isEmpty();
    assertThat(PackageRule.violations(List.of(info, full, more))).hasSize(1);
  }

  private static String method(String body) {
    return "class Planted { void run() { " + body + " } }";
  }

  private static List<String> check(SourceRule rule, String source) {
    return rule.violations(SourceFile.parse(PATH, source)).map(Violation::toString).toList();
  }
}
