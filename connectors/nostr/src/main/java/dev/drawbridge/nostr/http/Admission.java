package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.EventStore.Saved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides about events that clients publish to our relay, and when an event counts as taken. The engine has it before
/// the store does, and the store before the client hears `OK`: a client that tries again after any failure loses
/// nothing. Only people of the bridge are stored.
///
/// Events that wait together are taken together: signatures are checked on all processors, the store writes once. The
/// order of a connection stays what it was.
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    static final String SLOW_DOWN = "rate-limited: slow down";
    /// Characters of an event that cost an author as much as another event.
    private static final int PAGE = 20_000;

    private static final String HERE = "duplicate: it is here already";

    private final RelayParts parts;
    private final WritePolicy policy;
    private final Quotas quotas;

    Admission(RelayParts parts, Quotas quotas) {
        this.parts = parts;
        this.quotas = quotas;
        this.policy = new WritePolicy(parts);
    }

    /// What the client is told.
    ///
    /// @param message starts with one of the words of NIP-01 if it is not empty
    record Answer(boolean accepted, String message) {
        static Answer yes(String message) {
            return new Answer(true, message);
        }

        static Answer no(String message) {
            return new Answer(false, message);
        }
    }

    /// Events of one client, and what becomes of each.
    private final class Batch {
        private final List<Event> events;
        private final Map<EventId, Answer> answers = new HashMap<>();
        private final List<Event> kept = new ArrayList<>();

        private Batch(List<Event> events) {
            this.events = events;
        }

        private boolean open(Event event) {
            return !answers.containsKey(event.id());
        }

        private List<Event> open() {
            return events.stream().filter(this::open).toList();
        }

        private void answer(Event event, Answer answer) {
            answers.put(event.id(), answer);
        }
    }

    /// Takes events or says why not. Only after this are they durable. Ids may be wrong and may be there twice: the
    /// caller hands over one of each.
    List<Answer> admit(List<Event> events, Set<PublicKey> client) {
        List<Answer> answers = new ArrayList<>(events.size());
        int start = 0;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).kind() == Kind.VANISH) {
                answers.addAll(together(events.subList(start, i), client));
                answers.addAll(together(events.subList(i, i + 1), client));
                start = i + 1;
            }
        }
        answers.addAll(together(events.subList(start, events.size()), client));
        return answers;
    }

    private List<Answer> together(List<Event> events, Set<PublicKey> client) {
        if (events.isEmpty()) {
            return List.of();
        }
        var batch = new Batch(events);
        try {
            verify(batch);
            batch.open().stream().filter(this::tooMany).forEach(e -> batch.answer(e, Answer.no(SLOW_DOWN)));
            batch.open().forEach(e -> policy.unfit(e, client).ifPresent(reason -> batch.answer(e, Answer.no(reason))));
            Set<EventId> here =
                    parts.store().present(batch.open().stream().map(Event::id).toList());
            batch.open().stream().filter(e -> here.contains(e.id())).forEach(e -> batch.answer(e, Answer.yes(HERE)));
            policy.refusals(batch.open()).forEach((id, reason) -> batch.answers.put(id, Answer.no(reason)));
            takeIn(batch);
            store(batch);
        } catch (RuntimeException e) {
            LOG.error("{} events could not be taken", batch.open().size(), e);
            batch.open()
                    .forEach(event -> batch.answer(event, Answer.no("error: it could not be stored, try again later")));
        }
        return events.stream()
                .map(e -> java.util.Objects.requireNonNull(batch.answers.get(e.id())))
                .toList();
    }

    /// Whether its author is somebody who may write here, by what it says.
    boolean isKnown(Event event) {
        return policy.isKnown(event.pubkey());
    }

    /// Only what an author signed counts for them: nobody uses up what others may write.
    private boolean tooMany(Event event) {
        int cost = 1 + (int) (event.size() / PAGE);
        return isKnown(event) && !quotas.writer(event.pubkey()).take(cost);
    }

    private void verify(Batch batch) {
        List<Optional<String>> problems = batch.events.size() == 1
                ? List.of(parts.verifier().problem(batch.events.getFirst()))
                : batch.events.parallelStream().map(parts.verifier()::problem).toList();
        for (int i = 0; i < problems.size(); i++) {
            Event event = batch.events.get(i);
            problems.get(i).ifPresent(problem -> {
                LOG.info("event {} refused: {}", event.id(), problem);
                batch.answer(event, Answer.no("invalid: " + problem));
            });
        }
    }

    /// Hands over to the engine, for each author in order, for many authors at once.
    private void takeIn(Batch batch) {
        Map<PublicKey, List<Event>> byAuthor = new LinkedHashMap<>();
        batch.open()
                .forEach(e -> byAuthor.computeIfAbsent(e.pubkey(), _ -> new ArrayList<>())
                        .add(e));
        Map<EventId, Answer> said = new java.util.concurrent.ConcurrentHashMap<>();
        List<CompletableFuture<Void>> running = byAuthor.values().stream()
                .map(events -> CompletableFuture.runAsync(
                        () -> events.forEach(e -> takeIn(e).ifPresent(answer -> said.put(e.id(), answer))),
                        byAuthor.size() == 1 ? Runnable::run : parts.executor()))
                .toList();
        CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).join();
        batch.answers.putAll(said);
        batch.open().forEach(batch.kept::add);
    }

    /// @return what the client hears if the event is not to be stored
    private Optional<Answer> takeIn(Event event) {
        boolean mayStay = policy.mayStay(event);
        Optional<Answer> secret = WritePolicy.secrecy(event).map(Answer::no);
        if (Kind.isEphemeral(event.kind())) {
            return secret.or(() -> Optional.of(passOn(event, mayStay)));
        }
        return switch (parts.intake().take(event)) {
            case Receipt.Busy(Duration after) ->
                Optional.of(Answer.no("error: come back in " + after.toSeconds() + " seconds"));
            case Receipt _ when secret.isPresent() -> secret;
            case Receipt.Accepted _ -> mayStay ? Optional.empty() : Optional.of(Answer.yes(""));
            case Receipt.Ignored(String reason) ->
                mayStay ? Optional.empty() : Optional.of(Answer.no(WritePolicy.RESTRICTED + ": " + reason));
        };
    }

    private Answer passOn(Event event, boolean mayStay) {
        if (!mayStay && parts.intake().oursIn(event).isEmpty()) {
            return Answer.no(WritePolicy.RESTRICTED);
        }
        parts.hub().published(event);
        return Answer.yes("");
    }

    private void store(Batch batch) {
        List<Event> kept = batch.kept;
        // What somebody wants gone goes first: the request may come again, what it erased must not.
        kept.stream().filter(this::vanishesHere).forEach(e -> parts.store().vanish(e.pubkey(), e.createdAt()));
        parts.departures().keeping(kept);
        List<Saved> saved = parts.store().saveAll(kept);
        for (int i = 0; i < kept.size(); i++) {
            Event event = kept.get(i);
            batch.answer(
                    event,
                    switch (saved.get(i)) {
                        case STORED, HEEDED -> Answer.yes("");
                        case DUPLICATE -> Answer.yes(HERE);
                        case SUPERSEDED -> Answer.yes("duplicate: a later version is here");
                        case DELETED -> Answer.no("blocked: its author deleted it");
                    });
            if (saved.get(i) == Saved.STORED) {
                parts.hub().published(event);
            }
        }
    }

    private boolean vanishesHere(Event event) {
        return event.kind() == Kind.VANISH
                && event.tags("relay")
                        .map(Tag::value)
                        .anyMatch(r ->
                                r.equals("ALL_RELAYS") || RelayUrl.tryParse(r).equals(Optional.of(parts.url())));
    }
}
