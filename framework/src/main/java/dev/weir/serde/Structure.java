package dev.weir.serde;

import dev.weir.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** How values of a class with named fields are taken apart and put together. Immutable. */
interface Structure<T> {
  /** Stands for a part that is left as the class makes it. */
  Object UNTOUCHED = new Object();

  Class<T> type();

  /** In the order they are written. */
  List<Member> members();

  /** The parts, in the order of the members. */
  Object[] partsOf(T value);

  /** A value of these parts. */
  T create(Object[] parts);

  /** Whether values never change if their parts do not. */
  boolean isImmutable();

  /** Whether a member that was never written can be {@link #UNTOUCHED}. */
  boolean hasOwnDefaults();

  /** Accessors, setters and constructors that may be used here declare no checked exceptions. */
  static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  /** The schema of a structure whose members are written so. */
  static Schema.RecordOf schemaOf(Structure<?> structure, List<TypeSerializer<?>> parts) {
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Member member = structure.members().get(i);
      fields.add(new Schema.Field(member.name(), parts.get(i).schema(), member.isNullable()));
    }
    return new Schema.RecordOf(structure.type().getSimpleName(), fields);
  }
}
