package dev.weir.testing.broker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class runs on a real broker of this kind. Its constructor and methods may take a {@link
 * Broker} and a {@link TopicAdmin} as parameters. To run one suite on both kinds, write it as an
 * interface of default test methods, with two classes:
 *
 * <pre>{@code
 * interface OffsetsSuite {
 *   @Test
 *   default void shouldKeepOffsets(Broker broker, TopicAdmin topics) { ... }
 * }
 *
 * @OnBroker(BrokerKind.EMBEDDED)
 * class OffsetsEmbeddedIT implements OffsetsSuite {}
 *
 * @OnBroker(BrokerKind.CONTAINER)
 * class OffsetsContainerIT implements OffsetsSuite {}
 * }</pre>
 *
 * Where no container can be had, the classes that want one are skipped with the reason; with {@code
 * -Dbroker=container} or {@code WEIR_REQUIRE_CONTAINERS=true} in the environment they fail instead.
 * {@code -Dbroker=embedded} skips them unasked.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrokerFixture.class)
public @interface OnBroker {
  /**
   * @return the kind of broker
   */
  BrokerKind value();

  /**
   * Whether the class has a broker to itself, which it may hurt. Without, all classes of the JVM
   * share one that can only be used.
   *
   * @return false unless said otherwise
   */
  boolean own() default false;

  /**
   * How many brokers there are; with more than one, tests take a {@link BrokerCluster} instead of a
   * {@link Broker}. Only for a class with brokers of its own.
   *
   * @return one unless said otherwise
   */
  int nodes() default 1;

  /**
   * Broker properties in addition to {@link BrokerSettings#forTests()}, as {@code key=value}. Only
   * for a class with one broker of its own.
   *
   * @return none unless said otherwise
   */
  String[] properties() default {};
}
