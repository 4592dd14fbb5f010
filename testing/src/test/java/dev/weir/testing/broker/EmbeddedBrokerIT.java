package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.WeirException;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedBrokerIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @Test
  void shouldServeAMainThatStartsAndClosesIt() {
    try (EmbeddedBroker broker = EmbeddedBroker.started();
        TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
      topics.create("greetings", 1);
      topics.produce("greetings", "who", "weir");

      assertThat(topics.readCommitted("greetings"))
          .extracting(ConsumerRecord::value)
          .containsExactly("weir");
    }
  }

  @Test
  void shouldTakePropertiesOfItsOwn() {
    BrokerSettings settings =
        BrokerSettings.forBenchmarks().with("transaction.max.timeout.ms", 1000);
    try (EmbeddedBroker broker = new EmbeddedBroker(settings)) {
      broker.start();

      try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
        assertThatThrownBy(() -> closed(topics.transactionalProducer("long", BOUND)))
            .isInstanceOf(KafkaException.class)
            .hasStackTraceContaining("transaction.max.timeout.ms");
        closed(topics.transactionalProducer("short", Duration.ofSeconds(1)));
      }
    }
  }

  @Test
  void shouldShowTheTailOfItsLogWhenItDoesNotComeUp() {
    BrokerSettings settings = BrokerSettings.forTests().with("log.segment.bytes", "not a number");
    try (EmbeddedBroker broker = new EmbeddedBroker(settings)) {
      assertThatThrownBy(broker::start)
          .isInstanceOf(WeirException.class)
          .hasMessageContaining(broker.bootstrapServers())
          .hasStackTraceContaining("not a number");
    }
  }

  @Test
  void shouldNotOutliveAParentThatIsKilled(@TempDir Path temporary) {
    try (ChildJvm parent =
        ChildJvm.of(Parent.class)
            .property("java.io.tmpdir", temporary.toString())
            .property("weir.broker.archive", "false")
            .start()) {
      String line = parent.awaitLine("127.0.0.1:", BOUND);
      int port = Integer.parseInt(line.substring(line.indexOf(':') + 1));
      assertThat(listens(port)).isTrue();

      parent.kill();

      Await.until("the end of the broker", BOUND, () -> !listens(port));
    }
  }

  @Test
  void shouldLoadItsClassesFromTheArchive() {
    try (ChildJvm jvm =
        BrokerJvm.of(BrokerMain.class.getName(), true)
            .options("-Xlog:class+load")
            .args("no-such-file")
            .start()) {
      assertThat(jvm.awaitLine(BrokerMain.class.getName() + " source:", BOUND))
          .contains("shared objects file (top)");
    }
  }

  private static void closed(KafkaProducer<String, String> producer) {
    producer.close(Duration.ZERO);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** Starts a broker and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws InterruptedException {
      System.out.println(EmbeddedBroker.started().bootstrapServers());
      Thread.currentThread().join();
    }
  }
}
