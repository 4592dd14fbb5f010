package dev.weir.testing.suite;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(
    value = BrokerKind.EMBEDDED,
    own = true,
    properties = {
      "transactional.id.expiration.ms=3000",
      "transaction.remove.expired.transaction.cleanup.interval.ms=500"
    })
class ForgottenProducerEmbeddedIT implements ForgottenProducerSuite {}
