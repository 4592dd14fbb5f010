package dev.weir.internal.key;

import dev.weir.internal.base.ByteInput;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Writes the owner and behind it the entry, so that the bytes of an owner's entries begin alike and
 * are ordered as the entries are. An entry reaches to the end of the input. Stateless.
 *
 * @param owner writes owners
 * @param entry what the bytes of an entry are written by
 * @param <O> type of the owner
 */
public record EntryKeySerializer<O>(TypeSerializer<O> owner, TypeSerializer<?> entry)
    implements TypeSerializer<EntryKey<O>> {
  private static final String NAME = "entry";

  @Override
  public void serialize(EntryKey<O> value, DataOutput out) throws IOException {
    owner.serialize(value.owner(), out);
    out.write(value.entry());
  }

  @Override
  public EntryKey<O> deserialize(DataInput in) throws IOException {
    O read = owner.deserialize(in);
    byte[] bytes = new byte[((ByteInput) in).remaining()];
    in.readFully(bytes);
    return new EntryKey<>(read, bytes);
  }

  @Override
  public Schema schema() {
    return new Schema.RecordOf(
        NAME,
        List.of(
            new Schema.Field("owner", owner.schema(), false),
            new Schema.Field("entry", entry.schema(), false)));
  }

  @Override
  public Resolution<EntryKey<O>> resolve(Schema written) {
    if (written instanceof Schema.RecordOf parts
        && parts.name().equals(NAME)
        && parts.fields().size() == 2) {
      return Resolution.both(
          owner.resolve(parts.fields().get(0).schema()).at("owner"),
          entry.resolve(parts.fields().get(1).schema()).at("entry"),
          (owners, entries) -> this::deserialize);
    }
    return Resolution.refused(written, schema(), "keep the kind of state, or give it a new name");
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public EntryKey<O> copy(EntryKey<O> value) {
    return value;
  }

  /** The hash of entries: their owner's. */
  KeyHash<EntryKey<O>> keyHash() {
    KeyHash<O> owners = KeyHash.of(owner);
    return key -> owners.hash(key.owner());
  }
}
