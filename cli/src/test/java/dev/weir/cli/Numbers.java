package dev.weir.cli;

import dev.weir.connector.Boundedness;
import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.Sink;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import dev.weir.connector.Source;
import dev.weir.connector.SourceContext;
import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitEnumerator;
import dev.weir.time.Watermarks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The numbers from 0 on, each at its own millisecond, and a sink that drops what comes of them. */
final class Numbers implements Source<Long> {
  static final long COUNT = 25_000;

  @Override
  public Boundedness boundedness() {
    return Boundedness.UNBOUNDED;
  }

  @Override
  public Optional<Watermarks<Long>> watermarks() {
    return Optional.of(
        Watermarks.<Long>boundedOutOfOrderness(Duration.ZERO).timestamps(number -> number));
  }

  @Override
  public SplitEnumerator createEnumerator(SourceContext context) {
    return new SplitEnumerator() {
      @Override
      public List<SourceSplit> initialSplits() {
        return List.of(split(0));
      }

      @Override
      public List<SourceSplit> discover(List<SourceSplit> known) {
        return List.of();
      }

      @Override
      public Optional<Duration> discoveryInterval() {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  private static SourceSplit split(long next) {
    return new SourceSplit("all", ByteBuffer.allocate(Long.BYTES).putLong(next).array());
  }

  @Override
  public SourceReader<Long> createReader(SourceContext context) {
    return new Reader();
  }

  private static final class Reader implements SourceReader<Long> {
    private long next = -1;

    @Override
    public void addSplits(List<SourceSplit> added) {
      added.forEach(split -> next = ByteBuffer.wrap(split.position()).getLong());
    }

    @Override
    public Status poll(SourceOutput<Long> output) {
      for (int left = 100; left > 0 && next >= 0 && next < COUNT && output.hasRoom(); left--) {
        output.forSplit("all").collect(next, next);
        next++;
      }
      return next >= 0 && next < COUNT ? Status.MORE : Status.WAITING;
    }

    @Override
    public List<SourceSplit> snapshot() {
      return next < 0 ? List.of() : List.of(split(next));
    }

    @Override
    public void close() {}
  }

  /** Drops all. */
  static final class Nowhere implements Sink<String> {
    @Override
    public DeliveryGuarantee guarantee() {
      return DeliveryGuarantee.NONE;
    }

    @Override
    public SinkWriter<String> createWriter(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void write(String value, long timestamp) {}

        @Override
        public CompletionStage<Void> prepare(long checkpointId) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
      };
    }
  }
}
