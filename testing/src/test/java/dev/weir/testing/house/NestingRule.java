package dev.weir.testing.house;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchStmt;
import com.github.javaparser.ast.stmt.SynchronizedStmt;
import com.github.javaparser.ast.stmt.TryStmt;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.Set;
import java.util.stream.Stream;

/** Control statements stand at most three deep. A lambda or a class in a method starts anew. */
final class NestingRule implements SourceRule {
  static final int DEPTH = 3;

  private static final Set<Class<? extends Statement>> NESTING =
      Set.of(
          DoStmt.class,
          ForEachStmt.class,
          ForStmt.class,
          IfStmt.class,
          SwitchStmt.class,
          SynchronizedStmt.class,
          TryStmt.class,
          WhileStmt.class);

  @Override
  public Stream<Violation> violations(SourceFile file) {
    return file.unit().findAll(Statement.class).stream()
        .filter(statement -> nests(statement) && depth(statement) == DEPTH + 1)
        .map(
            statement ->
                file.violation(
                    statement,
                    "control statements nest more than " + DEPTH + " deep",
                    "Return early, or give the inner part a method and a name"));
  }

  private static int depth(Node statement) {
    int depth = 0;
    for (Node node = statement; !startsAnew(node); node = node.getParentNode().orElseThrow()) {
      depth += nests(node) ? 1 : 0;
    }
    return depth;
  }

  private static boolean startsAnew(Node node) {
    return node instanceof BodyDeclaration || node instanceof LambdaExpr;
  }

  private static boolean nests(Node node) {
    return NESTING.contains(node.getClass()) && !isElseIf(node);
  }

  private static boolean isElseIf(Node node) {
    return node.getParentNode()
        .filter(IfStmt.class::isInstance)
        .flatMap(parent -> ((IfStmt) parent).getElseStmt())
        .filter(node::equals)
        .isPresent();
  }
}
