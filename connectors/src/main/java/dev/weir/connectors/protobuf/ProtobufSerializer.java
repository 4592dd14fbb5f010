package dev.weir.connectors.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Writes Protobuf messages to state: a length and the message in deterministic order. The types of
 * the fields are stored with the state; on a restore fields are matched by number, as Protobuf
 * does, and a number whose type changed is refused by name. Fields that are no longer declared stay
 * among the unknown ones. For values, and for keys whose type never changes. Thread-safe.
 *
 * @param <M> type of the messages
 */
public final class ProtobufSerializer<M extends Message> implements TypeSerializer<M> {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "protobuf";
  private static final TypeSerializer<byte[]> BYTES = TypeSerializers.of(byte[].class);

  private final M defaultInstance;

  private ProtobufSerializer(M defaultInstance) {
    this.defaultInstance = defaultInstance;
  }

  /**
   * @param defaultInstance such as {@code Order.getDefaultInstance()}
   * @param <M> type of the messages
   * @return their serializer
   */
  public static <M extends Message> ProtobufSerializer<M> of(M defaultInstance) {
    return new ProtobufSerializer<>(Objects.requireNonNull(defaultInstance, "defaultInstance"));
  }

  @Override
  public void serialize(M value, DataOutput out) throws IOException {
    byte[] bytes = new byte[value.getSerializedSize()];
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    coded.useDeterministicSerialization();
    value.writeTo(coded);
    coded.checkNoSpaceLeft();
    BYTES.serialize(bytes, out);
  }

  @Override
  @SuppressWarnings("unchecked") // The parser of an M gives M's.
  public M deserialize(DataInput in) throws IOException {
    return (M) defaultInstance.getParserForType().parseFrom(BYTES.deserialize(in));
  }

  @Override
  public Schema schema() {
    return new Schema.Custom(
        NAME,
        TextFormat.printer()
            .emittingSingleLine(true)
            .printToString(MessageTypes.of(defaultInstance.getDescriptorForType()))
            .trim());
  }

  @Override
  public Resolution<M> resolve(Schema written) {
    if (written.equals(schema())) {
      return Resolution.same(this::deserialize);
    }
    if (!(written instanceof Schema.Custom custom) || !custom.name().equals(NAME)) {
      return Resolution.refused(written, schema(), "keep Protobuf, or give the state a new name");
    }
    try {
      FileDescriptorProto before = TextFormat.parse(custom.details(), FileDescriptorProto.class);
      return resolve(before);
    } catch (TextFormat.ParseException e) {
      return Resolution.refused(written, schema(), "this is no descriptor: " + e.getMessage());
    }
  }

  private Resolution<M> resolve(FileDescriptorProto before) {
    FileDescriptorProto now = MessageTypes.of(defaultInstance.getDescriptorForType());
    List<Mismatch> mismatches = new MessageTypes(before, now).mismatches();
    return mismatches.isEmpty()
        ? new Resolution.Resolved<>(Change.LOSS, this::deserialize)
        : new Resolution.Refused<>(mismatches);
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public M copy(M value) {
    return value;
  }
}
