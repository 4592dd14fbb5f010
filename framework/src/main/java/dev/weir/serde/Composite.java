package dev.weir.serde;

import java.util.List;

/** A serializer made of others. */
interface Composite {
  /** The serializers of the parts, in the order they are written. */
  List<TypeSerializer<?>> parts();
}
