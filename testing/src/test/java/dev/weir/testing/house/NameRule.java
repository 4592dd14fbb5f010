package dev.weir.testing.house;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Types are called after what they are or how they do it; accessors have no prefix. */
final class NameRule implements SourceRule {
  private static final Pattern EMPTY_NAME =
      Pattern.compile("(Abstract|Base)[A-Z].*|.*(Impl|Utils?|Helpers?|Manager)");
  private static final Pattern GETTER = Pattern.compile("get[A-Z].*");

  @Override
  public Stream<Violation> violations(SourceFile file) {
    return Stream.concat(emptyNames(file), getters(file));
  }

  private static Stream<Violation> emptyNames(SourceFile file) {
    return file.unit().findAll(TypeDeclaration.class).stream()
        .filter(type -> EMPTY_NAME.matcher(type.getNameAsString()).matches())
        .map(
            type ->
                file.violation(
                    type,
                    type.getNameAsString() + " says nothing about what it does",
                    "Name it after how it works (FileSnapshotStore), without"
                        + " Impl, Abstract, Base, Util, Helper or Manager"));
  }

  private static Stream<Violation> getters(SourceFile file) {
    return file.unit().findAll(MethodDeclaration.class).stream()
        .filter(method -> GETTER.matcher(method.getNameAsString()).matches())
        .filter(method -> method.getParameters().isEmpty())
        .filter(method -> !method.isAnnotationPresent(Override.class))
        .map(
            method ->
                file.violation(
                    method,
                    method.getNameAsString() + "() has a get prefix",
                    "Name the accessor after the thing"));
  }
}
