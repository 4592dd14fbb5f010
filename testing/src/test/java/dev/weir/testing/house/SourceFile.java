package dev.weir.testing.house;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.nodeTypes.NodeWithName;
import java.nio.file.Path;

/**
 * One Java source, parsed.
 *
 * @param path relative to the project's root, its first name is the module
 * @param lines how many lines the file has
 * @param unit its syntax tree
 */
record SourceFile(Path path, int lines, CompilationUnit unit) {
  static SourceFile parse(Path path, String text) {
    var parser = new JavaParser(new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17));
    var result = parser.parse(text);
    if (!result.isSuccessful()) {
      throw new IllegalArgumentException("Cannot parse " + path + ": " + result.getProblems());
    }
    return new SourceFile(path, Math.toIntExact(text.lines().count()), result.getResult().get());
  }

  String module() {
    return path.getName(0).toString();
  }

  boolean isMain() {
    return path.startsWith(Path.of(module(), "src", "main"));
  }

  boolean isPackageInfo() {
    return path.endsWith("package-info.java");
  }

  String packageName() {
    return unit.getPackageDeclaration().map(NodeWithName::getNameAsString).orElse("");
  }

  Violation violation(Node at, String found, String remedy) {
    String line = at.getBegin().map(begin -> ":" + begin.line).orElse("");
    return new Violation(path + line, found, remedy);
  }
}
