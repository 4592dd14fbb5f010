package dev.weir.testing.broker;

@OnBroker(BrokerKind.CONTAINER)
class TransactionContainerIT implements TransactionSuite {}
