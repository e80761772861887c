package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Jrd;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who is behind a handle or an address: [RFC 7033](https://www.rfc-editor.org/rfc/rfc7033), and the older host-meta
/// that points to it ([RFC 6415](https://www.rfc-editor.org/rfc/rfc6415)).
///
/// One account has one actor and the other way round. The address of a home is the instance's own actor,
/// [FEP-d556](https://codeberg.org/fediverse/fep/src/branch/main/fep/d556/fep-d556.md).
public final class WebFingerEndpoint {
    private static final String PROFILE_PAGE = "http://webfinger.net/rel/profile-page";
    private static final String AVATAR = "http://webfinger.net/rel/avatar";
    private static final String SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe";
    private static final String APPLICATION = "https://www.w3.org/ns/activitystreams#Application";
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
                Endpoint.Http.get("/.well-known/host-meta", call -> at(call, WebFingerEndpoint::hostMeta)),
                Endpoint.Http.get("/.well-known/host-meta.json", call -> at(call, WebFingerEndpoint::hostMetaJson)));
    }

    /// What is asked about.
    private sealed interface Resource {
        /// @param account `user@host` in lower case
        record Account(String user, String host) implements Resource {}

        /// @param address without a slash at the end, its host in lower case
        record Address(String address) implements Resource {}

        record Nonsense(String reason) implements Resource {}

        static Resource of(String text) {
            if (text.isEmpty()) {
                return new Nonsense("resource is missing");
            }
            if (text.regionMatches(true, 0, "http:", 0, 5) || text.regionMatches(true, 0, "https:", 0, 6)) {
                return Uris.tryHttp(text)
                        .<Resource>map(uri -> new Address(uri.getScheme().toLowerCase(Locale.ROOT) + "://"
                                + uri.getRawAuthority().toLowerCase(Locale.ROOT)
                                + uri.getRawPath().replaceFirst("/$", "")
                                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())))
                        .orElseGet(() -> new Nonsense("resource is not an address"));
            }
            String bare = text.regionMatches(true, 0, "acct:", 0, 5) ? text.substring(5) : text;
            String account = (bare.startsWith("@") ? bare.substring(1) : bare).toLowerCase(Locale.ROOT);
            int at = account.lastIndexOf('@');
            return at > 0 && at < account.length() - 1
                    ? new Account(account.substring(0, at), account.substring(at + 1))
                    : new Nonsense("resource is neither acct:user@host nor an address");
        }
    }

    private HttpReply find(HttpCall call) {
        return switch (Resource.of(call.query("resource").map(String::strip).orElse(""))) {
            case Resource.Nonsense(String reason) -> Replies.error(400, reason);
            case Resource.Address(String address) -> byAddress(call, address);
            case Resource.Account(String user, String host) -> byAccount(call, user, host);
        };
    }

    private HttpReply byAddress(HttpCall call, String address) {
        if (address.equals(addresses.instanceActor())) {
            return instance();
        }
        if (addresses.homes().contains(address)) {
            return addresses.home(call.uri()).filter(address::equals).isPresent() ? instance() : Replies.notFound();
        }
        String lower = address.toLowerCase(Locale.ROOT);
        return actors.byId(lower)
                .filter(shown -> asked(call, shown))
                .map(this::reply)
                .orElseGet(Replies::notFound);
    }

    private HttpReply byAccount(HttpCall call, String user, String host) {
        if (user.equals(Addresses.INSTANCE_USERNAME) && host.equals(addresses.host())) {
            return instance();
        }
        return actors.byUsername(user)
                .filter(shown -> host.equals(shown.host()) || host.equals(Addresses.authority(addresses.home(shown))))
                .filter(shown -> asked(call, shown))
                .map(this::reply)
                .orElseGet(Replies::notFound);
    }

    /// Whether the request came to a host of this actor, or there is nothing to tell hosts apart by.
    private boolean asked(HttpCall call, Presentation shown) {
        String host = call.uri().getRawAuthority().toLowerCase(Locale.ROOT);
        return addresses.homes().size() == 1
                || host.equals(shown.host())
                || host.equals(Addresses.authority(addresses.home(shown)));
    }

    private HttpReply reply(Presentation shown) {
        String actor = addresses.actor(shown);
        if (shown.gone()) {
            return Replies.error(410, "they left");
        }
        var links = new ArrayList<>(links(actor));
        Documents.parse(shown.card())
                .found()
                .flatMap(card -> card.object("icon"))
                .flatMap(icon -> icon.ref("url")
                        .filter(url -> Uris.isHttp(url))
                        .map(url -> new Jrd.Link(AVATAR, icon.text("mediaType").orElse(""), url)))
                .ifPresent(links::add);
        links.add(Jrd.Link.template(SUBSCRIBE, addresses.home(shown) + SubscribePage.PATH + "?uri={uri}"));
        return jrd("acct:" + shown.username() + "@" + shown.host(), actor, links);
    }

    private HttpReply instance() {
        String actor = addresses.instanceActor();
        var links = new ArrayList<>(links(actor));
        links.add(new Jrd.Link(APPLICATION, Vocabulary.ACTIVITY_JSON, actor));
        return jrd("acct:" + Addresses.INSTANCE_USERNAME + "@" + addresses.host(), actor, links);
    }

    private static List<Jrd.Link> links(String actor) {
        return List.of(
                new Jrd.Link("self", Vocabulary.ACTIVITY_JSON, actor), new Jrd.Link(PROFILE_PAGE, "text/html", actor));
    }

    private static HttpReply jrd(String subject, String actor, List<Jrd.Link> links) {
        return Replies.json(200, JRD, new Jrd(subject, List.of(actor), links).write())
                .with("Cache-Control", Replies.LONG);
    }

    private HttpReply at(HttpCall call, java.util.function.Function<String, HttpReply> reply) {
        Optional<String> home = addresses.home(call.uri());
        return home.map(reply).map(r -> r.with("Cache-Control", Replies.LONG)).orElseGet(Replies::notFound);
    }

    private static HttpReply hostMeta(String home) {
        String xrd = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n"
                + "  <Link rel=\"lrdd\" template=\"" + lookUp(home) + "\"/>\n</XRD>\n";
        return Replies.json(200, "application/xrd+xml; charset=utf-8", xrd);
    }

    private static HttpReply hostMetaJson(String home) {
        var json = Documents.object();
        json.putArray("links").addObject().put("rel", "lrdd").put("type", JRD).put("template", lookUp(home));
        return Replies.json(200, JRD, Documents.write(json));
    }

    private static String lookUp(String home) {
        return home + "/.well-known/webfinger?resource={uri}";
    }
}
