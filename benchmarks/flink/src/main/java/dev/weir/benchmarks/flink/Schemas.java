package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.work.Click;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.Words;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How records are read. */
final class Schemas {
  private Schemas() {}

  /** The bytes of the value. */
  static final class Values implements KafkaRecordDeserializationSchema<byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public TypeInformation<byte[]> getProducedType() {
      return Jobs.BYTES;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<byte[]> out) {
      out.collect(record.value());
    }
  }

  /** Page and time of W1's clicks. */
  static final class Clicks implements KafkaRecordDeserializationSchema<Tuple2<String, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public TypeInformation<Tuple2<String, Long>> getProducedType() {
      return Types.TUPLE(Types.STRING, Types.LONG);
    }

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record, Collector<Tuple2<String, Long>> out) {
      Click click = ClickJson.parse(record.value());
      out.collect(Tuple2.of(click.page(), click.time()));
    }
  }

  /** Key and value of W3's updates. */
  static final class Updates implements KafkaRecordDeserializationSchema<Tuple2<Long, byte[]>> {
    private static final long serialVersionUID = 1L;

    @Override
    public TypeInformation<Tuple2<Long, byte[]>> getProducedType() {
      return Types.TUPLE(Types.LONG, Jobs.BYTES);
    }

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record, Collector<Tuple2<Long, byte[]>> out) {
      out.collect(Tuple2.of(Words.at(record.key(), 0), record.value()));
    }
  }
}
