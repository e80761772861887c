package dev.drawbridge.engine.camel;

import dev.drawbridge.engine.Bridge;
import dev.drawbridge.engine.Receive;
import dev.drawbridge.engine.broker.Broker;
import dev.drawbridge.engine.broker.InboxQueue;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.util.Collection;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;

/// Carries items between the stages and does nothing else. Bodies are bytes the engine wrote; headers are hashes of
/// ours.
final class BridgeRoutes extends RouteBuilder {
    static final String INBOX = "direct:inbox";
    /// For what was given up once and is tried again.
    static final String AGAIN = "direct:outbox";
    private static final String STAGE =
            "?transacted=true&lazyCreateTransactionManager=false&cacheLevelName=CACHE_CONSUMER"
                    + "&errorHandlerLogStackTrace=false&concurrentConsumers=";
    private static final String OUTBOX = "drawbridgeOutbox";
    private final Collection<Network> networks;
    private final Receive receive;
    private final Bridge bridge;
    private final EngineJson json;
    private final RouteSettings settings;
    private final DeadLetters deadLetters;
    private final RightOfWay rightOfWay;
    private final InboxQueue inbox;

    BridgeRoutes(
            Collection<Network> networks,
            Receive receive,
            Bridge bridge,
            EngineJson json,
            RouteSettings settings,
            DeadLetters deadLetters,
            RightOfWay rightOfWay,
            InboxQueue inbox) {
        this.networks = networks;
        this.receive = receive;
        this.bridge = bridge;
        this.json = json;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.rightOfWay = rightOfWay;
        this.inbox = inbox;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        from(INBOX).routeId("inbox").process(this::writeEvent);
        from(AGAIN)
                .routeId("outbox")
                .process(this::writeDelivery)
                .toD("jms:queue:${exchangeProperty." + OUTBOX
                        + "}?exchangePattern=InOnly&transacted=false&deliveryPersistent=true");
        from("jms:queue:" + InboxQueue.NAME + STAGE + settings.bridgeConsumers())
                .routeId("bridge")
                .doTry()
                .process(this::bridge)
                .split(body())
                .stopOnException()
                .process(this::writeDelivery)
                .toD("jms:queue:${exchangeProperty." + OUTBOX + "}?exchangePattern=InOnly&deliveryPersistent=true")
                .end()
                .endDoTry()
                .doCatch(Exception.class)
                .process(new Poison(DeadLetters.Stage.BRIDGE, deadLetters, json, settings))
                .end();
        routeTemplate("receive")
                .templateParameter("network")
                .from("{{network}}:events")
                .process(this::gate)
                .to(INBOX);
        routeTemplate("deliver")
                .templateParameter("network")
                .from("jms:queue:outbox.{{network}}" + STAGE + settings.deliverConsumers())
                .doTry()
                .process(this::readDelivery)
                .to("{{network}}:deliver")
                .endDoTry()
                .doCatch(Exception.class)
                .process(new Poison(DeadLetters.Stage.DELIVER, deadLetters, json, settings))
                .end();
    }

    /// Makes the routes of every network from the templates.
    void perNetwork() {
        for (Network network : networks) {
            template("receive", network);
            template("deliver", network);
        }
    }

    private void template(String stage, Network network) {
        TemplatedRouteBuilder.builder(getContext(), stage)
                .parameter("network", network.name())
                .routeId(stage + "-" + network.name())
                .add();
    }

    private void gate(Exchange exchange) throws InvalidPayloadException {
        Receipt receipt = receive.accept(exchange.getMessage().getMandatoryBody(NativeEvent.class));
        exchange.setProperty(ConnectorConsumer.RECEIPT, receipt);
        exchange.setRouteStop(!(receipt instanceof Receipt.Accepted));
    }

    private void writeEvent(Exchange exchange) throws InvalidPayloadException {
        NativeEvent event = exchange.getMessage().getMandatoryBody(NativeEvent.class);
        inbox.put(new InboxQueue.Item(group(event.author().key()), json.write(event)));
    }

    private void bridge(Exchange exchange) throws InvalidPayloadException {
        rightOfWay.give();
        exchange.getMessage().setBody(bridge.bridge(json.event(Poison.open(exchange))));
    }

    private void writeDelivery(Exchange exchange) throws InvalidPayloadException {
        Delivery delivery = exchange.getMessage().getMandatoryBody(Delivery.class);
        exchange.getMessage()
                .setHeader(Broker.GROUP, group(delivery.destination().key()));
        exchange.setProperty(OUTBOX, "outbox." + delivery.target().name());
        exchange.getMessage().setBody(json.write(delivery));
    }

    private void readDelivery(Exchange exchange) throws InvalidPayloadException {
        rightOfWay.give();
        exchange.getMessage().setBody(json.delivery(Poison.open(exchange)));
    }

    /// What keeps things in order, as a number: nothing a remote server wrote becomes a header.
    private static String group(String key) {
        return Integer.toHexString(key.hashCode());
    }
}
