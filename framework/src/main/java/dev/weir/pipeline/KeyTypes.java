package dev.weir.pipeline;

import dev.weir.error.InvalidPipelineException;
import dev.weir.function.KeySelector;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Sees a key's type in a selector's own signature: a serializable lambda or method reference can
 * describe itself, and a class has its methods. Looks only; serializes nothing.
 */
final class KeyTypes {
  private KeyTypes() {}

  @SuppressWarnings("unchecked") // The type comes from the selector that returns K.
  static <K> TypeSerializer<K> serializerOf(KeySelector<?, K> selector) {
    Class<?> type = returnTypeOf(selector);
    if (type == Object.class || type.isInterface() || type.getTypeParameters().length > 0) {
      throw new InvalidPipelineException(
          "keyBy cannot see the key's type: its selector gives "
              + type.getName()
              + ". Say how keys are written: keyBy(selector, TypeSerializers.of(KeyType.class)).");
    }
    return (TypeSerializer<K>) TypeSerializers.of(type);
  }

  private static Class<?> returnTypeOf(KeySelector<?, ?> selector) {
    try {
      return selector.getClass().isSynthetic() || selector.getClass().isHidden()
          ? returnTypeOfLambda(selector)
          : returnTypeOfMethod(selector);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new InvalidPipelineException(
          "keyBy cannot see the key's type in "
              + selector.getClass().getName()
              + ". Say how keys are written: keyBy(selector, TypeSerializers.of(KeyType.class)).",
          e);
    }
  }

  private static Class<?> returnTypeOfLambda(KeySelector<?, ?> selector)
      throws ReflectiveOperationException {
    Method describe = selector.getClass().getDeclaredMethod("writeReplace");
    describe.setAccessible(true);
    SerializedLambda lambda = (SerializedLambda) describe.invoke(selector);
    Class<?> declared =
        MethodType.fromMethodDescriptorString(
                lambda.getInstantiatedMethodType(), selector.getClass().getClassLoader())
            .returnType();
    return declared;
  }

  private static Class<?> returnTypeOfMethod(KeySelector<?, ?> selector) {
    return Arrays.stream(selector.getClass().getMethods())
        .filter(method -> method.getName().equals("key") && !method.isBridge())
        .findFirst()
        .orElseThrow()
        .getReturnType();
  }
}
