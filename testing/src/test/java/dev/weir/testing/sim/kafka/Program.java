package dev.weir.testing.sim.kafka;

import dev.weir.connectors.kafka.KafkaClients;
import java.util.List;

/** Calls of Kafka's clients that can be made to a simulated cluster and to a real one. */
interface Program {
  /** Makes the calls, and says what came of each. */
  List<String> run(KafkaClients clients);

  /** What can be seen of it in the end. */
  List<String> state(KafkaClients clients);
}
