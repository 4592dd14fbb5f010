package dev.weir.internal.state.pertask;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.state.BottomStore;
import dev.weir.schema.Change;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A state as one task has written it, with its types of then, big-endian.
 *
 * <pre>
 *   string name   byte schemas { string schema }   int elements   int length and bytes of them
 *
 *   string: as the serializer of String writes it
 * </pre>
 *
 * @param name its name
 * @param schemas one of a list, that of keys and that of values of a map
 * @param count number of elements
 * @param bytes all elements
 */
record WrittenState(String name, List<Schema> schemas, int count, byte[] bytes) {
  private static final TypeSerializer<String> STRINGS = TypeSerializers.of(String.class);

  /** Writes a state as it is now. */
  static WrittenState of(KeptState<?> state) throws IOException {
    ByteOutput out = new ByteOutput(256);
    state.writeTo(out);
    return new WrittenState(state.name(), state.schemas(), state.size(), out.toByteArray());
  }

  void writeTo(ByteOutput out) throws IOException {
    STRINGS.serialize(name, out);
    out.writeByte(schemas.size());
    for (Schema schema : schemas) {
      STRINGS.serialize(schema.text(), out);
    }
    out.writeInt(count);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads one, trusting nothing. */
  static WrittenState readFrom(ByteInput in) throws IOException {
    String name = STRINGS.deserialize(in);
    int parts = in.readUnsignedByte();
    List<Schema> schemas = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      schemas.add(schema(STRINGS.deserialize(in)));
    }
    int count = in.readInt();
    int length = in.readInt();
    if (count < 0 || length < 0 || length > in.remaining()) {
      throw new IOException(
          "state '" + name + "' has " + count + " elements in " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new WrittenState(name, schemas, count, bytes);
  }

  private static Schema schema(String text) throws IOException {
    try {
      return Schema.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Why it cannot be read as this state, without the last full stop; empty: it can. */
  Optional<String> misfit(KeptState<?> declared) {
    if (declared.schemas().size() != schemas.size()) {
      return Optional.of(
          "was written as "
              + kind(schemas)
              + " and is declared as "
              + kind(declared.schemas())
              + ". Keep the kind of state, or give the new one a new name");
    }
    return BottomStore.Target.told("does not fit: ", declared.resolve(schemas).mismatches());
  }

  private static String kind(List<Schema> schemas) {
    return schemas.size() == 1 ? "a list" : "broadcast entries";
  }

  /** Whether elements are written otherwise now. */
  boolean isRewritten(KeptState<?> declared) {
    return declared.resolve(schemas) instanceof Resolution.Resolved<?> readable
        && readable.change().compareTo(Change.NAMES) > 0;
  }

  /** All elements, as types of now; of a state that it fits. */
  <E> List<E> elements(KeptState<E> declared) throws IOException {
    if (declared.resolve(schemas) instanceof Resolution.Resolved<E> readable) {
      ByteInput in = new ByteInput().wrap(bytes, 0, bytes.length);
      List<E> elements = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        elements.add(readable.reader().read(in));
      }
      if (in.remaining() > 0) {
        throw new IOException(
            "state '" + name + "' has " + in.remaining() + " bytes behind its last element");
      }
      return elements;
    }
    throw new IllegalArgumentException("State " + name + " does not fit");
  }
}
