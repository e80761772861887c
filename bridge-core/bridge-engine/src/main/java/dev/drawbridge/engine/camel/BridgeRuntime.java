package dev.drawbridge.engine.camel;

import dev.drawbridge.engine.Bridge;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Deliver;
import dev.drawbridge.engine.Inbox;
import dev.drawbridge.engine.Receive;
import dev.drawbridge.engine.broker.Broker;
import dev.drawbridge.engine.broker.InboxQueue;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.jms.connection.CachingConnectionFactory;

/// The running routes of one instance.
public final class BridgeRuntime implements Inbox, AutoCloseable {
    private static final int SESSIONS = 256;
    private static final long STOP_SECONDS = 10;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CachingConnectionFactory connections;
    private final ProducerTemplate producer;
    private final InboxQueue inbox;
    private final Broker broker;
    private final Connectors connectors;

    /// What the routes are made of.
    public record Stages(Receive receive, Bridge bridge, Deliver deliver, EngineJson json, DeadLetters deadLetters) {}

    /// @param broker stays open when this is closed
    public BridgeRuntime(Broker broker, Connectors connectors) {
        this.broker = broker;
        this.connectors = connectors;
        connections = new CachingConnectionFactory(broker.connectionFactory());
        connections.setSessionCacheSize(SESSIONS);
        connections.setCacheConsumers(false);
        producer = camel.createProducerTemplate();
        inbox = new InboxQueue(connections);
    }

    /// Builds the stages. Nothing moves yet.
    public void prepare(Stages stages, RouteSettings settings) {
        camel.getCamelContextExtension().setName("drawbridge");
        camel.setStreamCaching(false);
        camel.getShutdownStrategy().setTimeout(STOP_SECONDS);
        camel.setRouteController(camel.getRouteController().supervising());
        camel.setAutoStartup(false);
        camel.addComponent("jms", jms());
        var rightOfWay = RightOfWay.here();
        for (NetworkConnector connector : connectors.all()) {
            camel.addComponent(
                    connector.network().name(), new ConnectorComponent(connector, stages.deliver(), rightOfWay));
        }
        var routes = new BridgeRoutes(
                connectors.networks(),
                stages.receive(),
                stages.bridge(),
                stages.json(),
                settings,
                stages.deadLetters(),
                rightOfWay,
                inbox);
        try {
            camel.addRoutes(routes);
            routes.perNetwork();
            camel.start();
            producer.start();
        } catch (Exception e) {
            throw new IllegalStateException("the routes cannot be built", e);
        }
    }

    /// Starts the stages. What is accepted before the next one runs waits in its queue.
    public void start() {
        try {
            camel.getRouteController().startAllRoutes();
        } catch (Exception e) {
            throw new IllegalStateException("the routes do not start", e);
        }
    }

    private JmsComponent jms() {
        var configuration = new JmsConfiguration(connections);
        configuration.setDeliveryPersistent(true);
        configuration.setLazyCreateTransactionManager(false);
        return new JmsComponent(configuration);
    }

    @Override
    public void put(NativeEvent event) {
        producer.sendBody(BridgeRoutes.INBOX, event);
    }

    /// Puts a delivery that was given up once back in front of its stage. Returns once it is durable.
    ///
    /// @throws IllegalArgumentException if the instance does not bridge the network it goes to
    public void again(Delivery delivery) {
        connectors.get(delivery.target());
        producer.sendBody(BridgeRoutes.AGAIN, delivery);
    }

    /// How much is ready and not yet done, by queue; nothing where the broker is somebody else's and keeps its own
    /// count.
    public Map<String, Long> depths() {
        Map<String, Long> depths = new TreeMap<>();
        for (String queue : queues()) {
            broker.depth(queue).ifPresent(depth -> depths.put(queue, depth));
        }
        return depths;
    }

    private List<String> queues() {
        var names = new java.util.ArrayList<>(List.of(InboxQueue.NAME));
        connectors.networks().forEach(network -> names.add("outbox." + network.name()));
        return names;
    }

    /// For metrics and health.
    public CamelContext camel() {
        return camel;
    }

    @Override
    public void close() {
        try {
            producer.stop();
            camel.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the routes do not stop", e);
        } finally {
            inbox.close();
            connections.destroy();
        }
    }
}
