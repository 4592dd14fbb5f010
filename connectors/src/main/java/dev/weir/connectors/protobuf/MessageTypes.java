package dev.weir.connectors.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.weir.schema.Mismatch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares the types that a message is made of, before and now, by field numbers [1]. One use, one
 * thread.
 *
 * <p>[1] Protocol Buffers documentation, "Updating A Message Type". We take what keeps every digit:
 * 32 bits as 64, booleans and enums as integers, strings as bytes.
 */
final class MessageTypes {
  private static final Map<FieldDescriptorProto.Type, Set<FieldDescriptorProto.Type>> WIDER =
      Map.of(
          FieldDescriptorProto.Type.TYPE_INT32, EnumSet.of(FieldDescriptorProto.Type.TYPE_INT64),
          FieldDescriptorProto.Type.TYPE_UINT32,
              EnumSet.of(
                  FieldDescriptorProto.Type.TYPE_UINT64, FieldDescriptorProto.Type.TYPE_INT64),
          FieldDescriptorProto.Type.TYPE_SINT32, EnumSet.of(FieldDescriptorProto.Type.TYPE_SINT64),
          FieldDescriptorProto.Type.TYPE_BOOL,
              EnumSet.of(
                  FieldDescriptorProto.Type.TYPE_INT32,
                  FieldDescriptorProto.Type.TYPE_INT64,
                  FieldDescriptorProto.Type.TYPE_UINT32),
          FieldDescriptorProto.Type.TYPE_ENUM,
              EnumSet.of(
                  FieldDescriptorProto.Type.TYPE_INT32, FieldDescriptorProto.Type.TYPE_INT64),
          FieldDescriptorProto.Type.TYPE_STRING, EnumSet.of(FieldDescriptorProto.Type.TYPE_BYTES));

  private final Map<String, DescriptorProto> before;
  private final Map<String, DescriptorProto> now;
  private final String root;
  private final String rootBefore;
  private final Set<String> seen = new HashSet<>();
  private final List<Mismatch> mismatches = new ArrayList<>();

  MessageTypes(FileDescriptorProto before, FileDescriptorProto now) {
    this.before = byName(before);
    this.now = byName(now);
    this.rootBefore = before.getName();
    this.root = now.getName();
  }

  /** All types that a message is made of, under their full names; the file's name is its own. */
  static FileDescriptorProto of(Descriptor message) {
    Map<String, DescriptorProto> types = new LinkedHashMap<>();
    collect(message, types);
    return FileDescriptorProto.newBuilder()
        .setName(message.getFullName())
        .addAllMessageType(types.values())
        .build();
  }

  private static void collect(Descriptor message, Map<String, DescriptorProto> types) {
    if (types.containsKey(message.getFullName())) {
      return;
    }
    DescriptorProto.Builder type = DescriptorProto.newBuilder().setName(message.getFullName());
    types.put(message.getFullName(), type.buildPartial());
    for (FieldDescriptor field : message.getFields()) {
      type.addField(plain(field));
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        collect(field.getMessageType(), types);
      }
    }
    types.put(message.getFullName(), type.build());
  }

  /** What decides about the bytes, and the name for people. */
  private static FieldDescriptorProto plain(FieldDescriptor field) {
    FieldDescriptorProto.Builder plain =
        FieldDescriptorProto.newBuilder()
            .setName(field.getName())
            .setNumber(field.getNumber())
            .setType(field.toProto().getType())
            .setLabel(field.isRepeated() ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      plain.setTypeName(field.getMessageType().getFullName());
    }
    return plain.build();
  }

  private static Map<String, DescriptorProto> byName(FileDescriptorProto file) {
    Map<String, DescriptorProto> types = new HashMap<>();
    file.getMessageTypeList().forEach(type -> types.put(type.getName(), type));
    return types;
  }

  List<Mismatch> mismatches() {
    compare(rootBefore, root, "");
    return mismatches;
  }

  private void compare(String typeBefore, String typeNow, String path) {
    if (!seen.add(typeBefore + " " + typeNow)) {
      return;
    }
    DescriptorProto empty = DescriptorProto.getDefaultInstance();
    for (FieldDescriptorProto field : now.getOrDefault(typeNow, empty).getFieldList()) {
      for (FieldDescriptorProto other : before.getOrDefault(typeBefore, empty).getFieldList()) {
        if (other.getNumber() == field.getNumber()) {
          compare(other, field, path.isEmpty() ? field.getName() : path + "." + field.getName());
        }
      }
    }
  }

  private void compare(FieldDescriptorProto was, FieldDescriptorProto is, String path) {
    boolean isRead =
        was.getLabel() == is.getLabel()
            && (was.getType() == is.getType()
                || WIDER.getOrDefault(was.getType(), Set.of()).contains(is.getType()));
    if (!isRead) {
      mismatches.add(
          new Mismatch(
              path,
              described(was),
              described(is),
              "keep the type of number " + is.getNumber() + ", or give the field a new number"));
    } else if (is.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE) {
      compare(was.getTypeName(), is.getTypeName(), path);
    }
  }

  private static String described(FieldDescriptorProto field) {
    String type = field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
    return (field.getLabel() == Label.LABEL_REPEATED ? "repeated " : "") + type;
  }
}
