package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.RelayMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one client publishes: how much of it is looked at, and what it is told. Calls never overlap.
final class Publishing {
    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private final RelayDesk desk;
    private final Authentication client;
    private final TokenBucket strangers;
    private final TokenBucket mistakes;
    private final Consumer<RelayMessage> out;

    Publishing(RelayParts parts, RelayDesk desk, String source, Authentication client, Consumer<RelayMessage> out) {
        this.desk = desk;
        this.client = client;
        this.strangers = desk.quotas().strangers(source);
        this.mistakes = new TokenBucket(parts.limits().mistakes(), parts.clock());
        this.out = out;
    }

    /// Answers each event. Of those with the same id the first is looked at; if the id is wrong for one of them, that
    /// one comes alone.
    void publish(List<Event> events) {
        Map<EventId, Event> batch = new LinkedHashMap<>();
        for (Event event : events) {
            if (batch.containsKey(event.id())) {
                admit(List.copyOf(batch.values()));
                batch.clear();
            }
            batch.put(event.id(), event);
        }
        admit(List.copyOf(batch.values()));
    }

    private void admit(List<Event> events) {
        List<Event> looked = new ArrayList<>();
        for (Event event : events) {
            if (mayTry(event)) {
                looked.add(event);
            } else {
                answer(event.id().hex(), false, Admission.SLOW_DOWN);
            }
        }
        List<Admission.Answer> answers = desk.admission().admit(looked, client.keys());
        boolean asked = false;
        for (int i = 0; i < looked.size(); i++) {
            Admission.Answer answer = answers.get(i);
            if (answer.message().startsWith("invalid: ")) {
                mistakes.take();
            }
            if (answer.message().startsWith("auth-required: ") && !asked) {
                asked = true;
                out.accept(new RelayMessage.Challenge(client.challenge()));
            }
            answer(looked.get(i).id().hex(), answer.accepted(), answer.message());
        }
    }

    private boolean mayTry(Event event) {
        if (mistakes.isEmpty()) {
            return false;
        }
        return desk.admission().isKnown(event) || strangers.take();
    }

    /// Answers something that is no event.
    ///
    /// @param id what stands where its id should be; may be empty
    void refuse(String id, String detail) {
        if (mistakes.take()) {
            LOG.info("event refused: {}", detail);
        }
        if (id.isEmpty()) {
            out.accept(new RelayMessage.Notice("invalid: " + detail));
        } else {
            answer(id, false, "invalid: " + detail);
        }
    }

    void authenticate(Event event) {
        String problem =
                mistakes.isEmpty() ? Admission.SLOW_DOWN : client.take(event).orElse("");
        if (!problem.isEmpty()) {
            mistakes.take();
        }
        answer(event.id().hex(), problem.isEmpty(), problem);
    }

    private void answer(String id, boolean accepted, String message) {
        out.accept(new RelayMessage.Ok(id, accepted, message));
    }
}
