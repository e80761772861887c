package dev.drawbridge.engine.broker;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/// Connections as the engine needs them.
final class Connections {
    private Connections() {}

    /// @param reconnects how often a lost connection is looked for again; bounded, or a stop would hang
    static ActiveMQConnectionFactory to(String url, int reconnects) {
        var factory = new ActiveMQConnectionFactory(url);
        factory.setBlockOnDurableSend(true);
        // One message at a time: a consumer that holds a second one would keep it from an idle consumer.
        factory.setConsumerWindowSize(0);
        // Threads that end with the factory; the global ones would stay for another minute.
        factory.setUseGlobalPools(false);
        factory.setReconnectAttempts(reconnects);
        factory.setCallTimeout(10_000);
        // Else the broker is asked for the queue of each message.
        factory.setCacheDestinations(true);
        return factory;
    }
}
