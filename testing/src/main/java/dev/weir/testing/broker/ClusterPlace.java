package dev.weir.testing.broker;

import dev.weir.testing.fault.FreePorts;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Which broker of which cluster a broker is. Immutable.
 *
 * @param clusterId the same for all members
 * @param nodeId its own number, from 1
 * @param controllerPorts where each member's controller listens, in the order of their numbers
 */
record ClusterPlace(String clusterId, int nodeId, List<Integer> controllerPorts) {
  ClusterPlace {
    controllerPorts = List.copyOf(controllerPorts);
  }

  /** A broker that is its whole cluster. */
  static ClusterPlace alone() {
    return ofCluster(1).get(0);
  }

  /** The places of a new cluster. */
  static List<ClusterPlace> ofCluster(int size) {
    String id = Uuid.randomUuid().toString();
    List<Integer> ports = IntStream.range(0, size).mapToObj(i -> FreePorts.next()).toList();
    return IntStream.rangeClosed(1, size).mapToObj(n -> new ClusterPlace(id, n, ports)).toList();
  }

  int controllerPort() {
    return controllerPorts.get(nodeId - 1);
  }

  /** All members, as {@code controller.quorum.voters} has them, at these addresses. */
  String voters(IntFunction<String> addressOf) {
    return IntStream.rangeClosed(1, controllerPorts.size())
        .mapToObj(node -> node + "@" + addressOf.apply(node))
        .collect(Collectors.joining(","));
  }
}
