package dev.weir.connectors.kafka.source;

import dev.weir.connector.ConnectorContext;
import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitEnumerator;
import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.TopicLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the partitions of a source's topics. Called by one I/O thread at a time; blocks. Makes an
 * admin client for each call, so that nothing idles in between.
 */
final class KafkaSplitEnumerator implements SplitEnumerator {
  private final SourceOptions options;
  private final ConnectorContext context;
  private final SplitCheck check;
  private boolean offsetsChecked;

  KafkaSplitEnumerator(SourceOptions options, ConnectorContext context) {
    this.options = options;
    this.context = context;
    this.check = new SplitCheck(options.topics(), options.settings().servers());
  }

  @Override
  public List<SourceSplit> initialSplits() {
    List<KafkaSplit> splits = withAdmin(this::resolve);
    offsetsChecked = true;
    return splits.stream().map(KafkaSplit::toSplit).toList();
  }

  @Override
  public List<SourceSplit> restored(List<SourceSplit> splits) {
    List<KafkaSplit> known = splits.stream().map(KafkaSplit::of).toList();
    Set<TopicPartition> partitions =
        known.stream().map(KafkaSplit::partition).collect(Collectors.toSet());
    if (options.stop().orElse(null) instanceof StopOffsets.AtOffsets at) {
      OffsetResolver.checkNames(at.offsets(), partitions, "stop");
    }
    Map<TopicPartition, OffsetBounds> ends = endsOfEndless(known);
    return known.stream()
        .map(split -> split.until(OffsetResolver.stopOfRestored(options.stop(), split, ends)))
        .map(KafkaSplit::toSplit)
        .toList();
  }

  /** The bounds of partitions that shall end now, and were to be read for ever until now. */
  private Map<TopicPartition, OffsetBounds> endsOfEndless(List<KafkaSplit> known) {
    List<TopicPartition> endless =
        known.stream()
            .filter(split -> split.stopOffset() == KafkaSplit.UNBOUNDED)
            .map(KafkaSplit::partition)
            .toList();
    boolean asks = options.stop().orElse(null) instanceof StopOffsets.CurrentEnd;
    return asks && !endless.isEmpty()
        ? withAdmin(admin -> offsets(admin).bounds(endless, OptionalLong.empty()))
        : Map.of();
  }

  @Override
  public List<SourceSplit> discover(List<SourceSplit> known) {
    List<KafkaSplit> splits = known.stream().map(KafkaSplit::of).toList();
    List<KafkaSplit> found = withAdmin(admin -> findNew(admin, splits));
    offsetsChecked = true;
    return found.stream().map(KafkaSplit::toSplit).toList();
  }

  @Override
  public Optional<Duration> discoveryInterval() {
    return options.stop().isPresent() ? Optional.empty() : options.discoveryInterval();
  }

  @Override
  public void close() {
    // Nothing is open between calls.
  }

  private List<KafkaSplit> resolve(Admin admin) {
    Map<String, TopicDescription> topics = topics(admin);
    Set<TopicPartition> partitions = partitionsOf(topics);
    if (options.start() instanceof StartOffsets.AtOffsets at) {
      OffsetResolver.checkNames(at.offsets(), partitions, "start");
    }
    if (options.stop().orElse(null) instanceof StopOffsets.AtOffsets at) {
      OffsetResolver.checkNames(at.offsets(), partitions, "stop");
    }
    OptionalLong time =
        options.start() instanceof StartOffsets.AtTimestamp at
            ? OptionalLong.of(at.instant().toEpochMilli())
            : OptionalLong.empty();
    Map<TopicPartition, OffsetBounds> bounds = offsets(admin).bounds(partitions, time);
    return partitions.stream()
        .sorted(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
        .map(partition -> resolved(partition, topics, bounds.get(partition)))
        .toList();
  }

  private KafkaSplit resolved(
      TopicPartition partition, Map<String, TopicDescription> topics, OffsetBounds bounds) {
    return new KafkaSplit(
        partition,
        topics.get(partition.topic()).topicId(),
        OffsetResolver.start(options.start(), partition, bounds),
        OptionalInt.empty(),
        options
            .stop()
            .map(stop -> OffsetResolver.stop(stop, partition, bounds))
            .orElse(KafkaSplit.UNBOUNDED));
  }

  private List<KafkaSplit> findNew(Admin admin, List<KafkaSplit> known) {
    Map<String, TopicDescription> topics = topics(admin);
    check.checkSame(known, topics);
    if (!offsetsChecked) {
      List<TopicPartition> partitions = known.stream().map(KafkaSplit::partition).toList();
      check.checkOffsets(known, offsets(admin).bounds(partitions, OptionalLong.empty()));
    }
    if (options.stop().isPresent()) {
      return List.of(); // What came after the first start is behind the end.
    }
    Set<TopicPartition> added = partitionsOf(topics);
    known.forEach(split -> added.remove(split.partition()));
    List<KafkaSplit> splits = new ArrayList<>();
    offsets(admin)
        .bounds(added, OptionalLong.empty())
        .forEach(
            (partition, bounds) ->
                splits.add(
                    new KafkaSplit(
                        partition,
                        topics.get(partition.topic()).topicId(),
                        bounds.earliest(),
                        OptionalInt.empty(),
                        KafkaSplit.UNBOUNDED)));
    return splits;
  }

  private Map<String, TopicDescription> topics(Admin admin) {
    Map<String, TopicDescription> found =
        new TopicLookup(admin, options.clients(), options.settings()).find(options.topics());
    check.checkAllExist(found);
    return found;
  }

  private OffsetLookup offsets(Admin admin) {
    return new OffsetLookup(admin, options.settings().servers());
  }

  private static Set<TopicPartition> partitionsOf(Map<String, TopicDescription> topics) {
    Set<TopicPartition> partitions = new HashSet<>();
    topics.forEach(
        (topic, description) ->
            description
                .partitions()
                .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
    return partitions;
  }

  private <R> R withAdmin(Function<Admin, R> work) {
    Map<String, Object> settings = options.settings().of(ClientKind.ADMIN);
    settings.putIfAbsent("client.id", "weir-" + context.jobName() + "-" + context.stageName());
    return AdminCalls.call(
        () -> options.clients().admin(settings),
        "find the partitions of " + options.topics(),
        options.settings().servers(),
        work);
  }
}
