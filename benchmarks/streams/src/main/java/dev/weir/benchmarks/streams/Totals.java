package dev.weir.benchmarks.streams;

import dev.weir.benchmarks.work.BigState;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** W3's processor. */
final class Totals implements Processor<Long, byte[], byte[], byte[]> {
  static final String STORE = "state";

  private KeyValueStore<Long, byte[]> state;
  private ProcessorContext<byte[], byte[]> context;

  @Override
  public void init(ProcessorContext<byte[], byte[]> given) {
    context = given;
    state = given.getStateStore(STORE);
  }

  @Override
  public void process(Record<Long, byte[]> record) {
    byte[] before = state.get(record.key());
    byte[] total = before == null ? BigState.none() : before;
    BigState.update(total, record.value());
    state.put(record.key(), total);
    if (BigState.isSampled(record.key())) {
      byte[] result = BigState.total(record.key(), total);
      context.forward(new Record<>(null, result, record.timestamp()));
    }
  }
}
