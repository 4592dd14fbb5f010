package dev.weir.testing.suite;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.testing.broker.Broker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Kafka's own clients, but when asked to, they kill the broker as soon as it has answered a commit:
 * most times before it has told the partitions. Thread-safe.
 */
final class FatalCommits implements KafkaClients {
  private final Broker broker;
  private final AtomicReference<CompletableFuture<Void>> awaited = new AtomicReference<>();

  FatalCommits(Broker broker) {
    this.broker = broker;
  }

  /** Done when the next commit has been answered, and the broker is dead. */
  CompletableFuture<Void> next() {
    CompletableFuture<Void> death = new CompletableFuture<>();
    awaited.set(death);
    return death;
  }

  @Override
  public Consumer<ByteBuffer, ByteBuffer> consumer(Map<String, Object> settings) {
    return KafkaClients.real().consumer(settings);
  }

  @Override
  @SuppressWarnings("unchecked") // The proxy is of this very interface.
  public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    Producer<byte[], byte[]> real = KafkaClients.real().producer(settings);
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            FatalCommits.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> call(real, method, arguments));
  }

  private Object call(Producer<byte[], byte[]> real, Method method, Object[] arguments)
      throws Throwable {
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (method.getName().equals("commitTransaction")) {
      CompletableFuture<Void> death = awaited.getAndSet(null);
      if (death != null) {
        broker.kill();
        death.complete(null);
      }
    }
    return result;
  }

  @Override
  public Admin admin(Map<String, Object> settings) {
    return KafkaClients.real().admin(settings);
  }

  @Override
  public RandomGenerator random() {
    return KafkaClients.real().random();
  }
}
