package dev.weir.internal.job;

import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitEnumerator;
import dev.weir.error.ConnectorException;
import dev.weir.error.WeirException;
import dev.weir.internal.base.Checks;
import dev.weir.internal.operator.SplitState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The splits of one source in one attempt. Blocks; confined to the attempt's serial I/O executor,
 * and to whoever closes the attempt after that.
 */
final class SourceSplits implements AutoCloseable {
  private final String stage;
  private final SplitEnumerator enumerator;
  private final List<SourceSplit> known = new ArrayList<>();

  SourceSplits(String stage, SplitEnumerator enumerator) {
    this.stage = stage;
    this.enumerator = enumerator;
  }

  String stage() {
    return stage;
  }

  Optional<Duration> discoveryInterval() {
    return enumerator.discoveryInterval();
  }

  /** The splits of a first start, at the positions that the user asked for. */
  List<SplitState> initial() {
    try {
      return remember(enumerator.initialSplits()).stream().map(SplitState::fresh).toList();
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /** The restored splits and those that have come since. */
  List<SplitState> restored(List<SplitState> restored) {
    List<SourceSplit> splits = ofNow(restored.stream().map(SplitState::split).toList());
    List<SplitState> all = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      all.add(new SplitState(splits.get(i), restored.get(i).maxTimestamp()));
    }
    all.addAll(discover());
    return all;
  }

  private List<SourceSplit> ofNow(List<SourceSplit> splits) {
    try {
      List<SourceSplit> ofNow = enumerator.restored(splits);
      Checks.state(
          idsOf(ofNow).equals(idsOf(splits)), "Source %s gave other splits than it got", stage);
      return remember(ofNow);
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private static List<String> idsOf(List<SourceSplit> splits) {
    return splits.stream().map(SourceSplit::id).toList();
  }

  /**
   * All splits, when tasks have halted.
   *
   * @param halted those that the tasks had, as they are in the checkpoint; others have come since
   */
  List<SplitState> halted(List<SplitState> halted) {
    Set<String> ids = halted.stream().map(s -> s.split().id()).collect(Collectors.toSet());
    List<SplitState> all = new ArrayList<>(halted);
    known.stream().filter(s -> !ids.contains(s.id())).map(SplitState::fresh).forEach(all::add);
    return all;
  }

  /** Splits that have come since the last look. */
  List<SplitState> discover() {
    try {
      return remember(enumerator.discover(List.copyOf(known))).stream()
          .map(SplitState::fresh)
          .toList();
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private List<SourceSplit> remember(List<SourceSplit> splits) {
    known.addAll(splits);
    return splits;
  }

  private WeirException failed(Exception cause) {
    if (cause instanceof WeirException known) {
      return known;
    }
    return new ConnectorException(
        "Source '" + stage + "' could not find its splits: " + cause + ". See the cause.", cause);
  }

  @Override
  public void close() {
    enumerator.close();
  }
}
