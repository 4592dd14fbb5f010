package dev.weir.testing.kafka;

import dev.weir.connectors.kafka.KafkaClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Kafka's own clients, whose producers fail where a test says so. Thread-safe. */
final class FaultyClients implements KafkaClients {
  private final Map<String, Fault> before = new ConcurrentHashMap<>();
  private final Map<String, Fault> after = new ConcurrentHashMap<>();

  /** Something that goes wrong at a call. */
  @FunctionalInterface
  interface Fault {
    void strike(Object[] arguments);
  }

  /** Strikes at each call of this method of a producer, before it has any effect. */
  void before(String method, Fault fault) {
    before.put(method, fault);
  }

  /** Strikes when the call has had its effect, before its answer is heard. */
  void after(String method, Fault fault) {
    after.put(method, fault);
  }

  void heal() {
    before.clear();
    after.clear();
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
            getClass().getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              strike(before, method.getName(), arguments);
              try {
                Object result = method.invoke(real, arguments);
                strike(after, method.getName(), arguments);
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Admin admin(Map<String, Object> settings) {
    return KafkaClients.real().admin(settings);
  }

  @Override
  public RandomGenerator random() {
    return KafkaClients.real().random();
  }

  private static void strike(Map<String, Fault> faults, String method, Object[] arguments) {
    Fault fault = faults.get(method);
    if (fault != null) {
      fault.strike(arguments);
    }
  }
}
