package dev.weir.testing.fault;

import dev.weir.error.WeirException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Describes a {@link ChildJvm}. Confined to one thread. */
public final class ChildJvmBuilder {
  private static final OpenOption[] APPEND = {StandardOpenOption.CREATE, StandardOpenOption.APPEND};

  private final String mainClass;
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> properties = new TreeMap<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> args = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");
  private Consumer<String> eachLine = line -> {};
  private Optional<Path> log = Optional.empty();

  ChildJvmBuilder(String mainClass) {
    this.mainClass = mainClass;
  }

  /**
   * @param more options of the java command, such as {@code -Xmx256m}
   * @return this
   */
  public ChildJvmBuilder options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /**
   * @param key name of a system property of the child
   * @param value its value
   * @return this
   */
  public ChildJvmBuilder property(String key, String value) {
    properties.put(key, value);
    return this;
  }

  /**
   * @param key name of an environment variable of the child, which otherwise inherits ours
   * @param value its value
   * @return this
   */
  public ChildJvmBuilder environment(String key, String value) {
    environment.put(key, value);
    return this;
  }

  /**
   * @param more arguments of the main class
   * @return this
   */
  public ChildJvmBuilder args(String... more) {
    args.addAll(List.of(more));
    return this;
  }

  /**
   * @param path the class path instead of that of this JVM; it must have this class too
   * @return this
   */
  public ChildJvmBuilder classPath(String path) {
    classPath = path;
    return this;
  }

  /**
   * @param listener sees each line the child prints, on the thread that reads them
   * @return this
   */
  public ChildJvmBuilder eachLine(Consumer<String> listener) {
    eachLine = listener;
    return this;
  }

  /**
   * @param file also gets each line the child prints; is appended to
   * @return this
   */
  public ChildJvmBuilder log(Path file) {
    log = Optional.of(file);
    return this;
  }

  /**
   * @return the running child
   * @throws WeirException if the process cannot be started
   */
  public ChildJvm start() {
    ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Writer file =
          log.isPresent() ? Files.newBufferedWriter(log.get(), APPEND) : Writer.nullWriter();
      Process process = Processes.reapAtEnd(builder.start());
      OutputLines lines = new OutputLines();
      Thread reader =
          new Thread(new OutputPump(process, lines, file, eachLine), "weir-child-" + process.pid());
      reader.setDaemon(true);
      reader.start();
      return new ChildJvm(mainClass, process, lines);
    } catch (IOException e) {
      throw new WeirException(
          "Tried to start "
              + mainClass
              + " in a JVM of its own, the system refused (see the cause); command: "
              + builder.command(),
          e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", classPath, Leash.class.getName(), mainClass));
    command.addAll(args);
    return command;
  }
}
