package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.kafka.Batch.Marker;
import dev.weir.testing.sim.kafka.Batch.ProducerIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;

/** One partition: its batches, what it knows of producers, and which transactions were aborted. */
final class PartitionLog {
  private static final int REMEMBERED_BATCHES = 5;

  private final List<Batch> batches = new ArrayList<>();
  private final Map<Long, ProducerState> producers = new HashMap<>();
  private final List<Aborted> aborted = new ArrayList<>();
  private long start;
  private long end;

  /** A transaction that was aborted: its producer's batches in this range do not count. */
  private record Aborted(long producerId, long first, long last) {}

  /** What the log remembers of a producer. */
  private static final class ProducerState {
    private int epoch = -1;
    private int lastSequence = -1;
    private long transactionStart = -1;
    private final List<Batch> recent = new ArrayList<>();
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** Before it, everything is decided. */
  long lastStable() {
    long stable = end;
    for (ProducerState producer : producers.values()) {
      if (producer.transactionStart >= 0) {
        stable = Math.min(stable, producer.transactionStart);
      }
    }
    return stable;
  }

  /** The producers that it knows, and where the open transaction of each begins here. */
  Map<ProducerIdentity, OptionalLong> producers() {
    Map<ProducerIdentity, OptionalLong> known = new HashMap<>();
    producers.forEach(
        (id, state) ->
            known.put(
                new ProducerIdentity(id, state.epoch),
                state.transactionStart < 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(state.transactionStart)));
    return known;
  }

  /**
   * Appends, or finds that it was appended before.
   *
   * @return offset of the first record
   * @throws ApiException as the broker answers
   */
  long append(
      ProducerIdentity producer, int sequence, boolean isTransactional, List<SimRecord> records) {
    if (producer.id() < 0) {
      return add(new Batch(end, producer, -1, false, Marker.NONE, List.copyOf(records)));
    }
    ProducerState state = producers.computeIfAbsent(producer.id(), id -> new ProducerState());
    if (producer.epoch() < state.epoch) {
      throw new InvalidProducerEpochException(
          "epoch " + producer.epoch() + " is older than " + state.epoch);
    }
    Optional<Batch> before = duplicateOf(state, producer, sequence, records.size());
    if (before.isPresent()) {
      return before.get().baseOffset();
    }
    boolean isNewEpoch = producer.epoch() > state.epoch;
    int expected = isNewEpoch ? 0 : state.lastSequence + 1;
    if (sequence != expected && !(isNewEpoch && state.epoch < 0)) {
      throw new OutOfOrderSequenceException("sequence " + sequence + ", expected " + expected);
    }
    if (isNewEpoch) {
      state.recent.clear();
    }
    state.epoch = producer.epoch();
    state.lastSequence = sequence + records.size() - 1;
    if (isTransactional && state.transactionStart < 0) {
      state.transactionStart = end;
    }
    Batch batch =
        new Batch(end, producer, sequence, isTransactional, Marker.NONE, List.copyOf(records));
    remember(state, batch);
    return add(batch);
  }

  /** Ends a producer's transaction here; a marker of an old epoch is ignored. */
  void end(ProducerIdentity producer, Marker marker) {
    ProducerState state = producers.computeIfAbsent(producer.id(), id -> new ProducerState());
    if (producer.epoch() < state.epoch) {
      return;
    }
    if (marker == Marker.ABORT && state.transactionStart >= 0) {
      aborted.add(new Aborted(producer.id(), state.transactionStart, end));
    }
    state.transactionStart = -1;
    if (producer.epoch() > state.epoch) {
      state.lastSequence = -1;
      state.recent.clear();
    }
    state.epoch = producer.epoch();
    add(new Batch(end, producer, -1, true, marker, List.of()));
  }

  /** Removes what is before an offset, as retention does. */
  void deleteBefore(long offset) {
    start = Math.max(start, Math.min(offset, end));
    batches.removeIf(batch -> batch.nextOffset() <= start);
  }

  /** The batches from an offset on, up to another one; the first may begin before it. */
  List<Batch> batches(long from, long to) {
    List<Batch> found = new ArrayList<>();
    for (int i = firstWith(from); i < batches.size() && batches.get(i).baseOffset() < to; i++) {
      found.add(batches.get(i));
    }
    return found;
  }

  /** Whether committed readers see a batch that is before the last stable offset. */
  boolean isVisible(Batch batch) {
    if (batch.marker() != Marker.NONE) {
      return false;
    }
    for (Aborted range : aborted) {
      if (range.producerId() == batch.producer().id()
          && batch.isTransactional()
          && batch.baseOffset() >= range.first()
          && batch.baseOffset() < range.last()) {
        return false;
      }
    }
    return true;
  }

  private int firstWith(long offset) {
    int low = 0;
    int high = batches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (batches.get(middle).nextOffset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Optional<Batch> duplicateOf(
      ProducerState state, ProducerIdentity producer, int sequence, int count) {
    return state.recent.stream()
        .filter(batch -> batch.producer().equals(producer))
        .filter(batch -> batch.baseSequence() == sequence && batch.records().size() == count)
        .findFirst();
  }

  private static void remember(ProducerState state, Batch batch) {
    state.recent.add(batch);
    if (state.recent.size() > REMEMBERED_BATCHES) {
      state.recent.remove(0);
    }
  }

  private long add(Batch batch) {
    batches.add(batch);
    end = batch.nextOffset();
    return batch.baseOffset();
  }
}
