package dev.drawbridge.engine.camel;

import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts a connector's listening with the route as its sink: the receipt says what the route made of the event.
final class ConnectorConsumer extends DefaultConsumer {
    /// The exchange property in which the route leaves the gate's answer.
    static final String RECEIPT = "drawbridgeReceipt";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorConsumer.class);
    private static final Receipt BUSY = new Receipt.Busy(Duration.ofSeconds(30));
    private final NetworkConnector connector;
    private final RightOfWay rightOfWay;

    ConnectorConsumer(Endpoint endpoint, Processor processor, NetworkConnector connector, RightOfWay rightOfWay) {
        super(endpoint, processor);
        this.connector = connector;
        this.rightOfWay = rightOfWay;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        connector.start(this::accept);
    }

    @Override
    protected void doStop() throws Exception {
        connector.stop();
        super.doStop();
    }

    private Receipt accept(NativeEvent event) {
        if (!isRunAllowed()) {
            return BUSY;
        }
        rightOfWay.arrives();
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(event);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            Receipt receipt = exchange.getProperty(RECEIPT, Receipt.class);
            return receipt == null ? BUSY : receipt;
        } catch (Exception e) {
            LOG.warn("not accepted: {} {}: {}", event.kind(), event.id(), e.toString());
            return BUSY;
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
