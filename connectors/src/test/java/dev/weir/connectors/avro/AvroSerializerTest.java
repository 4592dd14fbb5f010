package dev.weir.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import dev.weir.serde.TypeSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class AvroSerializerTest {
  private static final org.apache.avro.Schema V1 =
      parse("[{'name':'customer','type':'string'},{'name':'amount','type':'int'}]");
  private static final org.apache.avro.Schema V2 =
      parse(
          "[{'name':'buyer','aliases':['customer'],'type':'string'},"
              + "{'name':'amount','type':'long'},"
              + "{'name':'tags','type':{'type':'array','items':'string'},'default':[]}]");
  private static final org.apache.avro.Schema WRONG =
      parse(
          "[{'name':'customer','type':'bytes'},{'name':'amount','type':'boolean'},"
              + "{'name':'added','type':'int'}]");

  private static org.apache.avro.Schema parse(String fields) {
    String text = "{'type':'record','name':'Order','namespace':'shop','fields':" + fields + "}";
    return new org.apache.avro.Schema.Parser().parse(text.replace('\'', '"'));
  }

  @Test
  void shouldWriteRecordsInTheSameBytesForEver() throws IOException {
    AvroSerializer<GenericRecord> serializer = AvroSerializer.generic(V1);

    byte[] bytes = bytesOf(serializer, order("ab", 5));

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("04" + "046162" + "0a");
    assertThat(read(serializer::deserialize, bytes)).isEqualTo(order("ab", 5));
    assertThat(serializer.schema().text()).startsWith("avro \"{\\\"type\\\":\\\"record\\\"");
    assertThat(Schema.parse(serializer.schema().text())).isEqualTo(serializer.schema());
  }

  @Test
  void shouldReadTheNextVersionByAvrosOwnRules() throws IOException {
    AvroSerializer<GenericRecord> before = AvroSerializer.generic(V1);
    Schema stored = Schema.parse(before.schema().text());

    Resolution<GenericRecord> resolution = AvroSerializer.generic(V2).resolve(stored);

    assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
    GenericRecord read =
        read(
            ((Resolution.Resolved<GenericRecord>) resolution).reader(),
            bytesOf(before, order("ab", 5)));
    assertThat(read.get("buyer")).hasToString("ab");
    assertThat(read.get("amount")).isEqualTo(5L);
    assertThat(read.get("tags")).isEqualTo(List.of());
  }

  @Test
  void shouldRefuseWhatAvroCannotResolveByName() {
    Resolution<GenericRecord> resolution =
        AvroSerializer.generic(WRONG).resolve(AvroSerializer.generic(V1).schema());

    assertThat(resolution.mismatches())
        .extracting(Mismatch::toString)
        .hasSize(2)
        .anySatisfy(text -> assertThat(text).contains("TYPE_MISMATCH", "boolean"))
        .anySatisfy(text -> assertThat(text).contains("added"));
  }

  @Test
  void shouldRefuseOtherFormats() {
    AvroSerializer<GenericRecord> serializer = AvroSerializer.generic(V1);

    assertThat(serializer.resolve(Schema.Basic.LONG).mismatches()).hasSize(1);
    assertThat(serializer.resolve(new Schema.Custom("avro", "{")).mismatches()).hasSize(1);
    assertThat(serializer.resolve(serializer.schema()).mismatches()).isEmpty();
  }

  @Test
  void shouldCopyDeeply() {
    AvroSerializer<GenericRecord> serializer = AvroSerializer.generic(V1);
    GenericRecord order = order("ab", 5);

    serializer.copy(order).put("amount", 6);

    assertThat(order.get("amount")).isEqualTo(5);
  }

  @Test
  void shouldAnswerHostileBytesWithAnIoExceptionAtMost() throws IOException {
    AvroSerializer<GenericRecord> serializer = AvroSerializer.generic(V2);
    GenericRecord order = new GenericData.Record(V2);
    order.put("buyer", "ab");
    order.put("amount", 5L);
    order.put("tags", List.of("x", "y"));
    byte[] good = bytesOf(serializer, order);
    for (int length = 0; length < good.length; length++) {
      assertThat(failure(serializer, Arrays.copyOf(good, length))).isInstanceOf(IOException.class);
    }
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] hostile = good.clone();
      for (int i = 0; i < 3; i++) {
        hostile[random.nextInt(good.length)] = (byte) (i == 0 ? 0xFF : random.nextInt());
      }

      Throwable failure = failure(serializer, hostile);

      assertThat(failure == null || failure instanceof IOException)
          .as("seed %s gave %s", seed, failure)
          .isTrue();
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

  private static GenericRecord order(String customer, int amount) {
    GenericRecord order = new GenericData.Record(V1);
    order.put("customer", new Utf8(customer));
    order.put("amount", amount);
    return order;
  }

  private static <T> byte[] bytesOf(TypeSerializer<T> serializer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.serialize(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T read(ValueReader<T> reader, byte[] bytes) throws IOException {
    return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
