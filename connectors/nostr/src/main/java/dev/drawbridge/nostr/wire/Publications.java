package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Events on their way over one connection. Guarded by its line's lock.
final class Publications {
    private static final int MOST_UNANSWERED = 3;

    private record Pending(Event event, CompletableFuture<PublishAnswer> answer) {}

    private final Map<String, Pending> pending = new HashMap<>();
    private final Authentication authentication = new Authentication();
    private int unanswered;

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /// Whoever publishes what is on its way already gets the same answer.
    ///
    /// @return whether to send it
    boolean add(Event event, CompletableFuture<PublishAnswer> answer) {
        Pending underWay = pending.putIfAbsent(event.id().hex(), new Pending(event, answer));
        if (underWay != null) {
            underWay.answer().thenAccept(answer::complete);
        }
        return underWay == null;
    }

    void forget(Event event, CompletableFuture<PublishAnswer> answer) {
        pending.computeIfPresent(event.id().hex(), (_, p) -> p.answer() == answer ? null : p);
    }

    /// A proof of who we are is on its way.
    void proving(EventId proof) {
        authentication.sent(proof);
    }

    /// The relay ended a subscription.
    void refused(String reason) {
        if (Authentication.isWanted(reason)) {
            authentication.refused();
        }
    }

    /// The relay said something about an event or about who we are.
    ///
    /// @param send sends what it refused before it knew us once more
    /// @param authenticated asks for what it refused before
    /// @return what to do without the lock
    List<Runnable> heard(String id, PublishAnswer.Said said, Consumer<String> send, Runnable authenticated) {
        unanswered = 0;
        Optional<Authentication.Answer> proof = authentication.answered(id);
        if (proof.isPresent()) {
            return proved(proof.get(), said, send, authenticated);
        }
        boolean later = !said.accepted() && Authentication.isWanted(said.message()) && authentication.hold(id);
        return later ? List.of() : answer(id, said);
    }

    private List<Runnable> proved(
            Authentication.Answer proof, PublishAnswer.Said said, Consumer<String> send, Runnable authenticated) {
        List<Runnable> then = new ArrayList<>();
        for (String held : proof.held()) {
            if (said.accepted()) {
                Optional.ofNullable(pending.get(held))
                        .ifPresent(p -> send.accept(new ClientMessage.Publish(p.event()).json()));
            } else {
                then.addAll(answer(held, new PublishAnswer.Said(false, "auth-required: " + said.message())));
            }
        }
        if (said.accepted() && proof.refused()) {
            then.add(authenticated);
        }
        return then;
    }

    private List<Runnable> answer(String id, PublishAnswer.Said said) {
        Pending waiting = pending.get(id);
        return waiting == null ? List.of() : List.of(() -> waiting.answer().complete(said));
    }

    /// Nothing came in time.
    PublishAnswer.None overdue(Event event, CompletableFuture<PublishAnswer> answer, Duration timeout) {
        Pending waiting = pending.get(event.id().hex());
        boolean sent = waiting != null && !answer.isDone();
        if (sent) {
            unanswered++;
        }
        return PublishAnswer.None.after(timeout, sent);
    }

    /// Whether the relay has not answered for so long that it is better left alone.
    boolean hopeless() {
        return unanswered >= MOST_UNANSWERED;
    }

    /// The connection is over.
    ///
    /// @return who waits for an answer
    List<CompletableFuture<PublishAnswer>> end() {
        List<CompletableFuture<PublishAnswer>> waiting =
                pending.values().stream().map(Pending::answer).toList();
        pending.clear();
        authentication.reset();
        unanswered = 0;
        return waiting;
    }
}
