package dev.drawbridge.engine.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/// An Artemis that somebody else runs: one URL, which may name a whole HA pair.
public final class ExternalBroker implements Broker {
    private final ActiveMQConnectionFactory connections;
    private final String url;

    private ExternalBroker(String url) {
        this.url = url;
        this.connections = Connections.to(url, 15);
    }

    /// @param url `tcp://host:61616`, or `(tcp://a:61616,tcp://b:61616)?ha=true`
    /// @throws BrokerUnavailableException if nobody answers there
    public static ExternalBroker connect(String url) {
        var broker = new ExternalBroker(url);
        broker.trouble().ifPresent(trouble -> {
            broker.close();
            throw new BrokerUnavailableException(trouble);
        });
        return broker;
    }

    @Override
    public ConnectionFactory connectionFactory() {
        return connections;
    }

    @Override
    public Optional<String> trouble() {
        try (Connection connection = connections.createConnection()) {
            connection.createSession().close();
            return Optional.empty();
        } catch (JMSException e) {
            return Optional.of("the broker at " + url + " does not answer: " + e.getMessage());
        }
    }

    @Override
    public OptionalLong depth(String queue) {
        return OptionalLong.empty();
    }

    @Override
    public String description() {
        return "external at " + url;
    }

    @Override
    public void close() {
        connections.close();
    }
}
