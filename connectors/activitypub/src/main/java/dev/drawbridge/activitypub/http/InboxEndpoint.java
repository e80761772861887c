package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.CollectionSynchronization;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.signature.HttpSignatures;
import dev.drawbridge.activitypub.object.signature.SignatureClaim;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignedRequest;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.translate.GroupAnnounce;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.Authenticity;
import dev.drawbridge.activitypub.wire.Authenticity.Verdict;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.activitypub.wire.RemoteActors;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where other servers bring activities. Nothing gets past it that its actor did not sign; 202 is only said once the
/// activity is durable, or is none of ours.
public final class InboxEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(InboxEndpoint.class);
    private static final String SYNCHRONIZATION = CollectionSynchronization.HEADER.toLowerCase(Locale.ROOT);
    private static final Duration SOON = Duration.ofSeconds(30);
    private final Addresses addresses;
    private final ActivityPubTranslator translator;
    private final Authenticity authenticity;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Predicate<NativeId> known;
    private final InstantSource clock;
    private final Supplier<Optional<EventSink>> sink;
    private final BiConsumer<String, String> followers;

    /// @param known whether the bridge has to do with somebody, so that the end of their account concerns it
    /// @param sink where events go; empty while the bridge is not running
    /// @param followers told whom an actor's server counts among the followers, as it wrote it (FEP-8fcf)
    public InboxEndpoint(
            Addresses addresses,
            ActivityPubTranslator translator,
            Authenticity authenticity,
            LocalActors actors,
            RemoteActors remoteActors,
            Predicate<NativeId> known,
            InstantSource clock,
            Supplier<Optional<EventSink>> sink,
            BiConsumer<String, String> followers) {
        this.followers = followers;
        this.addresses = addresses;
        this.translator = translator;
        this.authenticity = authenticity;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.known = known;
        this.clock = clock;
        this.sink = sink;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.post("/ap/inbox", Documents.MAX_BYTES, this::receive),
                Endpoint.Http.post("/ap/instance/inbox", Documents.MAX_BYTES, this::receive),
                Endpoint.Http.post("/ap/actors/{username}/inbox", Documents.MAX_BYTES, this::personal));
    }

    private HttpReply personal(HttpCall call) {
        var shown = actors.asked(call.uri(), call.path().getOrDefault("username", ""));
        if (shown.isEmpty()) {
            return refused(call, 404, "nobody here is called " + call.path().get("username"));
        }
        return shown.get().gone() ? refused(call, 410, shown.get().handle() + " left") : receive(call);
    }

    private HttpReply receive(HttpCall call) {
        if (call.body().length > Documents.MAX_BYTES) {
            return refused(call, 413, "longer than " + Documents.MAX_BYTES + " bytes");
        }
        return switch (HttpSignatures.read(request(call), clock.instant())) {
            case SignatureClaim.Unsigned _ -> refused(call, 401, "not signed");
            case SignatureClaim.Rejected(String reason) -> refused(call, 401, reason);
            case Claimed claim -> read(call, claim);
        };
    }

    /// What was signed has to be meant for this host, whatever a proxy made of the request on its way: a request to
    /// somebody else cannot be repeated here.
    private SignedRequest request(HttpCall call) {
        String query = call.uri().getRawQuery();
        URI here = URI.create(addresses.home(call.uri()).orElse(addresses.base())
                + call.uri().getRawPath()
                + (query == null ? "" : "?" + query));
        var headers = new HashMap<>(call.headers());
        headers.put("host", List.of(here.getRawAuthority()));
        return new SignedRequest(call.method(), here, headers, call.body());
    }

    private HttpReply read(HttpCall call, Claimed claim) {
        return switch (Documents.parse(call.body())) {
            case Reading.Unreadable<As2>(String field, String detail) -> refused(call, 400, field + ": " + detail);
            case Reading.Read<As2>(As2 sent) -> {
                // What a group passes on is judged like anything somebody else passes on: by what its origin says.
                As2 activity =
                        GroupAnnounce.read(sent).map(GroupAnnounce::activity).orElse(sent);
                String text = activity == sent
                        ? new String(call.body(), StandardCharsets.UTF_8)
                        : Documents.write(activity.node());
                yield decoded(call, activity, text, event -> judge(call, claim, activity, text, event));
            }
        };
    }

    private HttpReply decoded(
            HttpCall call, As2 activity, String text, java.util.function.Function<NativeEvent, HttpReply> next) {
        return switch (translator.decode(activity, text, clock.instant())) {
            case Translation.Translated<NativeEvent>(NativeEvent event, var _) -> next.apply(event);
            case Translation.Skipped<NativeEvent>(String reason) -> ignored(activity, reason);
            case Translation.Malformed<NativeEvent>(String field, String detail) ->
                refused(call, 400, field + ": " + detail);
        };
    }

    private HttpReply judge(HttpCall call, Claimed claim, As2 activity, String text, NativeEvent event) {
        // Every server tells every other one about deleted accounts; their keys are gone with them.
        if (event.kind() == NativeEvent.Kind.DELETE_ACCOUNT && !known.test(event.author())) {
            return ignored(activity, "the end of an account we never had to do with");
        }
        return switch (authenticity.judge(claim, activity)) {
            case Verdict.Genuine(As2 genuine) -> {
                call.headers().getOrDefault(SYNCHRONIZATION, List.of()).stream()
                        .findFirst()
                        .ifPresent(header -> followers.accept(event.author().value(), header));
                yield genuine == activity
                        ? hand(event, activity)
                        : decoded(call, genuine, Documents.write(genuine.node()), e -> hand(e, genuine));
            }
            case Verdict.Forged(String reason) -> refused(call, 401, reason);
            case Verdict.Pointless(String reason) -> ignored(activity, reason);
            case Verdict.Unknown(String reason) -> later(call, SOON, reason);
        };
    }

    private HttpReply hand(NativeEvent event, As2 activity) {
        if (event.kind() == NativeEvent.Kind.PROFILE || event.kind() == NativeEvent.Kind.DELETE_ACCOUNT) {
            remoteActors.changed(event.author().value());
        }
        var open = sink.get();
        if (open.isEmpty()) {
            return busy(SOON);
        }
        return switch (open.get().accept(event)) {
            case Receipt.Accepted _ -> HttpReply.of(202);
            case Receipt.Ignored(String reason) -> ignored(activity, reason);
            case Receipt.Busy(Duration after) -> busy(after);
        };
    }

    private static HttpReply ignored(As2 activity, String reason) {
        LOG.debug(
                "inbox: ignored {} {}: {}",
                clean(activity.type()),
                clean(activity.id().orElse("")),
                clean(reason));
        return HttpReply.of(202);
    }

    private static HttpReply later(HttpCall call, Duration after, String reason) {
        LOG.info("inbox: 503 to {}: {}", call.remote(), clean(reason));
        return busy(after);
    }

    private static HttpReply busy(Duration after) {
        return Replies.error(503, "try again later").with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
    }

    private static HttpReply refused(HttpCall call, int status, String reason) {
        LOG.info("inbox: {} to {}: {}", status, call.remote(), clean(reason));
        return Replies.error(status, clean(reason));
    }

    /// Remote text, fit for one line of a log.
    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
