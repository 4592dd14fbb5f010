package dev.weir.testing.audit;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hands each record to an audit, decoded, or as unreadable. Confined to one thread.
 *
 * @param decoder may throw
 * @param decoded gets what the decoder made
 * @param unreadable gets the reason and the place of what it could not make
 * @param <T> what the audit wants
 */
record Decoding<T>(
    Function<ConsumerRecord<byte[], byte[]>, T> decoder,
    Consumer<T> decoded,
    BiConsumer<String, Place> unreadable)
    implements Consumer<ConsumerRecord<byte[], byte[]>> {

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    T made;
    try {
      made = Objects.requireNonNull(decoder.apply(record), "the decoder made nothing of it");
    } catch (RuntimeException e) {
      unreadable.accept(text(record) + ": " + e, TopicAuditor.placeOf(record));
      return;
    }
    decoded.accept(made);
  }

  static String text(ConsumerRecord<byte[], byte[]> record) {
    return text(record.key()) + " = " + text(record.value());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
  }
}
