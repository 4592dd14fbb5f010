package dev.weir.connectors.json;

import dev.weir.serde.TypeSerializer;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON. Java records, beans, collections and {@code java.time} are known. Instants are
 * written as ISO-8601 and read as that or as epoch milliseconds; properties that the class does not
 * have are ignored. Immutable and thread-safe.
 *
 * @param <T> type of the values
 */
public final class Json<T> implements Serde<T> {
  private static final JsonMapper DEFAULT =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Class<T> type;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private Json(Class<T> type, ObjectMapper mapper) {
    this.type = Objects.requireNonNull(type, "type");
    this.reader = mapper.readerFor(type);
    this.writer = mapper.writerFor(type);
  }

  /**
   * @param type class of the values
   * @param <T> type of the values
   * @return their JSON form
   */
  public static <T> Json<T> of(Class<T> type) {
    return new Json<>(type, DEFAULT);
  }

  /**
   * @param type class of the values
   * @param mapper reads and writes instead of the default one
   * @param <T> type of the values
   * @return their JSON form
   */
  public static <T> Json<T> of(Class<T> type, ObjectMapper mapper) {
    return new Json<>(type, mapper);
  }

  /**
   * Writes values to state as JSON. Convenient, and larger and slower than {@code
   * TypeSerializers.of}; evolution is Jackson's: properties that the class does not have are
   * ignored, those that were not written are null or zero, and what does not fit is found when the
   * value is read. For values, not for keys: JSON of equal values need not be equal.
   *
   * @return the serializer, thread-safe
   */
  public TypeSerializer<T> stateSerializer() {
    return new JsonStateSerializer<>(type, reader, writer);
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : write(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return new JsonDeserializer();
  }

  private byte[] write(T value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new SerializationException(
          "Tried to write a "
              + type.getName()
              + " as JSON, found: "
              + e.getOriginalMessage()
              + ". Make its properties ones that Jackson can write.",
          e);
    }
  }

  private T read(byte[] bytes, int offset, int length) {
    try {
      return reader.readValue(bytes, offset, length);
    } catch (JacksonException e) {
      throw new SerializationException(
          "Tried to read a "
              + type.getName()
              + " from JSON, found at "
              + position(e)
              + ": "
              + e.getOriginalMessage()
              + ". Correct the sender, or the class.",
          e);
    }
  }

  private static String position(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null
        ? "an unknown position"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Reads the bytes where they are. Thread-safe. */
  private final class JsonDeserializer implements Deserializer<T> {
    @Override
    public T deserialize(String topic, byte[] bytes) {
      return bytes == null ? null : read(bytes, 0, bytes.length);
    }

    @Override
    public T deserialize(String topic, Headers headers, ByteBuffer data) {
      if (data == null) {
        return null;
      }
      if (!data.hasArray()) {
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return read(copy, 0, copy.length);
      }
      return read(data.array(), data.arrayOffset() + data.position(), data.remaining());
    }
  }
}
