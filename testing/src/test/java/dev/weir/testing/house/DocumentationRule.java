package dev.weir.testing.house;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.nodeTypes.NodeWithAnnotations;
import com.github.javaparser.ast.nodeTypes.NodeWithJavadoc;
import com.github.javaparser.ast.nodeTypes.NodeWithSimpleName;
import com.github.javaparser.ast.nodeTypes.modifiers.NodeWithAccessModifiers;
import java.util.stream.Stream;

/** Everything that a user can see is documented; what only overrides says it above. */
final class DocumentationRule implements SourceRule {
  @Override
  public Stream<Violation> violations(SourceFile file) {
    boolean published =
        file.isMain()
            && !file.module().startsWith("sample")
            && !(file.packageName() + ".").contains(".internal.");
    return published
        ? file.unit().findAll(BodyDeclaration.class).stream()
            .filter(DocumentationRule::isVisible)
            .filter(DocumentationRule::isUndocumented)
            .map(member -> violation(file, member))
        : Stream.empty();
  }

  private static boolean isVisible(Node member) {
    if (!isOpen(member)) {
      return false;
    }
    return member
        .getParentNode()
        .filter(TypeDeclaration.class::isInstance)
        .map(DocumentationRule::isVisible)
        .orElseGet(
            () -> member.getParentNode().filter(p -> p.getParentNode().isEmpty()).isPresent());
  }

  private static boolean isOpen(Node member) {
    if (member instanceof EnumConstantDeclaration) {
      return true;
    }
    if (!(member instanceof NodeWithAccessModifiers<?> modified)
        || !(member instanceof NodeWithSimpleName<?>)) {
      return false;
    }
    return modified.isPublic()
        || modified.isProtected()
        || (!modified.isPrivate() && isInInterface(member));
  }

  private static boolean isInInterface(Node member) {
    return member
        .getParentNode()
        .filter(ClassOrInterfaceDeclaration.class::isInstance)
        .filter(parent -> ((ClassOrInterfaceDeclaration) parent).isInterface())
        .isPresent();
  }

  private static boolean isUndocumented(BodyDeclaration<?> member) {
    boolean overrides = ((NodeWithAnnotations<?>) member).isAnnotationPresent(Override.class);
    return !overrides
        && member instanceof NodeWithJavadoc<?> documented
        && !documented.hasJavaDocComment();
  }

  private static Violation violation(SourceFile file, BodyDeclaration<?> member) {
    String name =
        member instanceof NodeWithSimpleName<?> named ? named.getNameAsString() : "a member";
    return file.violation(
        member,
        name + " is public and has no javadoc",
        "Say what it does, or make it package-private");
  }
}
