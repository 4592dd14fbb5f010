package dev.weir.cli;

import dev.weir.error.InvalidPipelineException;
import dev.weir.pipeline.Pipeline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds a pipeline in a user's classes. Stateless. */
final class UserPipeline {
  private static final String USUAL = "pipeline";

  private UserPipeline() {}

  /** Sees these jars and folders before anything is looked for. */
  static ClassLoader loader(List<Path> classPath) {
    List<URL> urls = new ArrayList<>();
    for (Path path : classPath) {
      try {
        urls.add(path.toAbsolutePath().toUri().toURL());
      } catch (MalformedURLException e) {
        throw refused("read the class path " + path, e.toString(), e);
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), UserPipeline.class.getClassLoader());
  }

  /**
   * Makes the pipeline.
   *
   * @param name a class that is a {@code Supplier<Pipeline>} or has a static method {@code
   *     pipeline()}; or a class, {@code ::} and the name of another static method without
   *     parameters
   */
  static Pipeline of(String name, ClassLoader loader) {
    String[] parts = name.split("::", 2);
    try {
      Class<?> type = Class.forName(parts[0], true, loader);
      Object made =
          parts.length == 1 && Supplier.class.isAssignableFrom(type)
              ? ((Supplier<?>) type.getDeclaredConstructor().newInstance()).get()
              : method(type, parts.length == 2 ? parts[1] : USUAL).invoke(null);
      if (made instanceof Pipeline pipeline) {
        return pipeline;
      }
      throw refused("make the pipeline of " + name, "it gave " + made, null);
    } catch (InvocationTargetException e) {
      throw refused("make the pipeline of " + name, "it threw " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw refused("find the pipeline " + name, e.toString(), e);
    }
  }

  private static Method method(Class<?> type, String name) throws ReflectiveOperationException {
    Method method = type.getMethod(name);
    if (!Modifier.isStatic(method.getModifiers())) {
      throw new NoSuchMethodException(method + " is not static");
    }
    return method;
  }

  private static InvalidPipelineException refused(String tried, String found, Throwable cause) {
    return new InvalidPipelineException(
        "Tried to "
            + tried
            + ": "
            + found
            + ". Name a public class that is a Supplier<Pipeline>, or one with a public static"
            + " method pipeline(), or Class::method; and its jar with --class-path.",
        cause);
  }
}
