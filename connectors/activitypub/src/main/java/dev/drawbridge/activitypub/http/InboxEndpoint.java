package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.inbox.Intake;
import dev.drawbridge.activitypub.inbox.Intake.Outcome;
import dev.drawbridge.activitypub.inbox.Line;
import dev.drawbridge.activitypub.object.CollectionSynchronization;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.signature.HttpSignatures;
import dev.drawbridge.activitypub.object.signature.SignatureClaim;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where other servers bring activities. 202 is said once the activity, or the request that has to be verified first,
/// is durable, or is none of ours.
public final class InboxEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(InboxEndpoint.class);
    private static final String SYNCHRONIZATION = CollectionSynchronization.HEADER.toLowerCase(Locale.ROOT);
    private final Addresses addresses;
    private final LocalActors actors;
    private final Intake intake;
    private final InstantSource clock;

    public InboxEndpoint(Addresses addresses, LocalActors actors, Intake intake, InstantSource clock) {
        this.addresses = addresses;
        this.actors = actors;
        this.intake = intake;
        this.clock = clock;
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
        return switch (HttpSignatures.read(SignedCalls.request(addresses, call), clock.instant())) {
            case SignatureClaim.Unsigned _ -> reply(call, intake.receiveUnsigned(call.body()));
            case SignatureClaim.Rejected(String reason) -> refused(call, 401, reason);
            case Claimed claim -> reply(call, intake.receive(claim, call.body(), call.header(SYNCHRONIZATION)));
        };
    }

    private static HttpReply reply(HttpCall call, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> HttpReply.of(202);
            case Outcome.Refused(int status, String reason) -> refused(call, status, reason);
            case Outcome.Busy(Duration after, String reason) -> {
                LOG.info("inbox: 503 to {}: {}", call.remote(), Line.of(reason));
                yield Replies.error(503, "try again later")
                        .with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
            }
        };
    }

    private static HttpReply refused(HttpCall call, int status, String reason) {
        LOG.info("inbox: {} to {}: {}", status, call.remote(), Line.of(reason));
        return Replies.error(status, Line.of(reason));
    }
}
