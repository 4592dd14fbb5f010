package dev.weir.connectors.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProtobufSerializerTest {
  private static final Descriptor V1 =
      order(
          field("customer", 1, FieldDescriptorProto.Type.TYPE_STRING),
          field("amount", 2, FieldDescriptorProto.Type.TYPE_INT32));
  private static final Descriptor V2 =
      order(
          field("buyer", 1, FieldDescriptorProto.Type.TYPE_BYTES),
          field("amount", 2, FieldDescriptorProto.Type.TYPE_INT64),
          field("note", 3, FieldDescriptorProto.Type.TYPE_STRING));
  private static final Descriptor WRONG =
      order(
          field("customer", 1, FieldDescriptorProto.Type.TYPE_STRING).toBuilder()
              .setLabel(Label.LABEL_REPEATED)
              .build(),
          field("amount", 2, FieldDescriptorProto.Type.TYPE_DOUBLE));

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL)
        .build();
  }

  /** An order with a line that has these fields. */
  private static Descriptor order(FieldDescriptorProto... fields) {
    FieldDescriptorProto line =
        field("line", 9, FieldDescriptorProto.Type.TYPE_MESSAGE).toBuilder()
            .setTypeName(".shop.Line")
            .build();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("shop.proto")
            .setPackage("shop")
            .setSyntax("proto3")
            .addMessageType(DescriptorProto.newBuilder().setName("Order").addField(line))
            .addMessageType(
                DescriptorProto.newBuilder().setName("Line").addAllField(Arrays.asList(fields)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Order");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldWriteMessagesInTheSameBytesForEver() throws IOException {
    ProtobufSerializer<Timestamp> serializer =
        ProtobufSerializer.of(Timestamp.getDefaultInstance());
    Timestamp value = Timestamp.newBuilder().setSeconds(5).setNanos(7).build();

    byte[] bytes = bytesOf(serializer, value);

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("04" + "0805" + "1007");
    assertThat(read(serializer, bytes)).isEqualTo(value);
    assertThat(serializer.copy(value)).isSameAs(value);
    assertThat(serializer.isImmutable()).isTrue();
    assertThat(serializer.schema().text())
        .startsWith("protobuf \"name: \\\"google.protobuf.Timestamp\\\"")
        .contains("seconds", "TYPE_INT64");
    assertThat(Schema.parse(serializer.schema().text())).isEqualTo(serializer.schema());
  }

  @Test
  void shouldReadTheNextVersionByFieldNumber() throws IOException {
    ProtobufSerializer<DynamicMessage> before = serializer(V1);
    ProtobufSerializer<DynamicMessage> now = serializer(V2);
    Schema stored = Schema.parse(before.schema().text());
    byte[] bytes = bytesOf(before, message(V1, "Ada", 5));

    Resolution<DynamicMessage> resolution = now.resolve(stored);

    assertThat(resolution.mismatches()).isEmpty();
    DynamicMessage read =
        ((Resolution.Resolved<DynamicMessage>) resolution)
            .reader()
            .read(new DataInputStream(new ByteArrayInputStream(bytes)));
    DynamicMessage line = (DynamicMessage) read.getField(V2.findFieldByName("line"));
    Descriptor type = line.getDescriptorForType();
    assertThat(line.getField(type.findFieldByName("buyer")))
        .isEqualTo(ByteString.copyFromUtf8("Ada"));
    assertThat(line.getField(type.findFieldByName("amount"))).isEqualTo(5L);
  }

  @Test
  void shouldRefuseANumberWhoseTypeChanged() {
    assertThat(serializer(WRONG).resolve(serializer(V1).schema()).mismatches())
        .extracting(Mismatch::path, Mismatch::written, Mismatch::declared)
        .containsExactly(
            tuple("line.customer", "string", "repeated string"),
            tuple("line.amount", "int32", "double"));
  }

  @Test
  void shouldRefuseOtherFormats() {
    ProtobufSerializer<DynamicMessage> serializer = serializer(V1);

    assertThat(serializer.resolve(Schema.Basic.LONG).mismatches()).hasSize(1);
    assertThat(serializer.resolve(new Schema.Custom("protobuf", "}")).mismatches()).hasSize(1);
    assertThat(serializer.resolve(serializer.schema()).mismatches()).isEmpty();
  }

  @Test
  void shouldAnswerDamagedBytesWithAnIoException() throws IOException {
    ProtobufSerializer<DynamicMessage> serializer = serializer(V1);
    byte[] good = bytesOf(serializer, message(V1, "Ada", 5));
    for (int length = 0; length < good.length; length++) {
      assertThat(failure(serializer, Arrays.copyOf(good, length))).isInstanceOf(IOException.class);
    }
    for (int i = 0; i < good.length; i++) {
      byte[] hostile = good.clone();
      hostile[i] = (byte) 0xFF;

      Throwable failure = failure(serializer, hostile);

      assertThat(failure == null || failure instanceof IOException).as("%s", failure).isTrue();
    }
  }

  private static Throwable failure(TypeSerializer<?> serializer, byte[] bytes) {
    try {
      serializer.deserialize(new DataInputStream(new ByteArrayInputStream(bytes)));
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private static ProtobufSerializer<DynamicMessage> serializer(Descriptor type) {
    return ProtobufSerializer.of(DynamicMessage.getDefaultInstance(type));
  }

  private static DynamicMessage message(Descriptor order, String customer, int amount) {
    Descriptor line = order.findFieldByName("line").getMessageType();
    return DynamicMessage.newBuilder(order)
        .setField(
            order.findFieldByName("line"),
            DynamicMessage.newBuilder(line)
                .setField(line.findFieldByName("customer"), customer)
                .setField(line.findFieldByName("amount"), amount)
                .build())
        .build();
  }

  private static <T> byte[] bytesOf(TypeSerializer<T> serializer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.serialize(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
