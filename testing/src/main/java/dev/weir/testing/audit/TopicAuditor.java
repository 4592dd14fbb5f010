package dev.weir.testing.audit;

import dev.weir.testing.broker.TopicReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/**
 * Audits topics of a broker as a {@code read_committed} reader sees them at the time of the call.
 * Decoders throw what they like at a record they do not understand: it becomes a finding. Blocks
 * while reading. Thread-safe.
 */
public final class TopicAuditor {
  private final TopicReader<byte[]> reader;

  /**
   * @param bootstrapServers address of the broker
   */
  public TopicAuditor(String bootstrapServers) {
    this.reader = TopicReader.bytes(bootstrapServers);
  }

  /**
   * Judges a topic of numbered records.
   *
   * @param topic the topic
   * @param expected what must be there
   * @param decoder makes the numbered record
   * @return what was found
   */
  public AuditReport sequences(
      String topic,
      ExpectedSequences expected,
      Function<ConsumerRecord<byte[], byte[]>, NumberedRecord> decoder) {
    SequenceAudit audit = new SequenceAudit(expected);
    each(topic, new Decoding<>(decoder, audit::accept, audit::unreadable));
    return audit.finish();
  }

  /**
   * Judges a topic of window results.
   *
   * @param topic the topic
   * @param expected the count of each window that must have a result
   * @param decoder makes the window result
   * @return what was found
   */
  public AuditReport windows(
      String topic,
      Map<WindowKey, Long> expected,
      Function<ConsumerRecord<byte[], byte[]>, WindowResult> decoder) {
    WindowAudit audit = new WindowAudit(expected);
    each(topic, new Decoding<>(decoder, audit::accept, audit::unreadable));
    return audit.finish();
  }

  /**
   * Judges that what is visible lies in the topic, and begins with a view taken earlier.
   *
   * @param topic the topic
   * @param earlier a view from {@link #committed}, or an empty map
   * @return an audit to ask more of, and finish
   */
  public VisibilityAudit visibility(String topic, Map<Place, String> earlier) {
    Map<Place, String> committed = committed(topic);
    return new VisibilityAudit(committed)
        .continues(earlier)
        .isPartOf(view(topic, IsolationLevel.READ_UNCOMMITTED));
  }

  /**
   * @param topic a topic
   * @return key and value of all that committed readers see, as text, to compare with a later view
   */
  public Map<Place, String> committed(String topic) {
    return view(topic, IsolationLevel.READ_COMMITTED);
  }

  /**
   * @param record a record
   * @return where it is
   */
  public static Place placeOf(ConsumerRecord<?, ?> record) {
    return new Place(record.partition(), record.offset());
  }

  private Map<Place, String> view(String topic, IsolationLevel isolation) {
    Map<Place, String> view = new TreeMap<>();
    reader.read(topic, isolation, record -> view.put(placeOf(record), Decoding.text(record)));
    return view;
  }

  private void each(String topic, Decoding<?> decoding) {
    reader.read(topic, IsolationLevel.READ_COMMITTED, decoding);
  }
}
