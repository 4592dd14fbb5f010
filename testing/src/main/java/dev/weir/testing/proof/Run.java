package dev.weir.testing.proof;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.job.Ports;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.testing.sim.Network;
import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.SimProcess;
import dev.weir.testing.sim.Trace;
import dev.weir.testing.sim.kafka.SimCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** One run of one workload under one plan. For one thread, which waits while others run. */
final class Run {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(4);
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int LONGEST_INTERVAL_MILLIS = 250;
  private static final int SPREAD_MILLIS = 1_500;
  private static final int LEAST_DETECTION_MILLIS = 500;

  /** In each so many-th run the store is cleaned in the end, and all state that it had is read. */
  private static final int LOOKED_INTO = Integer.getInteger("lookedInto", 9);

  private final Workload workload;
  private final FaultPlan plan;
  private final List<Input> input;
  private final Scheduler scheduler;
  private final SimCluster cluster;
  private final SimDisk disk;
  private final SavepointWitness savepoints;
  private final Map<Life, StoreWitness> stores = new LinkedHashMap<>();
  private final Supervisor supervisor;
  private final Viewer viewer;
  private final Random choices;
  private final boolean standsBy;
  private final boolean isLookedInto;
  private int retained;
  private boolean isInPeace;

  /** Lays everything out; nothing runs yet. */
  Run(Scenario scenario, boolean keepsTrace) {
    this.workload = scenario.workload();
    this.plan = scenario.plan();
    this.input = scenario.input();
    this.choices = new Random(scenario.seed() ^ 0x5DEECE66DL);
    this.standsBy = scenario.seed() % 2 != 0;
    this.isLookedInto = scenario.seed() % LOOKED_INTO == 0;
    this.scheduler = new Scheduler(scenario.seed(), new Trace(keepsTrace));
    this.cluster = new SimCluster(new Network(scheduler, plan.fates(scheduler)));
    Set<Long> bad = new HashSet<>();
    plan.all(Fault.BadDisk.class).forEach(fault -> bad.add(fault.number()));
    this.disk = new SimDisk(scheduler, effect -> !isInPeace && bad.contains(effect));
    this.savepoints = new SavepointWitness(cluster, disk);
    this.viewer = new Viewer(scheduler, cluster, viewed());
    this.supervisor =
        new Supervisor(new Supervisor.Room(scheduler, disk, savepoints), plan, this::start, viewer);
  }

  /** The topics that the workload writes, and nobody deletes. */
  private Set<String> viewed() {
    boolean isLost = plan.all(Fault.TopicLost.class).anyMatch(fault -> !fault.isRead());
    return isLost ? Set.of() : written();
  }

  private Set<String> written() {
    Set<String> written = new HashSet<>(workload.topics().keySet());
    written.removeAll(read());
    return written;
  }

  private Set<String> read() {
    return input.stream().map(record -> record.to().topic()).collect(Collectors.toSet());
  }

  /** Runs, and judges. */
  Verdict verdict() {
    List<String> findings = new ArrayList<>();
    try {
      prepare();
      scheduler.run(() -> supervisor.isOver() || scheduler.nanos() > LIMIT_NANOS);
      if (supervisor.isFinished()) {
        settle(findings);
      } else {
        findings.add("not finished after " + seconds() + " s");
      }
      findings.addAll(viewer.findings());
      findings.addAll(supervisor.findings());
      findings.addAll(workload.judge(output(), input));
      findings.addAll(stored());
    } catch (AssertionError failed) {
      findings.add(failed.getMessage() + ", because of " + failed.getCause().getCause());
    } finally {
      scheduler.shutDown();
    }
    return new Verdict(
        findings,
        scheduler.trace(),
        supervisor.starts(),
        savepoints.count(),
        supervisor.lives().size(),
        supervisor.strikes(),
        supervisor.deaths(),
        supervisor.stepsOfFirst(),
        supervisor.moments(),
        supervisor.log(),
        cluster.turnedAway());
  }

  /** What is wrong with ledgers, checkpoints and savepoints. */
  private List<String> stored() {
    List<Life> lives = supervisor.lives();
    Optional<StateWitness> state =
        workload.memory().filter(m -> isLookedInto).map(m -> new StateWitness(m, input));
    List<String> findings = new ArrayList<>();
    findings.addAll(new LedgerWitness(cluster, disk, lives).findings(workload, input));
    stores.values().forEach(store -> findings.addAll(store.findings(cluster)));
    for (Life life : lives) {
      SimObjects objects = SimObjects.whenNamed(disk, life.folder());
      state.ifPresent(
          judge -> findings.addAll(judge.findings(LedgerLine.in(cluster, life), objects)));
    }
    findings.addAll(savepoints.findings(state));
    return findings;
  }

  /**
   * When a job is finished, nothing of it is left undecided; what a broker has forgotten to end
   * behind its back, as when a second instance died while it took over, the next start settles.
   */
  private void settle(List<String> findings) {
    awaitDecided();
    if (!cluster.undecided().isEmpty() && plan.all(Fault.LostMarkers.class).findAny().isPresent()) {
      runAgain();
    }
    if (isLookedInto) {
      runAgain();
      if (supervisor.isFinished()) {
        findings.addAll(stores.get(supervisor.life()).leftovers(cluster, retained));
      }
    }
    cluster.undecided().forEach(line -> findings.add("undecided: " + line));
  }

  private void runAgain() {
    isInPeace = true;
    supervisor.beginAgain();
    scheduler.run(() -> supervisor.isOver() || scheduler.nanos() > LIMIT_NANOS);
    awaitDecided();
  }

  private void awaitDecided() {
    long until = scheduler.nanos() + SETTLE_NANOS;
    scheduler.run(() -> cluster.undecided().isEmpty() || scheduler.nanos() > until);
  }

  private void prepare() {
    workload.topics().forEach(cluster::createTopic);
    long step =
        TimeUnit.MILLISECONDS.toNanos(choices.nextInt(1 + choices.nextInt(SPREAD_MILLIS)))
            / Math.max(1, input.size());
    for (int i = 0; i < input.size(); i++) {
      Input record = input.get(i);
      scheduler.later(i * step, "input", () -> append(record));
    }
    plan.all(Fault.AgedOut.class).forEach(f -> at(f.atMillis(), "retention", this::ageOut));
    plan.all(Fault.LostMarkers.class)
        .forEach(f -> at(f.atMillis(), "forgetful broker", cluster::forgetMarkers));
    plan.all(Fault.LeaderMove.class)
        .forEach(
            f ->
                at(
                    f.atMillis(),
                    "leader moves",
                    () -> cluster.moveLeader(f.which(), f.forMillis())));
    plan.all(Fault.CoordinatorMove.class)
        .forEach(
            f ->
                at(
                    f.atMillis(),
                    "coordinator moves",
                    () -> cluster.moveCoordinator(f.forMillis())));
    plan.all(Fault.TopicLost.class)
        .forEach(f -> at(f.atMillis(), "topic is deleted", () -> lose(f)));
    viewer.begin();
    supervisor.begin();
  }

  private void lose(Fault.TopicLost fault) {
    Set<String> lost = fault.isRead() ? read() : written();
    lost.forEach(cluster::deleteTopic);
    if (fault.forMillis() < Long.MAX_VALUE) {
      at(
          fault.forMillis(),
          "topic is created anew",
          () -> lost.forEach(topic -> cluster.createTopic(topic, workload.topics().get(topic))));
    }
  }

  private void at(long millis, String what, Runnable action) {
    scheduler.later(TimeUnit.MILLISECONDS.toNanos(millis), what, action);
  }

  private void ageOut() {
    input.stream().map(Input::to).distinct().forEach(cluster::deleteAll);
  }

  private void append(Input record) {
    if (!cluster.topicNames().contains(record.to().topic())) {
      return; // It was deleted, and who writes there must wait.
    }
    byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = record.value().getBytes(StandardCharsets.UTF_8);
    cluster.addPartitions(record.to().topic(), record.to().partition() + 1);
    if (record.how() == Input.How.PLAIN) {
      cluster.append(record.to(), key, value, record.timestamp());
    } else {
      cluster.appendInTransaction(
          record.to(), key, value, record.timestamp(), record.how() == Input.How.COMMITTED);
    }
    viewer.inputCame();
  }

  private void start(Supervisor.Instance instance) {
    SimProcess process = instance.process();
    Life life = supervisor.life();
    stores.computeIfAbsent(life, one -> new StoreWitness(disk, one));
    Map<TopicPartition, Long> stops = Input.stops(input, workload.topics());
    instance.run(
        life.named(workload.pipeline(cluster.clients(process), stops).graph()),
        config(life),
        new Ports(process.clock(), process.threads(), disk.of(process), crashes()));
  }

  private JobConfig config(Life life) {
    retained = 1 + choices.nextInt(2);
    JobConfig.Builder config = JobConfig.builder();
    life.savepoint().ifPresent(config::restoreFrom);
    return config
        .parallelism(choices.nextInt(3) == 0 ? 1 : 2)
        .maxParallelism(8)
        .checkpointStorage(life.folder())
        .checkpointInterval(
            Duration.ofMillis(10 + choices.nextInt(1 + choices.nextInt(LONGEST_INTERVAL_MILLIS))))
        .checkpointTimeout(Duration.ofMillis(choices.nextInt(3) == 0 ? 40_000 : 4_000))
        .retainedCheckpoints(retained)
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(50), 1_000))
        .standbyDetection(detection())
        .build();
  }

  /** In half of the runs no instance stands by, and each fences the one before. */
  private Duration detection() {
    return standsBy
        ? Duration.ofMillis(LEAST_DETECTION_MILLIS + choices.nextInt(LEAST_DETECTION_MILLIS * 3))
        : Duration.ZERO;
  }

  /** Each crash point is a moment at which others may run. */
  private CrashPoint.Hook crashes() {
    return (point, id) -> scheduler.point(point.name(), id);
  }

  private Map<String, List<ConsumerRecord<byte[], byte[]>>> output() {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> output = new HashMap<>();
    Set<String> there = cluster.topicNames();
    workload
        .topics()
        .keySet()
        .forEach(
            topic ->
                output.put(
                    topic,
                    there.contains(topic)
                        ? cluster.read(topic, IsolationLevel.READ_COMMITTED)
                        : List.of()));
    return output;
  }

  private long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(scheduler.nanos());
  }
}
