package dev.weir.testing.broker;

@OnBroker(BrokerKind.EMBEDDED)
class TransactionEmbeddedIT implements TransactionSuite {}
