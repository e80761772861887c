package dev.drawbridge.engine.broker;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Sends to and receives from the queue `inbox`; also a program, for tests that kill it.
final class Journal {
    private Journal() {}

    /// `send FOLDER` sends numbers and prints each one once it is on the disk, until it is killed.
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
            receive(broker.connectionFactory()).forEach(text -> System.out.println("received " + text));
        }
        System.out.println("done");
        // Threads of the in-VM transport live on for a minute.
        System.exit(0);
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
            String text = consumer.receiveBody(String.class, 2000);
            while (text != null) {
                texts.add(text);
                text = consumer.receiveBody(String.class, 500);
            }
        }
        return texts;
    }
}
