package dev.weir.testing.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The main class of the JVM whose classes are archived: a broker that starts, does one transaction
 * and ends in good order.
 */
final class TrainingMain {
  private static final String TOPIC = "training";
  private static final Duration READ_BOUND = Duration.ofSeconds(30);

  private TrainingMain() {}

  public static void main(String[] args) throws Exception {
    KafkaRaftServer server = BrokerMain.start(Path.of(args[0]), Uuid.randomUuid().toString());
    try {
      use(args[1]);
    } finally {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static void use(String bootstrapServers) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      write(bootstrapServers);
      read(bootstrapServers);
      admin.listTransactions().all().get();
    }
  }

  private static void write(String bootstrapServers) throws Exception {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            TOPIC);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TOPIC, "key", "value")).get();
      producer.commitTransaction();
    }
  }

  private static void read(String bootstrapServers) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> all = List.of(new TopicPartition(TOPIC, 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      consumer.poll(READ_BOUND);
    }
  }
}
