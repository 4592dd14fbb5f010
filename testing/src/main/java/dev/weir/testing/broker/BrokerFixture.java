package dev.weir.testing.broker;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives test classes annotated with {@link OnBroker} their broker. A shared broker starts with the
 * first test that takes it and is closed with the JVM's last test, a class's own one with the
 * class. Thread-safe.
 */
public final class BrokerFixture implements ExecutionCondition, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BrokerFixture.class);

  /** Made by JUnit. */
  public BrokerFixture() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ContainerDemand.ofThisJvm()
        .judge(wish(context).value(), ContainerBroker::availability)
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("its broker can be had"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Broker.class || type == BrokerCluster.class || type == TopicAdmin.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Broker.class) {
      return broker(context);
    } else if (type == BrokerCluster.class) {
      return cluster(context);
    }
    String servers =
        wish(context).nodes() > 1
            ? cluster(context).bootstrapServers()
            : broker(context).bootstrapServers();
    return classContext(context)
        .getStore(NAMESPACE)
        .computeIfAbsent(TopicAdmin.class, key -> new TopicAdmin(servers), TopicAdmin.class);
  }

  private static BrokerCluster cluster(ExtensionContext context) {
    OnBroker wish = wish(context);
    if (!wish.own() || wish.properties().length > 0) {
      throw new IllegalStateException(
          "A cluster is for one class alone and has no properties; write own = true, without any.");
    }
    return classContext(context)
        .getStore(NAMESPACE)
        .computeIfAbsent(
            BrokerCluster.class,
            key -> BrokerCluster.started(wish.value(), wish.nodes()),
            BrokerCluster.class);
  }

  private static Broker broker(ExtensionContext context) {
    OnBroker wish = wish(context);
    if (wish.own()) {
      Store store = classContext(context).getStore(NAMESPACE);
      return store.computeIfAbsent(
          Broker.class, key -> start(wish.value(), settings(wish)), Broker.class);
    }
    if (wish.properties().length > 0) {
      throw new IllegalStateException(
          "Broker properties are for one class alone, this one shares its broker; add own = true.");
    }
    Store store = context.getRoot().getStore(NAMESPACE);
    return store.computeIfAbsent(
        wish.value(),
        kind -> new SharedBroker(start(kind, BrokerSettings.forTests())),
        SharedBroker.class);
  }

  private static Broker start(BrokerKind kind, BrokerSettings settings) {
    Broker broker =
        switch (kind) {
          case EMBEDDED -> new EmbeddedBroker(settings);
          case CONTAINER -> new ContainerBroker(settings);
        };
    try {
      broker.start();
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private static BrokerSettings settings(OnBroker wish) {
    BrokerSettings settings = BrokerSettings.forTests();
    for (String property : wish.properties()) {
      int split = property.indexOf('=');
      if (split < 0) {
        throw new IllegalStateException(
            "A broker property is written key=value, found '" + property + "'; add the '='.");
      }
      settings = settings.with(property.substring(0, split), property.substring(split + 1));
    }
    return settings;
  }

  private static OnBroker wish(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), OnBroker.class)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "BrokerFixture works for classes annotated with OnBroker, found none on "
                        + context.getRequiredTestClass()
                        + "; add the annotation."));
  }

  /** Of the test class, whatever the level of the parameter: method, constructor or class. */
  private static ExtensionContext classContext(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestMethod().isPresent() && at.getParent().isPresent()) {
      at = at.getParent().get();
    }
    return at;
  }
}
