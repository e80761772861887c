package dev.drawbridge.engine;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator does with what was given up: look, try again, throw away.
public final class DeadLetterDesk {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDesk.class);
    private final DeadLetters letters;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Connectors connectors;
    private final EngineJson json = new EngineJson();

    /// Takes a delivery that was given up once. Returns once it is durable.
    ///
    /// Throws [IllegalArgumentException] if it goes to a network there is none of.
    @FunctionalInterface
    public interface Outbox {
        void put(Delivery delivery);
    }

    /// @param connectors they take up what they gave up themselves
    public DeadLetterDesk(DeadLetters letters, Inbox inbox, Outbox outbox, Connectors connectors) {
        this.letters = letters;
        this.inbox = inbox;
        this.outbox = outbox;
        this.connectors = connectors;
    }

    /// What became of a wish.
    public enum Outcome {
        DONE,
        /// There is none of that id; somebody else may have been faster.
        NOT_THERE,
        /// It cannot be tried again: it cannot be read, or goes to a network that is switched off.
        HOPELESS,
        /// What takes it cannot do so at the moment: the broker is full or away, or another instance publishes. It
        /// stays.
        NOT_NOW
    }

    public List<DeadLetter> newest(int limit) {
        return letters.newest(limit);
    }

    public Optional<DeadLetter> find(String id) {
        return letters.find(id);
    }

    /// Puts it back where it ended. It is forgotten only once it is durable there: a crash in between leads to a second
    /// try, which has no second effect. If it ends again it is a dead letter again.
    public Outcome replay(String id) {
        Optional<DeadLetter> letter = letters.find(id);
        if (letter.isEmpty()) {
            return Outcome.NOT_THERE;
        }
        try {
            switch (letter.get().stage()) {
                case BRIDGE -> inbox.put(json.event(bytes(letter.get())));
                case DELIVER -> outbox.put(json.delivery(bytes(letter.get())));
                case CONNECTOR -> {
                    return resumed(letter.get()) ? Outcome.DONE : Outcome.HOPELESS;
                }
            }
        } catch (EngineJson.UnreadableItemException | IllegalArgumentException e) {
            return Outcome.HOPELESS;
        } catch (RuntimeException e) {
            LOG.warn("the dead letter {} cannot be tried again now", id, e);
            return Outcome.NOT_NOW;
        }
        letters.remove(id);
        return Outcome.DONE;
    }

    /// Connectors forget what they take up themselves: they may give it up once more at once.
    private boolean resumed(DeadLetter letter) {
        int bar = letter.destination().indexOf('|');
        Network network = new Network(letter.destination().substring(0, Math.max(bar, 0)));
        return connectors.get(network).resume(letter);
    }

    public Outcome drop(String id) {
        if (letters.find(id).isEmpty()) {
            return Outcome.NOT_THERE;
        }
        letters.remove(id);
        return Outcome.DONE;
    }

    private static byte[] bytes(DeadLetter letter) {
        return letter.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
