package dev.weir.connectors.kafka.source;

import dev.weir.error.PoisonRecordException;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes records and says which one could not be. Confined to the task's thread. */
final class RecordReading<T> {
  private static final int MAX_PREVIEW_BYTES = 200;

  private final KafkaRecordDecoder<T> decoder;
  private final Counter leftOut;

  RecordReading(KafkaRecordDecoder<T> decoder, Counter leftOut) {
    this.decoder = decoder;
    this.leftOut = leftOut;
  }

  /** The value; null if the decoder leaves the record out. */
  T read(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    T value;
    try {
      value = decoder.decode(record);
    } catch (Exception e) {
      throw new PoisonRecordException(
          "Tried to decode record "
              + record.topic()
              + "-"
              + record.partition()
              + "@"
              + record.offset()
              + ", found: "
              + e
              + "; value: "
              + preview(record.value())
              + ". Correct the decoder, or say by otherwise() what becomes of such records; null leaves them out.",
          e);
    }
    if (value == null) {
      leftOut.increment();
    }
    return value;
  }

  private static String preview(ByteBuffer value) {
    if (value == null) {
      return "none";
    }
    ByteBuffer whole = value.duplicate().rewind();
    byte[] bytes = new byte[Math.min(MAX_PREVIEW_BYTES, whole.remaining())];
    whole.get(bytes);
    StringBuilder text = new StringBuilder("'");
    for (char c : new String(bytes, StandardCharsets.UTF_8).toCharArray()) {
      text.append(Character.isISOControl(c) || c == '\uFFFD' ? '.' : c);
    }
    return text.append("' (").append(whole.remaining() + bytes.length).append(" bytes)").toString();
  }
}
