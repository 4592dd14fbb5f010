package dev.weir.internal.job;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.ConnectorContext;
import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.LedgerEntry;
import dev.weir.connector.LedgerFactory;
import dev.weir.connector.LedgerTiming;
import dev.weir.connector.OwnerBeacon;
import dev.weir.connector.Sink;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import dev.weir.error.FencedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Output and ledger in one, as Kafka would hold them: what is written for a checkpoint becomes
 * visible with its ledger entry, and never if there is none. Outlives jobs; thread-safe.
 */
final class MemoryTopic<T> implements Sink<T>, LedgerFactory {
  private final List<T> visible = new ArrayList<>();
  private final List<LedgerEntry> entries = new ArrayList<>();
  private long attempts;
  private boolean hasBeacon;
  private Runnable afterTakeOver = () -> {};
  private Runnable afterCheck = () -> {};
  private Optional<String> sign = Optional.empty();
  private Optional<Throwable> refusal = Optional.empty();

  /** No checkpoint can be prepared. */
  MemoryTopic<T> refusing(Throwable cause) {
    refusal = Optional.of(cause);
    return this;
  }

  /** Instances of the job shall see each other. */
  MemoryTopic<T> withBeacon() {
    hasBeacon = true;
    return this;
  }

  /** Runs after each take-over, and may let it fail though it is done. */
  synchronized MemoryTopic<T> afterTakeOver(Runnable work) {
    afterTakeOver = work;
    return this;
  }

  /** Runs after an attempt has been told that it is the newest one. */
  synchronized MemoryTopic<T> afterCheck(Runnable work) {
    afterCheck = work;
    return this;
  }

  /** Another instance shows itself. */
  synchronized void show(String text) {
    sign = Optional.of(text);
  }

  /** Holds what another one shows, and knows no checkpoint. */
  static <T> MemoryTopic<T> copyOf(MemoryTopic<T> other) {
    MemoryTopic<T> copy = new MemoryTopic<>();
    copy.visible.addAll(other.visible());
    return copy;
  }

  synchronized int size() {
    return visible.size();
  }

  synchronized T get(long place) {
    return visible.get((int) place);
  }

  synchronized List<T> visible() {
    return List.copyOf(visible);
  }

  synchronized List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public DeliveryGuarantee guarantee() {
    return DeliveryGuarantee.EXACTLY_ONCE;
  }

  @Override
  public Optional<LedgerFactory> ledger() {
    return Optional.of(this);
  }

  @Override
  public boolean sharesWith(LedgerFactory other) {
    return other == this;
  }

  @Override
  public CheckpointLedger create(ConnectorContext context, LedgerTiming timing) {
    return new Ledger();
  }

  @Override
  @SuppressWarnings("unchecked") // The job has no other ledger.
  public SinkWriter<T> createWriter(SinkContext context) {
    return new Writer((Ledger) context.ledger());
  }

  @Override
  public Optional<OwnerBeacon> beacon(ConnectorContext context) {
    return hasBeacon ? Optional.of(new Beacon()) : Optional.empty();
  }

  /** Another instance takes over. */
  synchronized void overtake() {
    attempts++;
  }

  private final class Beacon implements OwnerBeacon {
    @Override
    public Optional<String> read() {
      synchronized (MemoryTopic.this) {
        return sign;
      }
    }

    @Override
    public void show(String text) {
      MemoryTopic.this.show(text);
    }

    @Override
    public void close() {}
  }

  private final class Ledger implements CheckpointLedger {
    private final Map<Long, List<T>> held = new HashMap<>();
    private long attempt;

    @Override
    public TakeOver takeOver() {
      synchronized (MemoryTopic.this) {
        attempt = ++attempts;
        afterTakeOver.run();
        return new TakeOver(
            attempt,
            entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1)));
      }
    }

    @Override
    public void complete(LedgerEntry entry) {
      synchronized (MemoryTopic.this) {
        if (attempt != attempts) {
          throw new FencedException("Attempt " + attempt + " is over, " + attempts + " runs.");
        }
        entries.add(entry);
        visible.addAll(held.getOrDefault(entry.checkpointId(), List.of()));
      }
    }

    @Override
    public void checkNewest() {
      synchronized (MemoryTopic.this) {
        if (attempt != attempts) {
          throw new FencedException("Attempt " + attempts + " has taken over.");
        }
        afterCheck.run();
      }
    }

    @Override
    public void forget() {
      synchronized (MemoryTopic.this) {
        entries.clear();
      }
    }

    private void hold(long checkpointId, List<T> records) {
      synchronized (MemoryTopic.this) {
        held.computeIfAbsent(checkpointId, id -> new ArrayList<>()).addAll(records);
      }
    }

    @Override
    public void close() {}
  }

  private final class Writer implements SinkWriter<T> {
    private final Ledger ledger;
    private List<T> open = new ArrayList<>();

    Writer(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void write(T value, long timestamp) {
      open.add(value);
    }

    @Override
    public CompletionStage<Void> prepare(long checkpointId) {
      ledger.hold(checkpointId, open);
      open = new ArrayList<>();
      return refusal
          .map(CompletableFuture::<Void>failedStage)
          .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    @Override
    public void close() {}
  }
}
