package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.CollectionSynchronization;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.wire.SignedHttp.Signed;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.PausedHost;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Brings what our actors say to the inboxes of others.
public final class Deliverer {
    private static final String OUTBOX = "outbox ";

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final int QUOTED = 200;
    private static final int REMEMBERED = 10_000;
    private final Outbox outbox;
    private final LocalActors actors;
    private final FollowerLists lists;
    private final SignedHttp http;
    private final InstantSource clock;
    private final HostBreaker breaker;
    private final Cache<String, NativeId> origins = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    public Deliverer(Outbox outbox, LocalActors actors, FollowerLists lists, SignedHttp http, InstantSource clock) {
        this.outbox = outbox;
        this.actors = actors;
        this.lists = lists;
        this.http = http;
        this.clock = clock;
        this.breaker = new HostBreaker(clock);
    }

    /// Not an inbox: what an author says is only stored there, so that whoever asks finds it. Each author has one, so
    /// that nobody waits for another's to be stored.
    public static Destination outbox(NativeId author) {
        return new Destination(Network.ACTIVITYPUB, OUTBOX + author.key());
    }

    /// Servers that are spared now.
    public List<PausedHost> paused() {
        return breaker.paused();
    }

    /// Whether a draft does nothing but take something back, which goes out whatever the operator thinks of a place.
    public static boolean takesBack(NativeDraft draft) {
        return draft.documents().stream()
                .allMatch(document -> Documents.parse(document)
                        .found()
                        .filter(activity -> activity.isA("Delete", "Undo", "Reject", "Block"))
                        .isPresent());
    }

    public DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        return prepare(draft, destination).get();
    }

    /// A delivery that is signed already, if there is one document to bring to one inbox that may be asked.
    public Supplier<DeliveryOutcome> prepare(NativeDraft draft, Destination destination) {
        var ghost = draft.ghost().map(NativeId::value);
        var origin = ghost.flatMap(this::origin);
        if (origin.isEmpty()) {
            return () -> new DeliveryOutcome.Refused("nobody here is called " + ghost.orElse("nothing"));
        }
        if (destination.address().startsWith(OUTBOX)) {
            return () -> {
                draft.documents().forEach(outbox::say);
                return new DeliveryOutcome.Delivered(draft.copy());
            };
        }
        var author = new Author(ghost.get(), origin.get());
        if (draft.documents().size() != 1) {
            return () -> bring(draft, author, destination.address());
        }
        var letter = new Letter(draft.documents().getFirst(), author, destination.address());
        Optional<Signed> ready =
                letter.uri().filter(uri -> breaker.pause(uri).isEmpty()).map(uri -> sign(letter, uri));
        return () -> send(letter, ready).orElseGet(() -> new DeliveryOutcome.Delivered(draft.copy()));
    }

    private DeliveryOutcome bring(NativeDraft draft, Author author, String inbox) {
        for (String document : draft.documents()) {
            var failure = send(new Letter(document, author, inbox), Optional.empty());
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        return new DeliveryOutcome.Delivered(draft.copy());
    }

    private Signed sign(Letter letter, URI uri) {
        return http.sign(
                uri,
                outbox.say(letter.document()),
                Addresses.keyId(letter.author().actor()),
                Presentation.keyRef(letter.author().origin()));
    }

    /// One of our actors.
    ///
    /// @param origin whom they stand for
    private record Author(String actor, NativeId origin) {}

    /// What one document is to one inbox.
    private record Letter(String document, Author author, String inbox) {
        Optional<URI> uri() {
            return Uris.tryHttp(inbox);
        }

        boolean toFollowers() {
            return document.contains('"' + author.actor() + "/followers\"");
        }
    }

    /// Whom an actor stands for never changes: one look-up for all inboxes.
    private Optional<NativeId> origin(String actor) {
        var known = Optional.ofNullable(origins.getIfPresent(actor));
        if (known.isPresent()) {
            return known;
        }
        var found = actors.byId(actor).map(Presentation::origin);
        found.ifPresent(origin -> origins.put(actor, origin));
        return found;
    }

    /// @param ready what was signed already; empty to sign now
    /// @return why it did not arrive; empty if it did
    private Optional<DeliveryOutcome> send(Letter letter, Optional<Signed> ready) {
        String inbox = letter.inbox();
        var uri = letter.uri();
        if (uri.isEmpty()) {
            outbox.say(letter.document());
            return Optional.of(new DeliveryOutcome.Refused("not an inbox: " + inbox));
        }
        var pause = breaker.pause(uri.get());
        if (pause.isPresent()) {
            outbox.say(letter.document());
            return Optional.of(
                    DeliveryOutcome.Retry.notAsked(pause.get(), inbox + " not asked: its host does not answer"));
        }
        try {
            Map<String, String> more = letter.toFollowers()
                    ? lists.header(letter.author().actor(), letter.author().origin(), uri.get())
                            .map(value -> Map.of(CollectionSynchronization.HEADER, value))
                            .orElse(Map.of())
                    : Map.of();
            var answer = http.post(ready.orElseGet(() -> sign(letter, uri.get())), more);
            breaker.answered(uri.get());
            return outcome(uri.get(), answer);
        } catch (OutboundHttp.OutboundException e) {
            String reason = inbox + ": " + e.failure() + ": " + e.getMessage();
            return Optional.of(
                    switch (e.failure()) {
                        case FORBIDDEN_ADDRESS -> new DeliveryOutcome.Refused(reason);
                        // It answered, at length: asking again brings the same.
                        case TOO_LARGE -> new DeliveryOutcome.Refused(reason);
                        case UNKNOWN_HOST, UNREACHABLE, TIMEOUT, TLS -> {
                            breaker.silent(uri.get());
                            yield new DeliveryOutcome.Retry(Optional.empty(), reason);
                        }
                    });
        }
    }

    private Optional<DeliveryOutcome> outcome(URI inbox, OutboundHttp.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        String reason = inbox + " answered " + status + quoted(answer.body());
        if (status == 404 || status == 410) {
            return Optional.of(new DeliveryOutcome.Gone(reason));
        }
        // 401: often they could not get our key just now.
        boolean later = switch (status) {
            case 401, 408, 425, 429 -> true;
            case 501 -> false;
            default -> status >= 500;
        };
        return Optional.of(
                later
                        ? new DeliveryOutcome.Retry(answer.header("retry-after").flatMap(this::pause), reason)
                        : new DeliveryOutcome.Refused(reason));
    }

    /// RFC 9110 §10.2.3: seconds or a date.
    private Optional<Duration> pause(String retryAfter) {
        String text = retryAfter.strip();
        try {
            Duration asked = text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            clock.instant(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            Duration bounded = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
            return Optional.of(bounded).filter(d -> !d.isNegative());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String quoted(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, QUOTED), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return text.isEmpty() ? "" : ": " + text;
    }
}
