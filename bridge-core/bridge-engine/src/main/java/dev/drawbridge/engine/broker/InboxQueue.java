package dev.drawbridge.engine.broker;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;

/// The queue of what was accepted. What arrives at the same time is one transaction of the broker.
public final class InboxQueue implements AutoCloseable {
    public static final String NAME = "inbox";

    private final ConnectionFactory connections;
    private final GroupCommit<Item> commits = new GroupCommit<>(NAME, this::send);

    /// @param group items of one group stay in order
    public record Item(String group, byte[] body) {}

    /// @param connections a pool: one is taken for each transaction
    public InboxQueue(ConnectionFactory connections) {
        this.connections = connections;
    }

    /// Returns once the broker has it in its journal.
    ///
    /// @throws IllegalStateException if the broker does not take it
    public void put(Item item) {
        commits.commit(item);
    }

    private void send(List<Item> items) {
        // A session that goes back to the pool without a commit is rolled back.
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(NAME))) {
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            for (Item item : items) {
                producer.send(message(item, session));
            }
            session.commit();
        } catch (JMSException e) {
            throw new BrokerUnavailableException("the broker does not take what was accepted: " + e.getMessage(), e);
        }
    }

    private static BytesMessage message(Item item, Session session) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(item.body());
        message.setStringProperty(Broker.GROUP, item.group());
        return message;
    }

    @Override
    public void close() {
        commits.close();
    }
}
