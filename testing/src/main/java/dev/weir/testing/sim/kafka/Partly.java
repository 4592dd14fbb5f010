package dev.weir.testing.sim.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives an object with some of an interface's methods the whole interface: Kafka's clients have
 * many more than anybody uses. Those that are not there say so.
 */
final class Partly {
  private static final Map<Map.Entry<Class<?>, Method>, Optional<Method>> FOUND =
      new ConcurrentHashMap<>();

  private Partly() {}

  static <T> T implementing(Class<T> type, Object part) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(type, part, method, arguments)));
  }

  private static Object call(Class<?> type, Object part, Method method, Object[] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(part, method, arguments);
    }
    Optional<Method> target =
        FOUND.computeIfAbsent(Map.entry(part.getClass(), method), Partly::find);
    if (target.isEmpty()) {
      throw new UnsupportedOperationException(
          "The simulated "
              + type.getSimpleName()
              + " has no "
              + method
              + ". Use another one, or teach it to "
              + part.getClass().getSimpleName()
              + ".");
    }
    try {
      return target.get().invoke(part, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static Optional<Method> find(Map.Entry<Class<?>, Method> wanted) {
    Method method = wanted.getValue();
    try {
      Method found =
          wanted.getKey().getDeclaredMethod(method.getName(), method.getParameterTypes());
      found.setAccessible(true);
      return Optional.of(found);
    } catch (NoSuchMethodException none) {
      return Optional.empty();
    }
  }

  private static Object ofObject(Object part, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" ->
          Proxy.isProxyClass(arguments[0].getClass())
              && Proxy.getInvocationHandler(arguments[0]).hashCode() == part.hashCode();
      case "hashCode" -> part.hashCode();
      default -> "simulated " + part.getClass().getSimpleName();
    };
  }
}
