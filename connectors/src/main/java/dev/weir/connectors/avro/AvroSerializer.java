package dev.weir.connectors.avro;

import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.List;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes Avro records to state: a length and Avro's binary form. The Avro schema is stored with the
 * state; on a restore Avro resolves it against the present one (defaults, aliases, promotions), and
 * what it cannot resolve is refused by name. For values, and for keys whose schema has no maps and
 * never changes. Thread-safe.
 *
 * @param <T> type of the records
 */
public final class AvroSerializer<T> implements TypeSerializer<T> {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "avro";
  private static final TypeSerializer<byte[]> BYTES = TypeSerializers.of(byte[].class);

  private final org.apache.avro.Schema avro;
  private final boolean isSpecific;

  private AvroSerializer(org.apache.avro.Schema avro, boolean isSpecific) {
    this.avro = avro;
    this.isSpecific = isSpecific;
  }

  /**
   * @param type a class that Avro's compiler made
   * @param <T> the class
   * @return its serializer
   */
  public static <T extends SpecificRecord> AvroSerializer<T> of(Class<T> type) {
    return new AvroSerializer<>(SpecificData.get().getSchema(type), true);
  }

  /**
   * @param avro schema of the records
   * @return the serializer of such records
   */
  public static AvroSerializer<GenericRecord> generic(org.apache.avro.Schema avro) {
    return new AvroSerializer<>(Objects.requireNonNull(avro, "avro"), false);
  }

  private GenericData data() {
    return isSpecific ? SpecificData.get() : GenericData.get();
  }

  @Override
  @SuppressWarnings("unchecked") // The writer of the schema takes T.
  public void serialize(T value, DataOutput out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    data().createDatumWriter(avro).write(value, encoder);
    encoder.flush();
    BYTES.serialize(bytes.toByteArray(), out);
  }

  @Override
  public T deserialize(DataInput in) throws IOException {
    return read(avro, in);
  }

  @SuppressWarnings("unchecked") // The reader of the schema gives T.
  private T read(org.apache.avro.Schema written, DataInput in) throws IOException {
    byte[] bytes = BYTES.deserialize(in);
    DatumReader<T> reader = data().createDatumReader(written, avro);
    try {
      return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
      StreamCorruptedException corrupted =
          new StreamCorruptedException("Expected an Avro " + avro.getFullName() + ": " + e);
      corrupted.initCause(e);
      throw corrupted;
    }
  }

  @Override
  public Schema schema() {
    return new Schema.Custom(NAME, avro.toString());
  }

  @Override
  public Resolution<T> resolve(Schema written) {
    if (written.equals(schema())) {
      return Resolution.same(this::deserialize);
    }
    if (!(written instanceof Schema.Custom custom) || !custom.name().equals(NAME)) {
      return Resolution.refused(written, schema(), "keep Avro, or give the state a new name");
    }
    try {
      return resolve(new org.apache.avro.Schema.Parser().parse(custom.details()));
    } catch (SchemaParseException e) {
      return Resolution.refused(written, schema(), "this is no Avro schema: " + e.getMessage());
    }
  }

  private Resolution<T> resolve(org.apache.avro.Schema written) {
    SchemaCompatibilityResult result =
        SchemaCompatibility.checkReaderWriterCompatibility(avro, written).getResult();
    List<Incompatibility> incompatibilities = result.getIncompatibilities();
    return incompatibilities.isEmpty()
        ? new Resolution.Resolved<>(Change.LOSS, in -> read(written, in))
        : new Resolution.Refused<>(incompatibilities.stream().map(this::mismatch).toList());
  }

  private Mismatch mismatch(Incompatibility found) {
    return new Mismatch(
        found.getLocation(),
        found.getWriterFragment().toString(),
        found.getReaderFragment().toString(),
        "Avro says "
            + found.getType()
            + " ("
            + found.getMessage()
            + "); give it a default, an"
            + " alias or its former type");
  }

  @Override
  public T copy(T value) {
    return data().deepCopy(avro, value);
  }
}
