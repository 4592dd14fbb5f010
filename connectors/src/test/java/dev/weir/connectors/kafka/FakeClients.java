package dev.weir.connectors.kafka;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers that acknowledge when the test says so, on topics that exist when the test says so. */
public final class FakeClients implements KafkaClients {
  private static final Node NODE = new Node(1, "broker", 9092);

  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final List<Map<String, Object>> settings = new ArrayList<>();
  private final Map<String, Integer> topics = new HashMap<>();

  /** These topics exist, each with so many partitions. */
  public FakeClients withTopics(int partitions, String... names) {
    Arrays.stream(names).forEach(name -> topics.put(name, partitions));
    return this;
  }

  /** Producers in the order in which they were made. */
  public MockProducer<byte[], byte[]> producer(int index) {
    return producers.get(index);
  }

  public Map<String, Object> settings(int index) {
    return settings.get(index);
  }

  @Override
  public Consumer<ByteBuffer, ByteBuffer> consumer(Map<String, Object> of) {
    MockConsumer<ByteBuffer, ByteBuffer> consumer = new MockConsumer<>("none");
    consumer.setOffsetsException(new TimeoutException("it does not appear"));
    return consumer;
  }

  @Override
  public Producer<byte[], byte[]> producer(Map<String, Object> of) {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(producer);
    settings.add(of);
    return producer;
  }

  @Override
  public Admin admin(Map<String, Object> of) {
    return (Admin)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "describeTopics" -> describe((Collection<?>) arguments[0]);
                  case "close" -> null;
                  default -> throw new AssertionError("Nobody should ask " + method);
                });
  }

  @Override
  public RandomGenerator random() {
    throw new AssertionError("Nothing here is random");
  }

  private DescribeTopicsResult describe(Collection<?> names) {
    Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();
    names.forEach(name -> answers.put((String) name, describe((String) name)));
    return new Described(answers);
  }

  private KafkaFuture<TopicDescription> describe(String name) {
    KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
    if (!topics.containsKey(name)) {
      answer.completeExceptionally(new UnknownTopicOrPartitionException(name));
      return answer;
    }
    List<TopicPartitionInfo> partitions =
        IntStream.range(0, topics.get(name))
            .mapToObj(p -> new TopicPartitionInfo(p, NODE, List.of(NODE), List.of(NODE)))
            .toList();
    return KafkaFuture.completedFuture(new TopicDescription(name, false, partitions));
  }

  private Cluster cluster() {
    Set<PartitionInfo> infos = new HashSet<>();
    Node[] nodes = {NODE};
    topics.forEach(
        (name, count) ->
            IntStream.range(0, count)
                .forEach(p -> infos.add(new PartitionInfo(name, p, NODE, nodes, nodes))));
    return new Cluster("fake", List.of(NODE), infos, Set.of(), Set.of());
  }

  /** What an admin client gives; its constructor is for such as this. */
  private static final class Described extends DescribeTopicsResult {
    Described(Map<String, KafkaFuture<TopicDescription>> answers) {
      super(null, answers);
    }
  }
}
