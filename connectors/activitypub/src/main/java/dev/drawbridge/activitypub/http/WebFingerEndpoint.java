package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Jrd;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who is behind a handle: [RFC 7033](https://www.rfc-editor.org/rfc/rfc7033), and the older host-meta that points to
/// it ([RFC 6415](https://www.rfc-editor.org/rfc/rfc6415)).
public final class WebFingerEndpoint {
    private static final String PROFILE_PAGE = "http://webfinger.net/rel/profile-page";
    private static final String JRD = "application/jrd+json";
    private final Addresses addresses;
    private final LocalActors actors;

    public WebFingerEndpoint(Addresses addresses, LocalActors actors) {
        this.addresses = addresses;
        this.actors = actors;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get("/.well-known/webfinger", this::find),
                Endpoint.Http.get("/.well-known/host-meta", _ -> hostMeta()));
    }

    private HttpReply find(HttpCall call) {
        String resource = call.query("resource").map(String::strip).orElse("");
        if (resource.isEmpty()) {
            return Replies.error(400, "resource is missing");
        }
        if (resource.equals(addresses.base()) || resource.equals(addresses.base() + "/")) {
            return instance();
        }
        boolean address = resource.startsWith("http://") || resource.startsWith("https://");
        if (!address && !account(resource).contains("@")) {
            return Replies.error(400, "resource is neither acct:user@host nor an address of ours");
        }
        var username = address ? addresses.username(resource) : username(account(resource));
        boolean itself = resource.equals(addresses.instanceActor())
                || username.filter(Addresses.INSTANCE_USERNAME::equals).isPresent();
        if (itself) {
            return instance();
        }
        return username.flatMap(actors::byUsername).map(this::reply).orElseGet(Replies::notFound);
    }

    private HttpReply reply(Presentation shown) {
        String actor = addresses.actor(shown.username());
        return shown.gone() ? Replies.gone(actor) : jrd(shown.username(), shown.host(), actor);
    }

    private HttpReply instance() {
        return jrd(Addresses.INSTANCE_USERNAME, addresses.host(), addresses.instanceActor());
    }

    private static HttpReply jrd(String username, String host, String actor) {
        var jrd = new Jrd(
                "acct:" + username + "@" + host,
                List.of(actor),
                List.of(
                        new Jrd.Link("self", Vocabulary.ACTIVITY_JSON, actor),
                        new Jrd.Link(PROFILE_PAGE, "text/html", actor)));
        return Replies.json(200, JRD, jrd.write());
    }

    /// `user@host` without what may stand before it.
    private static String account(String resource) {
        String bare = resource.startsWith("acct:") ? resource.substring("acct:".length()) : resource;
        return bare.startsWith("@") ? bare.substring(1) : bare;
    }

    /// The username, if the host is one of ours.
    private Optional<String> username(String account) {
        int at = account.lastIndexOf('@');
        String host = account.substring(at + 1).toLowerCase(Locale.ROOT);
        return addresses.handleHosts().contains(host)
                ? Optional.of(account.substring(0, at).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private HttpReply hostMeta() {
        String xrd = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n"
                + "  <Link rel=\"lrdd\" template=\"" + addresses.base()
                + "/.well-known/webfinger?resource={uri}\"/>\n</XRD>\n";
        return Replies.json(200, "application/xrd+xml; charset=utf-8", xrd);
    }
}
