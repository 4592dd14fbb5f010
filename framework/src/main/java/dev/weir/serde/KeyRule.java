package dev.weir.serde;

import java.util.List;
import java.util.Optional;

/** What may be a key: what is equal to the one that is read back from its bytes. Pure. */
final class KeyRule {
  private KeyRule() {}

  /** The reason why a serializer cannot write keys, if there is one. */
  static Optional<String> objection(TypeSerializer<?> serializer) {
    if (serializer instanceof ArraySerializer) {
      return Optional.of("arrays are not equal when their elements are");
    }
    if (serializer instanceof StructSerializer<?> struct && !hasEquals(struct.structure().type())) {
      return Optional.of(struct.structure().type().getName() + " has no equals and hashCode");
    }
    return serializer instanceof Composite composite
        ? composite.parts().stream().map(KeyRule::objection).flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  private static boolean hasEquals(Class<?> type) {
    try {
      return type.isRecord()
          || (type.getMethod("equals", Object.class).getDeclaringClass() != Object.class
              && type.getMethod("hashCode").getDeclaringClass() != Object.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every class has equals and hashCode", e);
    }
  }

  /** A serializer made of others. */
  interface Composite {
    /** The serializers of the parts, in the order they are written. */
    List<TypeSerializer<?>> parts();
  }
}
