package dev.weir.testing.sim.kafka;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.testing.sim.Fate;
import dev.weir.testing.sim.Network;
import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.SimProcess;
import dev.weir.testing.sim.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program's run on the simulated cluster. */
record SimulatedProgram(List<String> told, List<String> state) {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  static SimulatedProgram of(Program program, long seed, String topic) {
    Scheduler scheduler = new Scheduler(seed, new Trace(false));
    SimCluster cluster = new SimCluster(new Network(scheduler, (n, kind) -> Fate.DELIVERED));
    SimProcess process = new SimProcess(scheduler, "program");
    KafkaClients clients = cluster.clients(process);
    cluster.createTopic(topic, ClientProgram.PARTITIONS);
    List<String> told = new ArrayList<>();
    List<String> state = new ArrayList<>();
    process.start(
        "main",
        () -> {
          told.addAll(program.run(clients));
          scheduler.sleep("settle", SETTLE_NANOS);
          state.addAll(program.state(clients));
          process.kill();
        });
    scheduler.run(process::isDead);
    scheduler.shutDown();
    return new SimulatedProgram(told, state);
  }
}
