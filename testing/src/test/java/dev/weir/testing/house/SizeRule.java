package dev.weir.testing.house;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.stmt.BlockStmt;
import java.util.Optional;
import java.util.stream.Stream;

/** Files, method bodies and parameter lists stay small. A record's own components are free. */
final class SizeRule implements SourceRule {
  static final int FILE_LINES = 450;
  static final int BODY_LINES = 50;
  static final int METHOD_PARAMETERS = 5;
  static final int CONSTRUCTOR_PARAMETERS = 7;

  @Override
  public Stream<Violation> violations(SourceFile file) {
    var callables = file.unit().findAll(CallableDeclaration.class).stream();
    return Stream.concat(tooLong(file), callables.flatMap(callable -> callable(file, callable)));
  }

  private static Stream<Violation> tooLong(SourceFile file) {
    return file.lines() <= FILE_LINES
        ? Stream.empty()
        : Stream.of(
            new Violation(
                file.path().toString(),
                file.lines() + " lines, " + FILE_LINES + " are allowed",
                "Split the file by what its parts decide or do"));
  }

  private static Stream<Violation> callable(SourceFile file, CallableDeclaration<?> callable) {
    return Stream.concat(longBody(file, callable), manyParameters(file, callable));
  }

  private static Stream<Violation> longBody(SourceFile file, CallableDeclaration<?> callable) {
    return callable.getChildNodes().stream()
        .filter(BlockStmt.class::isInstance)
        .map(SizeRule::linesInside)
        .filter(lines -> lines > BODY_LINES)
        .map(
            lines ->
                file.violation(
                    callable,
                    callable.getNameAsString()
                        + " has "
                        + lines
                        + " lines, "
                        + BODY_LINES
                        + " are allowed",
                    "Split the decisions off into methods or a class of their own"));
  }

  private static int linesInside(Node block) {
    return block.getRange().map(range -> range.end.line - range.begin.line - 1).orElse(0);
  }

  private static Stream<Violation> manyParameters(
      SourceFile file, CallableDeclaration<?> callable) {
    int allowed =
        callable instanceof ConstructorDeclaration ? CONSTRUCTOR_PARAMETERS : METHOD_PARAMETERS;
    int found = callable.getParameters().size();
    return Optional.of(callable).filter(c -> found > allowed).stream()
        .map(
            c ->
                file.violation(
                    c,
                    c.getNameAsString() + " takes " + found + " parameters, at most " + allowed,
                    "Put what belongs together into a record"));
  }
}
