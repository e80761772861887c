package dev.drawbridge.engine.camel;

import dev.drawbridge.engine.Deliver;
import dev.drawbridge.model.spi.NetworkConnector;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/// One network as a Camel component, registered under the network's name: `from("nostr:events")`,
/// `to("nostr:deliver")`.
final class ConnectorComponent extends DefaultComponent {
    private final NetworkConnector connector;
    private final Deliver deliver;
    private final RightOfWay rightOfWay;

    ConnectorComponent(NetworkConnector connector, Deliver deliver, RightOfWay rightOfWay) {
        this.connector = connector;
        this.deliver = deliver;
        this.rightOfWay = rightOfWay;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ConnectorEndpoint(uri, this, remaining, connector, deliver, rightOfWay);
    }
}
