package dev.weir.connectors.kafka.sink;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.SinkContext;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.sink.ledger.KafkaLedger;
import dev.weir.error.InvalidConfigException;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Puts a writer together. Called on an I/O thread; blocks. */
final class WriterAssembly {
  private WriterAssembly() {}

  static <T> KafkaSinkWriter<T> assemble(SinkOptions<T> options, SinkContext context) {
    RecordOutput output =
        options.guarantee() == DeliveryGuarantee.EXACTLY_ONCE
            ? ledgerOf(options, context).output()
            : plainOutput(options, context);
    try {
      options.fixedTopic().ifPresent(output.topics()::learn);
    } catch (RuntimeException e) {
      output.close();
      throw e;
    }
    long bufferBytes =
        ProducerSettings.bufferBytes(options.ledger().settings().of(ClientKind.PRODUCER));
    return new KafkaSinkWriter<>(options.records(), output, context, bufferBytes).joined();
  }

  private static KafkaLedger ledgerOf(SinkOptions<?> options, SinkContext context) {
    if (context.ledger() instanceof KafkaLedger ledger && ledger.serves(options.ledger())) {
      return ledger;
    }
    throw new InvalidConfigException(
        "Sink '"
            + context.stageName()
            + "' is exactly-once to "
            + options.ledger().settings().servers()
            + ", but the job's ledger is "
            + (context.ledger() instanceof KafkaLedger other
                ? "at " + other.servers()
                : "a " + context.ledger().getClass().getSimpleName())
            + ". Exactly-once output to a second cluster is not supported yet: use one cluster with the"
            + " same bootstrap.servers for all such sinks, or AT_LEAST_ONCE for this one.");
  }

  private static PlainOutput plainOutput(SinkOptions<?> options, SinkContext context) {
    LedgerOptions ledger = options.ledger();
    Map<String, Object> settings =
        ProducerSettings.plain(
            ledger.settings(),
            "weir-" + context.jobName() + "-" + context.stageName() + "-" + context.subtaskIndex());
    try {
      Producer<byte[], byte[]> producer = ledger.clients().producer(settings);
      return new PlainOutput(
          new CountedProducer.Bounded(producer, ProducerSettings.bufferBytes(settings)),
          ledger.clients().bindMeters(producer, context),
          ledger,
          context.io(),
          options.guarantee() == DeliveryGuarantee.AT_LEAST_ONCE);
    } catch (KafkaException e) {
      throw ClientFailures.of(
          e, "make a producer for sink '" + context.stageName() + "'", ledger.settings().servers());
    }
  }
}
