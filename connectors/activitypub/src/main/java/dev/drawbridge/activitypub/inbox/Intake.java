package dev.drawbridge.activitypub.inbox;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.store.PendingRequest;
import dev.drawbridge.activitypub.store.PendingRequests;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.translate.BotMessage;
import dev.drawbridge.activitypub.translate.GroupAnnounce;
import dev.drawbridge.activitypub.wire.Authenticity;
import dev.drawbridge.activitypub.wire.Authenticity.Verdict;
import dev.drawbridge.activitypub.wire.HostMemory;
import dev.drawbridge.activitypub.wire.Inquiry;
import dev.drawbridge.activitypub.wire.RemoteActors;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the inbox does with a signed activity: hands it to the engine if it is genuine, refuses it if it is not, keeps
/// it until it can tell. Nobody is asked anything while a sender waits.
public final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration FULL = Duration.ofMinutes(1);
    private static final int LONGEST_HEADER = 2_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    /// With these a document can hold more than its members show.
    private static final List<String> TRICKS = List.of("@graph", "@included", "@reverse");

    /// What nobody signed does not take the place of what somebody did.
    private static final String NOBODY = "unsigned";

    private static final Verdict UNTOLD = new Verdict.Unknown("somebody has to be asked");
    private final ActivityPubTranslator translator;
    private final Authenticity authenticity;
    private final RemoteActors remoteActors;
    private final HostMemory hosts;
    private final Gate gate;
    private final BiConsumer<String, String> followers;
    private final InstantSource clock;
    private final Verification verification;
    private volatile Optional<EventSink> sink = Optional.empty();

    /// What the sender hears.
    public sealed interface Outcome {
        /// It is durable, or it is none of ours.
        record Accepted() implements Outcome {}

        record Refused(int status, String reason) implements Outcome {}

        /// Nothing was kept.
        record Busy(Duration after, String reason) implements Outcome {}
    }

    /// @param followers told whom an actor's server counts among the followers, as it wrote it; may not wait
    /// @param threads where to verify; asked for on each start
    public Intake(
            ActivityPubTranslator translator,
            Authenticity authenticity,
            RemoteActors remoteActors,
            HostMemory hosts,
            PendingRequests pending,
            Gate gate,
            BiConsumer<String, String> followers,
            InstantSource clock,
            Supplier<Background> threads) {
        this.translator = translator;
        this.authenticity = authenticity;
        this.remoteActors = remoteActors;
        this.hosts = hosts;
        this.gate = gate;
        this.followers = followers;
        this.clock = clock;
        this.verification = new Verification(pending, threads, clock, this::verify, Lanes.Bounds.USUAL);
    }

    /// @param events where genuine activities go
    public void start(EventSink events) {
        sink = Optional.of(events);
        verification.start();
    }

    public void stop() {
        sink = Optional.empty();
        verification.stop();
    }

    /// @param claim the signature; everything but the key was checked
    /// @param followers whom its server counts among the actor's followers, if it says so (FEP-8fcf)
    public Outcome receive(Claimed claim, byte[] body, Optional<String> followers) {
        return switch (Documents.parse(body)) {
            case Reading.Unreadable<As2>(String field, String detail) ->
                new Outcome.Refused(400, field + ": " + detail);
            case Reading.Read<As2>(As2 sent) -> {
                As2 activity = unwrapped(sent);
                yield switch (translator.decode(activity, text(body, sent, activity), clock.instant())) {
                    case Translation.Translated<NativeEvent>(NativeEvent event, var _) ->
                        judge(
                                new Arrival(claim, body, followers.filter(f -> f.length() <= LONGEST_HEADER)),
                                activity,
                                event);
                    case Translation.Skipped<NativeEvent>(String reason) -> ignored(activity, reason);
                    case Translation.Malformed<NativeEvent>(String field, String detail) ->
                        new Outcome.Refused(400, field + ": " + detail);
                };
            }
        };
    }

    /// A request that nobody signed. The activity may be signed itself: then whoever brings it does not matter.
    public Outcome receiveUnsigned(byte[] body) {
        return Documents.parse(body)
                .found()
                .map(Intake::unwrapped)
                .flatMap(EmbeddedClaim::of)
                .map(claim -> receive(claim, body, Optional.empty()))
                .orElseGet(() -> new Outcome.Refused(401, "not signed"));
    }

    /// A request as far as it matters once it was read.
    private record Arrival(Claimed claim, byte[] body, Optional<String> followers) {}

    private Outcome judge(Arrival arrival, As2 activity, NativeEvent event) {
        Claimed claim = arrival.claim();
        if (TRICKS.stream().anyMatch(activity::has)) {
            return new Outcome.Refused(400, "it says something else to those who read it as linked data");
        }
        if (gate.denied().test(claim.keyId())
                || gate.denied().test(event.author().value())) {
            return new Outcome.Refused(403, "this domain is denied");
        }
        if (gate.isRumour(event)) {
            return ignored(activity, "about an account we never had to do with");
        }
        var host = Uris.authority(claim.keyId());
        if (host.isEmpty()) {
            return new Outcome.Refused(401, "the key id is not an http address");
        }
        if (sink.isEmpty()) {
            return new Outcome.Busy(SOON, "the bridge is not running");
        }
        return switch (authenticity.atOnce(claim, activity).orElse(UNTOLD)) {
            case Verdict.Forged(String reason) -> new Outcome.Refused(401, reason);
            case Verdict.Pointless(String reason) -> ignored(activity, reason);
            case Verdict.Genuine(As2 genuine)
            when !verification.waits(lane(claim, event)) ->
                switch (hand(arrival, genuine, activity, event)) {
                    case Receipt.Accepted _ -> new Outcome.Accepted();
                    case Receipt.Ignored(String reason) -> ignored(activity, reason);
                    case Receipt.Busy(Duration after) -> new Outcome.Busy(after, "the engine takes nothing now");
                };
            case Verdict.Genuine _, Verdict.Unknown _ -> later(arrival, activity, event, host.get());
        };
    }

    private Outcome later(Arrival arrival, As2 activity, NativeEvent event, String host) {
        Claimed claim = arrival.claim();
        if (!gate.concerns(event)) {
            return ignored(activity, "not verified, and nothing to us if it were");
        }
        boolean message = event.kind() == NativeEvent.Kind.COMMAND;
        boolean brought = claim.isOfTheActivityOnly()
                || !Uris.sameOrigin(claim.keyId(), event.author().value());
        if (message && brought) {
            return ignored(activity, "a message that somebody else brings would have to be kept to be verified");
        }
        Instant now = clock.instant();
        var request = new PendingRequest(
                digest(claim, event),
                lane(claim, event),
                // Whom it names costs nothing: all of them together have the room of one host.
                claim.isOfTheActivityOnly() ? NOBODY : host,
                claim,
                message ? BotMessage.bare(activity, event).getBytes(StandardCharsets.UTF_8) : arrival.body(),
                arrival.followers(),
                now,
                0,
                now);
        return verification.take(request)
                ? new Outcome.Accepted()
                : new Outcome.Busy(FULL, "too much signed with keys of " + host + " waits to be verified");
    }

    /// What one actor does is handed on in order. What others say that somebody did has an order of its own: it must
    /// not be able to hold up what they say themselves.
    private static String lane(Claimed claim, NativeEvent event) {
        String actor = event.author().value();
        if (claim.isOfTheActivityOnly()) {
            return actor + " " + NOBODY;
        }
        // The other account may be asked for a day: what the old one does meanwhile does not wait for that.
        if (event.kind() == NativeEvent.Kind.MOVE) {
            return actor + " moves " + Uris.origin(claim.keyId()).orElse("");
        }
        return Uris.sameOrigin(claim.keyId(), actor)
                ? actor
                : actor + " " + Uris.origin(claim.keyId()).orElse("");
    }

    /// Names a signed request. The signature is part of it, so that a forged request cannot take the place of the
    /// genuine one.
    private static String digest(Claimed claim, NativeEvent event) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((event.author().key() + "\n" + event.id().key() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(claim.signature()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Judges what was kept.
    private Verification.Step verify(PendingRequest request) {
        if (sink.isEmpty()) {
            return new Verification.Step.Later(Optional.of(SOON));
        }
        var sent = Documents.parse(request.body()).found();
        if (sent.isPresent()) {
            As2 activity = unwrapped(sent.get());
            if (translator.decode(activity, text(request.body(), sent.get(), activity), request.arrivedAt())
                    instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)) {
                return settle(request, activity, event);
            }
        }
        return dropped(request, "this version cannot read it");
    }

    private Verification.Step settle(PendingRequest request, As2 activity, NativeEvent event) {
        return switch (Inquiry.within(() -> authenticity.judge(request.claim(), activity))) {
            case Verdict.Forged(String reason) -> dropped(request, reason);
            case Verdict.Pointless(String reason) -> {
                ignored(activity, reason);
                yield new Verification.Step.Done();
            }
            case Verdict.Unknown(String reason) ->
                clock.instant().isAfter(request.arrivedAt().plus(LONGEST))
                        ? dropped(request, "a day without an answer: " + reason)
                        : new Verification.Step.Later(Optional.empty());
            case Verdict.Genuine(As2 genuine) ->
                switch (hand(
                        new Arrival(request.claim(), request.body(), request.followers()), genuine, activity, event)) {
                    case Receipt.Busy(Duration after) -> new Verification.Step.Later(Optional.of(after));
                    case Receipt.Ignored(String reason) -> {
                        ignored(activity, reason);
                        yield new Verification.Step.Done();
                    }
                    case Receipt.Accepted _ -> new Verification.Step.Done();
                };
        };
    }

    /// @param genuine `activity`, or what its origin made of it
    private Receipt hand(Arrival arrival, As2 genuine, As2 activity, NativeEvent event) {
        Claimed claim = arrival.claim();
        arrival.followers().ifPresent(header -> followers.accept(event.author().value(), header));
        // Who signs with RFC 9421 can check it too.
        if (claim.generation() == Generation.RFC9421) {
            Uris.authority(claim.keyId()).ifPresent(host -> hosts.learn(host, Generation.RFC9421));
        }
        if (genuine != activity) {
            return switch (translator.decode(genuine, Documents.write(genuine.node()), event.receivedAt())) {
                case Translation.Translated<NativeEvent>(NativeEvent whole, var _) -> hand(whole);
                case Translation.Skipped<NativeEvent>(String reason) -> new Receipt.Ignored(reason);
                case Translation.Malformed<NativeEvent>(String field, String detail) ->
                    new Receipt.Ignored(field + ": " + detail);
            };
        }
        return hand(event);
    }

    private Receipt hand(NativeEvent event) {
        if (event.kind() == NativeEvent.Kind.PROFILE || event.kind() == NativeEvent.Kind.DELETE_ACCOUNT) {
            remoteActors.changed(event.author().value());
        }
        return sink.map(open -> open.accept(event)).orElseGet(() -> new Receipt.Busy(SOON));
    }

    /// What a group passes on is judged like anything somebody else passes on: by what its origin says.
    private static As2 unwrapped(As2 sent) {
        return GroupAnnounce.read(sent).map(GroupAnnounce::activity).orElse(sent);
    }

    private static String text(byte[] body, As2 sent, As2 activity) {
        return activity == sent ? new String(body, StandardCharsets.UTF_8) : Documents.write(activity.node());
    }

    private static Verification.Step dropped(PendingRequest request, String reason) {
        LOG.info(
                "inbox: dropped what {} signed, after it was accepted: {}",
                Line.of(request.claim().keyId()),
                Line.of(reason));
        return new Verification.Step.Done();
    }

    private static Outcome ignored(As2 activity, String reason) {
        LOG.debug(
                "inbox: ignored {} {}: {}",
                Line.of(activity.type()),
                Line.of(activity.id().orElse("")),
                Line.of(reason));
        return new Outcome.Accepted();
    }
}
