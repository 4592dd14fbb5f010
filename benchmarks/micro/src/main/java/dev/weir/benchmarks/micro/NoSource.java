package dev.weir.benchmarks.micro;

import dev.weir.connector.Boundedness;
import dev.weir.connector.Source;
import dev.weir.connector.SourceContext;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SplitEnumerator;
import dev.weir.time.Watermarks;
import java.util.Optional;

/** Stands at the head of a pipeline whose chain is fed by hand. */
final class NoSource implements Source<Long> {
  @Override
  public Boundedness boundedness() {
    return Boundedness.UNBOUNDED;
  }

  @Override
  public Optional<Watermarks<Long>> watermarks() {
    return Optional.empty();
  }

  @Override
  public SplitEnumerator createEnumerator(SourceContext context) {
    throw new UnsupportedOperationException("Nobody reads this source.");
  }

  @Override
  public SourceReader<Long> createReader(SourceContext context) {
    throw new UnsupportedOperationException("Nobody reads this source.");
  }
}
