package dev.drawbridge.nostr.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks who sends an HTTP request, by an event in its `Authorization` header
/// ([NIP-98](https://nips.nostr.com/98)). The event names address, method and body, so it is good for one request;
/// within its minute the same request may come again, which whoever cares tells by [Verdict.Accepted#event()].
///
/// @param verifier checks ids and signatures
public record HttpAuth(EventVerifier verifier) {
    /// How old or how far in the future the event may be.
    public static final Duration WINDOW = Duration.ofSeconds(60);

    private static final String SCHEME = "Nostr ";
    private static final int LONGEST_HEADER = 16_384;

    /// What was asked, as the client addressed it.
    ///
    /// @param method in upper case
    /// @param urls every spelling of the absolute address that is right, query included; usually one
    /// @param body empty if there is none; otherwise its hash has to be in the event
    public record Request(String method, Set<String> urls, byte[] body) {
        public Request {
            urls = Set.copyOf(urls);
        }
    }

    /// What came of it.
    public sealed interface Verdict {
        /// @param author whose request it is
        /// @param event the id of the event that says so
        record Accepted(PublicKey author, EventId event) implements Verdict {}

        /// @param reason in words for the client; holds nothing of what was sent
        record Refused(String reason) implements Verdict {}
    }

    /// @param authorization the header, if there is one
    /// @param now the server's time
    public Verdict check(Optional<String> authorization, Request request, Instant now) {
        return check(authorization, request, now, WINDOW);
    }

    /// @param window how old or how far in the future the event may be, where something else in the request is good
    /// once
    public Verdict check(Optional<String> authorization, Request request, Instant now, Duration window) {
        if (authorization.isEmpty()) {
            return new Verdict.Refused("an Authorization header with a NIP-98 event is needed");
        }
        return switch (read(authorization.get())) {
            case Reading.Unreadable<Event>(String field, String detail) ->
                new Verdict.Refused("authorization, " + field + ": " + detail);
            case Reading.Read<Event>(Event event) ->
                problem(event, request, now, window)
                        .or(() -> verifier.problem(event))
                        .<Verdict>map(Verdict.Refused::new)
                        .orElseGet(() -> new Verdict.Accepted(event.pubkey(), event.id()));
        };
    }

    private static Reading<Event> read(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Reading.Unreadable<>("scheme", "not Nostr");
        }
        if (header.length() > LONGEST_HEADER) {
            return new Reading.Unreadable<>("event", "longer than " + LONGEST_HEADER);
        }
        try {
            byte[] json =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            return EventReader.read(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return new Reading.Unreadable<>("event", "not base64");
        }
    }

    private static Optional<String> problem(Event event, Request request, Instant now, Duration window) {
        if (event.kind() != Kind.HTTP_AUTH) {
            return Optional.of("the event is not of kind " + Kind.HTTP_AUTH);
        }
        if (Math.abs(now.getEpochSecond() - event.createdAt()) > window.toSeconds()) {
            return Optional.of("created_at is more than " + window.toSeconds() + " seconds from now");
        }
        if (only(event, "u").filter(request.urls()::contains).isEmpty()) {
            return Optional.of("the u tag is not the address of the request");
        }
        if (only(event, "method").filter(request.method()::equals).isEmpty()) {
            return Optional.of("the method tag is not the method of the request");
        }
        return payloadProblem(event, request.body());
    }

    private static Optional<String> payloadProblem(Event event, byte[] body) {
        boolean named = event.tag("payload").isPresent();
        if (!named && body.length == 0) {
            return Optional.empty();
        }
        return only(event, "payload").filter(sha256(body)::equals).isPresent()
                ? Optional.empty()
                : Optional.of("the payload tag is not the SHA-256 of the body in lower-case hexadecimal");
    }

    /// The value of a tag that is there once: two are a request for two things.
    private static Optional<String> only(Event event, String name) {
        List<Tag> tags = event.tags(name).toList();
        return tags.size() == 1 ? Optional.of(tags.getFirst().value()) : Optional.empty();
    }

    private static String sha256(byte[] body) {
        try {
            return Hex.of(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
