package dev.drawbridge.engine.broker;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.jms.connection.CachingConnectionFactory;

/// Sends to and receives from the queue `inbox`; also a program, for tests that kill it.
final class Journal {
    private Journal() {}

    /// `send FOLDER` sends numbers and prints each one once it is on the disk, until it is killed.
    /// `crowd FOLDER` does so with eight threads that put into the queue of what was accepted.
    /// `receive FOLDER` prints what is there.
    public static void main(String[] args) {
        try (var broker = EmbeddedBroker.start(Path.of(args[1]))) {
            if (args[0].equals("send")) {
                try (JMSContext context = broker.connectionFactory().createContext()) {
                    var producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
                    for (int i = 0; ; i++) {
                        producer.send(context.createQueue("inbox"), Integer.toString(i));
                        System.out.println("sent " + i);
                        System.out.flush();
                    }
                }
            }
            if (args[0].equals("crowd")) {
                crowd(broker.connectionFactory());
            }
            receive(broker.connectionFactory()).forEach(text -> System.out.println("received " + text));
        }
        System.out.println("done");
        // Threads of the in-VM transport live on for a minute.
        System.exit(0);
    }

    private static void crowd(ConnectionFactory connections) {
        var cached = new CachingConnectionFactory(connections);
        try (var queue = new InboxQueue(cached);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                String group = Integer.toString(thread);
                threads.submit(() -> {
                    for (int i = 0; ; i++) {
                        put(queue, group, group + ":" + i);
                        System.out.println("sent " + group + ":" + i);
                        System.out.flush();
                    }
                });
            }
        }
    }

    static void put(InboxQueue queue, String group, String text) {
        queue.put(new InboxQueue.Item(group, text.getBytes(StandardCharsets.UTF_8)));
    }

    static void send(ConnectionFactory connections, String... texts) {
        try (JMSContext context = connections.createContext()) {
            for (String text : texts) {
                context.createProducer().send(context.createQueue("inbox"), text);
            }
        }
    }

    static List<String> receive(ConnectionFactory connections) {
        List<String> texts = new ArrayList<>();
        try (JMSContext context = connections.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue("inbox"))) {
            for (Message message = consumer.receive(2000); message != null; message = consumer.receive(500)) {
                texts.add(
                        message.isBodyAssignableTo(String.class)
                                ? message.getBody(String.class)
                                : new String(message.getBody(byte[].class), StandardCharsets.UTF_8));
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }
}
