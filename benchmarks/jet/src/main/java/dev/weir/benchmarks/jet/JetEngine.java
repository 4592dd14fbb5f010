package dev.weir.benchmarks.jet;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import dev.weir.benchmarks.work.EngineArguments;
import dev.weir.benchmarks.work.Marks;

/** Runs one workload with an embedded member of Hazelcast Jet until it ends or is killed. */
public final class JetEngine {
  private JetEngine() {}

  /** Takes the driver's arguments. */
  public static void main(String[] given) {
    EngineArguments arguments = EngineArguments.parse(given);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config(arguments));
    JobConfig job =
        new JobConfig()
            .setName(arguments.id())
            .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
            .setSnapshotIntervalMillis(arguments.interval().toMillis());
    member.getJet().newJob(Pipelines.of(arguments), job).join();
    if (arguments.isEngineOnly()) {
      Marks.last();
    }
    member.shutdown();
  }

  private static Config config(EngineArguments arguments) {
    Config config = new Config().setClusterName(arguments.id());
    config
        .getJetConfig()
        .setEnabled(true)
        .setCooperativeThreadCount(arguments.parallelism())
        .setBackupCount(0);
    config.getMetricsConfig().setEnabled(false);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.partition.count", "31");
    NetworkConfig network = config.getNetworkConfig();
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    return config;
  }
}
