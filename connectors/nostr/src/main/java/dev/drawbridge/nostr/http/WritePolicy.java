package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.store.RelayRules.Rule;
import dev.drawbridge.nostr.store.SecretText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may write what to our relay over its socket: people who opted in, what takes back something that is here, and
/// whom the operator allows. What ghosts say is written inside the house only. Everybody else is heard by the engine
/// and not stored.
final class WritePolicy {
    static final String RESTRICTED = "restricted: only who opted in writes here; follow a bot of this bridge";

    private static final String PROTECTED = "it is protected (NIP-70), only its author may publish it";

    private final RelayParts parts;

    WritePolicy(RelayParts parts) {
        this.parts = parts;
    }

    /// Whether an author has a quota of their own, and does not share that of strangers. Asked about everything that
    /// anybody sends.
    boolean isKnown(PublicKey author) {
        return parts.intake().watches(author) || isAllowed(author);
    }

    /// What is wrong with an event as such, after a word of NIP-01.
    ///
    /// @param client who the sender has proven to be
    Optional<String> unfit(Event event, Set<PublicKey> client) {
        RelayLimits limits = parts.limits();
        Instant now = parts.clock().instant();
        if (event.kind() == Kind.CLIENT_AUTH) {
            return Optional.of("invalid: kind " + Kind.CLIENT_AUTH + " belongs into an AUTH message");
        }
        if (event.createdAt() > now.plus(limits.future()).getEpochSecond()) {
            return Optional.of("invalid: created_at is too far in the future");
        }
        if (event.expiredAt(now.getEpochSecond())) {
            return Optional.of("invalid: it has expired");
        }
        if (event.content().length() > limits.content()) {
            return Optional.of("invalid: content is longer than " + limits.content());
        }
        if (event.tags().size() > limits.tags()) {
            return Optional.of("invalid: more than " + limits.tags() + " tags");
        }
        return ProofOfWork.problem(event, limits.difficulty()).or(() -> protection(event, client));
    }

    private static Optional<String> protection(Event event, Set<PublicKey> client) {
        if (event.isProtected() && !client.contains(event.pubkey())) {
            return Optional.of((client.isEmpty() ? "auth-required: " : "restricted: ") + PROTECTED);
        }
        return repostsProtected(event)
                ? Optional.of("blocked: it holds an event that is protected (NIP-70)")
                : Optional.empty();
    }

    private static boolean repostsProtected(Event event) {
        boolean repost = event.kind() == Kind.REPOST || event.kind() == Kind.GENERIC_REPOST;
        return repost
                && !event.content().isBlank()
                && EventReader.read(event.content())
                        .found()
                        .filter(Event::isProtected)
                        .isPresent();
    }

    /// What the operator or the bridge does not want here.
    Map<EventId, String> refusals(List<Event> events) {
        Map<String, Rule> rules = rules(events);
        Map<EventId, String> refused = new LinkedHashMap<>();
        for (Event event : events) {
            Optional<Rule> ban = Optional.ofNullable(
                            rules.get(Rule.key(About.BANNED_KEY, event.pubkey().hex())))
                    .or(() -> Optional.ofNullable(
                            rules.get(Rule.key(About.BANNED_EVENT, event.id().hex()))));
            if (ban.isPresent()) {
                String reason = ban.get().text();
                refused.put(
                        event.id(), "blocked: the operator does not want it" + (reason.isBlank() ? "" : ": " + reason));
            } else if (parts.intake().isOurs(event.pubkey())) {
                refused.put(event.id(), "blocked: what people of this bridge say is written by the bridge itself");
            }
        }
        return refused;
    }

    /// Why an event is shown to nobody, whoever heard of it: the bridge may have to know that its author unfollowed or
    /// blocked somebody, or refuses. Our store heeds what takes something back and keeps nothing of it.
    static Optional<String> secrecy(Event event) {
        return SecretText.isRefused(event)
                ? Optional.of("blocked: a private key stands in it, which nobody else is to see")
                : Optional.empty();
    }

    private Map<String, Rule> rules(List<Event> events) {
        List<String> keys = new ArrayList<>();
        for (Event event : events) {
            keys.add(Rule.key(About.BANNED_KEY, event.pubkey().hex()));
            keys.add(Rule.key(About.BANNED_EVENT, event.id().hex()));
        }
        Map<String, Rule> found = new HashMap<>();
        parts.rules().find(keys).forEach(rule -> found.put(rule.key(), rule));
        return found;
    }

    /// Whether an event of this author is stored here. What they tell one of our bots in private is heard and not kept.
    boolean mayStay(Event event) {
        if (Kind.isPrivateMessage(event.kind()) && !parts.intake().oursIn(event).isEmpty()) {
            return false;
        }
        return parts.intake().watches(event.pubkey()) || takesBackWhatIsHere(event) || isAllowed(event.pubkey());
    }

    /// Also who left the bridge may take back what they said here before.
    private boolean takesBackWhatIsHere(Event event) {
        return (event.kind() == Kind.DELETION || event.kind() == Kind.VANISH)
                && parts.store().holdsAnythingBy(event.pubkey());
    }

    private boolean isAllowed(PublicKey author) {
        return parts.rules().find(About.ALLOWED_KEY, author.hex()).isPresent();
    }
}
