package dev.weir.testing.proof.planted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Loads Weir anew, with one of its sources changed and compiled again. Everything else comes from
 * where it came from before. Thread-safe.
 */
final class MutatedEngine extends ClassLoader {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Path classes;

  private MutatedEngine(Path classes) {
    super(MutatedEngine.class.getClassLoader());
    this.classes = classes;
  }

  /** An engine with this mistake, compiled in this folder. */
  static MutatedEngine with(PlantedBug bug, Path folder) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (PlantedBug.Change change : bug.changes()) {
      String before = texts.get(change.source());
      String text = before == null ? Files.readString(ROOT.resolve(change.source())) : before;
      texts.put(change.source(), changed(text, change, bug));
    }
    List<String> changed = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path file = folder.resolve(Path.of(text.getKey()).getFileName());
      Files.writeString(file, text.getValue());
      changed.add(file.toString());
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(bug, changed, classes);
    return new MutatedEngine(classes);
  }

  private static String changed(String text, PlantedBug.Change change, PlantedBug bug) {
    int at = text.indexOf(change.right());
    if (at < 0 || text.indexOf(change.right(), at + 1) >= 0) {
      throw new AssertionError(
          "'"
              + bug.name()
              + "' no longer fits: "
              + change.source()
              + " does not have once: "
              + change.right()
              + ". Change it in PlantedBugs along with the source.");
    }
    return text.replace(change.right(), change.wrong());
  }

  private static void compile(PlantedBug bug, List<String> sources, Path classes) {
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(sources);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new AssertionError(
          "'" + bug.name() + "' does not compile: " + messages.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.weir.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = open(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private InputStream open(String file) throws IOException {
    Path changed = classes.resolve(file);
    return Files.exists(changed)
        ? Files.newInputStream(changed)
        : getParent().getResourceAsStream(file);
  }
}
