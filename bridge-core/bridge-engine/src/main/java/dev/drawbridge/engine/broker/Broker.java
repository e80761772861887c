package dev.drawbridge.engine.broker;

import jakarta.jms.ConnectionFactory;
import java.util.Optional;
import java.util.OptionalLong;

/// Where ready work waits for a consumer.
public interface Broker extends AutoCloseable {
    /// The property of a message that says with which others it stays in order.
    String GROUP = "JMSXGroupID";

    /// Connections whose persistent sends return after the journal is synced.
    ConnectionFactory connectionFactory();

    /// Asks the broker itself, not the connection to it.
    ///
    /// @return empty if it works, else what is wrong
    Optional<String> trouble();

    /// How much a queue holds; empty if the broker is not ours to ask.
    OptionalLong depth(String queue);

    /// One line for the log at start.
    String description();

    @Override
    void close();
}
