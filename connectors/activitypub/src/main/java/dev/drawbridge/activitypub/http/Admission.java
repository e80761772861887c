package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.inbox.Line;
import dev.drawbridge.activitypub.object.signature.HttpSignatures;
import dev.drawbridge.activitypub.object.signature.SignatureClaim;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.Authenticity;
import dev.drawbridge.activitypub.wire.DeniedDomains;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may read what we serve. Denied domains hear 403, whatever they ask and whatever is cached. With authorised fetch
/// everybody has to sign, except for pages for people: unsigned is 401.
///
/// The instance actor must stay outside of it: who checks our signatures needs its key first, and two servers that
/// both insist would wait for each other.
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final String OURS = "/ap/";
    private static final String INSTANCE = "/ap/instance";
    private final Addresses addresses;
    private final Authenticity authenticity;
    private final DeniedDomains denied;
    private final boolean everybodySigns;
    private final InstantSource clock;

    /// @param everybodySigns whether authorised fetch is on
    public Admission(
            Addresses addresses,
            Authenticity authenticity,
            DeniedDomains denied,
            boolean everybodySigns,
            InstantSource clock) {
        this.addresses = addresses;
        this.authenticity = authenticity;
        this.denied = denied;
        this.everybodySigns = everybodySigns;
        this.clock = clock;
    }

    /// The same endpoints for those who may read them. Discovery and what belongs to the instance actor stay open.
    public List<Endpoint> guarded(List<Endpoint> endpoints) {
        return endpoints.stream().map(this::guarded).toList();
    }

    private Endpoint guarded(Endpoint endpoint) {
        String path = endpoint.path();
        if (!path.startsWith(OURS) || path.equals(INSTANCE) || path.startsWith(INSTANCE + "/")) {
            return endpoint;
        }
        return switch (endpoint) {
            case Endpoint.Http http ->
                new Endpoint.Http(
                        http.method(), http.path(), http.maxBody(), http.when(), call -> admit(call, http.handler()));
            case Endpoint.Socket socket -> socket;
        };
    }

    private HttpReply admit(HttpCall call, Endpoint.Handler handler) {
        var claim = HttpSignatures.read(SignedCalls.request(addresses, call), clock.instant());
        if (claim instanceof Claimed claimed && denied.contain(claimed.keyId())) {
            return refused(call, 403, "the domain of " + claimed.keyId() + " is denied");
        }
        if (!everybodySigns) {
            return handler.handle(call);
        }
        return switch (claim) {
            case SignatureClaim.Unsigned _ -> {
                var page = handler.handle(call);
                yield isForPeople(page) ? page : refused(call, 401, "not signed");
            }
            case SignatureClaim.Rejected(String reason) -> refused(call, 401, reason);
            case Claimed claimed -> signed(call, claimed, handler);
        };
    }

    private HttpReply signed(HttpCall call, Claimed claim, Endpoint.Handler handler) {
        Optional<String> signer = authenticity.signer(claim);
        if (signer.isEmpty()) {
            return refused(call, 401, "the key " + claim.keyId() + " does not fit or cannot be had");
        }
        return denied.contain(signer.get())
                ? refused(call, 403, "the domain of " + signer.get() + " is denied")
                : kept(handler.handle(call));
    }

    private static boolean isForPeople(HttpReply reply) {
        boolean elsewhere = reply.status() >= 300 && reply.status() < 400;
        return elsewhere
                || reply.headers().entrySet().stream()
                        .filter(h -> h.getKey().equalsIgnoreCase("content-type"))
                        .anyMatch(h -> h.getValue().toLowerCase(Locale.ROOT).startsWith("text/html"));
    }

    private static HttpReply refused(HttpCall call, int status, String reason) {
        LOG.info("{} {} to {}: {}", status, call.uri().getRawPath(), call.remote(), Line.of(reason));
        return kept(Replies.error(status, status == 403 ? "denied" : Line.of(reason)));
    }

    /// What depends on who asks is not for the caches on its way.
    private static HttpReply kept(HttpReply reply) {
        return reply.with("Cache-Control", "private, no-store").with("Vary", "Accept, Signature, Signature-Input");
    }
}
