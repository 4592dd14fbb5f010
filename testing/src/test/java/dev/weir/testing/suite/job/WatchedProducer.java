package dev.weir.testing.suite.job;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A real producer that tells the striker of each effect. Called as the real one is. */
final class WatchedProducer implements InvocationHandler {
  private static final String LEDGER = "weir-ledger-";
  private static final String CLAIM = "claim";
  private static final int LONGEST_FLIGHT_NANOS = 5_000_000;

  private final Producer<byte[], byte[]> real;
  private final Striker striker;
  private final RandomGenerator random;
  private volatile boolean hasOutput;
  private boolean isClaiming;

  private WatchedProducer(Producer<byte[], byte[]> real, Striker striker, RandomGenerator random) {
    this.real = real;
    this.striker = striker;
    this.random = random;
  }

  @SuppressWarnings("unchecked") // The proxy is of this very interface.
  static Producer<byte[], byte[]> around(
      Producer<byte[], byte[]> real, Striker striker, RandomGenerator random) {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            WatchedProducer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            new WatchedProducer(real, striker, random));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "send" -> {
        ProducerRecord<?, ?> record = (ProducerRecord<?, ?>) arguments[0];
        if (record.topic().startsWith(LEDGER)) {
          return sendToLedger(record, method, arguments);
        }
        hasOutput = true;
        return call(method, arguments);
      }
      case "commitTransaction" -> {
        return commit(method, arguments);
      }
      default -> {
        Object result = call(method, arguments);
        if (method.getName().equals("initTransactions")) {
          striker.reached(Moment.ID_FENCED);
        } else if (method.getName().equals("flush") && hasOutput) {
          hasOutput = false;
          striker.reached(Moment.OUTPUT_FLUSHED);
        }
        return result;
      }
    }
  }

  private Object sendToLedger(ProducerRecord<?, ?> record, Method method, Object[] arguments)
      throws Throwable {
    isClaiming = new String((byte[]) record.key(), StandardCharsets.UTF_8).startsWith(CLAIM);
    if (!isClaiming) {
      striker.reached(Moment.LEDGER_RECORD_UNSENT);
    }
    Object result = call(method, arguments);
    Moment sent = isClaiming ? Moment.CLAIM_SENT : Moment.LEDGER_RECORD_SENT;
    if (striker.watches(sent)) {
      real.flush();
      striker.reached(sent);
    }
    return result;
  }

  private Object commit(Method method, Object[] arguments) throws Throwable {
    if (isClaiming) {
      Object result = call(method, arguments);
      striker.reached(Moment.CLAIM_COMMITTED);
      return result;
    }
    striker.reached(Moment.COMMIT_UNSENT);
    if (striker.isNow(Moment.COMMIT_SENT)) {
      dieWhileCommitting();
    }
    Object result = call(method, arguments);
    striker.reached(Moment.COMMIT_ACKNOWLEDGED);
    return result;
  }

  private void dieWhileCommitting() {
    long flight = random.nextInt(LONGEST_FLIGHT_NANOS);
    striker.announce();
    Thread commit = new Thread(real::commitTransaction, "commit");
    commit.start();
    LockSupport.parkNanos(flight);
    Striker.die();
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
