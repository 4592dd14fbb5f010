package dev.weir.testing.house;

import com.github.javaparser.ast.ImportDeclaration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project as it lies on disk: sources of every module, and the compiled classes of those that
 * are built before this one. The sample is built later, so its imports come from its sources.
 */
final class Project {
  private static final List<String> BUILT_BEFORE = List.of("framework", "connectors", "testing");

  private final Path root;
  private final List<SourceFile> sources;

  private Project(Path root, List<SourceFile> sources) {
    this.root = root;
    this.sources = sources;
  }

  static Project load() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    return new Project(root, sources(root));
  }

  List<SourceFile> sources() {
    return sources;
  }

  Stream<SourceFile> mainSources(String... modules) {
    return sources.stream()
        .filter(file -> file.isMain() && List.of(modules).contains(file.module()));
  }

  Stream<JavaClass> classes(String... modules) {
    JavaClasses classes =
        new ClassFileImporter()
            .importPaths(
                Stream.of(modules)
                    .map(module -> root.resolve(module).resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList());
    return classes.stream();
  }

  /** Every import in main code; of our own and of others' packages. */
  List<Import> imports() {
    return Stream.concat(
            classes(BUILT_BEFORE.toArray(String[]::new))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Project::ofClass),
            sources.stream()
                .filter(file -> file.isMain() && !BUILT_BEFORE.contains(file.module()))
                .flatMap(Project::ofSource))
        .distinct()
        .toList();
  }

  private static Import ofClass(Dependency dependency) {
    JavaClass from = dependency.getOriginClass();
    String outermost = from.getName().substring(from.getPackageName().length() + 1);
    return new Import(
        from.getPackageName(),
        outermost.split("\\$", 2)[0],
        dependency.getTargetClass().getBaseComponentType().getPackageName());
  }

  private static Stream<Import> ofSource(SourceFile file) {
    String type = file.path().getFileName().toString().replace(".java", "");
    return file.unit().getImports().stream()
        .map(declaration -> new Import(file.packageName(), type, packageOf(declaration)));
  }

  /** By our naming, a package's name is what stands before the first capital. */
  private static String packageOf(ImportDeclaration declaration) {
    return declaration.getNameAsString().replaceFirst("\\.[A-Z].*", "");
  }

  private static List<SourceFile> sources(Path root) {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(src -> javaFiles(root, src).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SourceFile> javaFiles(Path root, Path src) {
    try (Stream<Path> files = Files.walk(src)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> SourceFile.parse(root.relativize(file), read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
