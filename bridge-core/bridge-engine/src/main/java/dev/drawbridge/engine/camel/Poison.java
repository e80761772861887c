package dev.drawbridge.engine.camel;

import dev.drawbridge.engine.Sha256;
import dev.drawbridge.engine.broker.BrokerUnavailableException;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.StoreUnavailableException;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides about an item whose stage threw: again, in its place, after a pause; or, if it is the item's own fault and
/// it was tried often enough, to the dead letters. A store that is down is nobody's fault and is waited for.
final class Poison implements Processor {
    private static final String ITEM = "drawbridgeItem";
    private static final Logger LOG = LoggerFactory.getLogger(Poison.class);
    private static final int ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private final DeadLetters.Stage stage;
    private final DeadLetters deadLetters;
    private final EngineJson json;
    private final RouteSettings settings;

    /// Waits between two attempts; replaced in tests.
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    Poison(DeadLetters.Stage stage, DeadLetters deadLetters, EngineJson json, RouteSettings settings) {
        this.stage = stage;
        this.json = json;
        this.deadLetters = deadLetters;
        this.settings = settings;
    }

    /// Keeps what is needed here, and leaves no header of the broker behind.
    static byte[] open(Exchange exchange) throws InvalidPayloadException {
        byte[] body = exchange.getMessage().getMandatoryBody(byte[].class);
        Integer attempt = exchange.getMessage().getHeader("JMSXDeliveryCount", Integer.class);
        exchange.setProperty(ITEM, new Item(body, attempt == null ? 1 : attempt));
        exchange.getMessage().removeHeaders("*");
        return body;
    }

    /// @param body the bytes that came from the queue
    /// @param attempt how often the broker handed them out
    private record Item(byte[] body, int attempt) {}

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception cause = Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        Item item = Objects.requireNonNull(exchange.getProperty(ITEM, Item.class));
        int attempt = item.attempt();
        boolean itsOwnFault = !outage(cause);
        if (itsOwnFault && (attempt >= ATTEMPTS || cause instanceof EngineJson.UnreadableItemException)) {
            bury(item, cause);
            return;
        }
        LOG.warn("{} failed, attempt {}, goes back to its place: {}", stage, attempt, cause.toString());
        settings.pause().of(Duration.ofMillis(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt, 10))));
        throw cause;
    }

    /// Whether the store or the broker is to blame, wherever in the chain it says so.
    private static boolean outage(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException
                    || cause instanceof BrokerUnavailableException
                    || cause instanceof JMSException) {
                return true;
            }
        }
        return false;
    }

    private void bury(Item item, Exception cause) {
        String body = new String(item.body(), StandardCharsets.UTF_8);
        String id = id(item, body);
        LOG.error("{} given up, kept as dead letter {}", stage, id, cause);
        deadLetters.put(new DeadLetters.DeadLetter(
                id,
                stage,
                destination(item),
                cause.toString(),
                body,
                settings.clock().instant()));
    }

    private String id(Item item, String body) {
        try {
            return switch (stage) {
                case BRIDGE -> json.event(item.body()).id().key();
                case DELIVER -> json.delivery(item.body()).id();
                case CONNECTOR -> throw new IllegalStateException("connectors keep no items in the broker");
            };
        } catch (EngineJson.UnreadableItemException e) {
            return "unreadable " + Sha256.hex(body);
        }
    }

    private String destination(Item item) {
        try {
            return stage == DeadLetters.Stage.DELIVER
                    ? json.delivery(item.body()).destination().key()
                    : "";
        } catch (EngineJson.UnreadableItemException e) {
            return "";
        }
    }
}
