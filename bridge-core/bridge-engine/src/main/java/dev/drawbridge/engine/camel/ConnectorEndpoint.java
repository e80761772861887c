package dev.drawbridge.engine.camel;

import dev.drawbridge.engine.Deliver;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.spi.NetworkConnector;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/// Either end of a network: `events` comes in, `deliver` goes out.
final class ConnectorEndpoint extends DefaultEndpoint {
    private final String end;
    private final NetworkConnector connector;
    private final Deliver deliver;
    private final RightOfWay rightOfWay;

    ConnectorEndpoint(
            String uri,
            Component component,
            String end,
            NetworkConnector connector,
            Deliver deliver,
            RightOfWay rightOfWay) {
        super(uri, component);
        this.end = end;
        this.connector = connector;
        this.deliver = deliver;
        this.rightOfWay = rightOfWay;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        require("events");
        var consumer = new ConnectorConsumer(this, processor, connector, rightOfWay);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        require("deliver");
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws InvalidPayloadException {
                deliver.deliver(exchange.getMessage().getMandatoryBody(Delivery.class));
            }
        };
    }

    private void require(String expected) {
        if (!end.equals(expected)) {
            throw new IllegalArgumentException(getEndpointUri() + ": only " + expected + " goes here");
        }
    }
}
