package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.wire.ActorDocuments;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.activitypub.wire.SignedHttp;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Our actors, for servers and for people with a browser.
public final class ActorEndpoint {
    private final InstanceInfo instance;
    private final Addresses addresses;
    private final LocalActors actors;
    private final ActorDocuments documents;
    private final SignedHttp http;

    public ActorEndpoint(
            InstanceInfo instance, Addresses addresses, LocalActors actors, ActorDocuments documents, SignedHttp http) {
        this.instance = instance;
        this.addresses = addresses;
        this.actors = actors;
        this.documents = documents;
        this.http = http;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get("/ap/instance", _ -> instanceActor()),
                Endpoint.Http.get("/ap/actors/{username}", this::actor),
                Endpoint.Http.get("/ap/tags/{tag}", ActorEndpoint::hashtag));
    }

    /// Served to everybody, signed or not: servers that check our signatures need it before they can trust us.
    private HttpReply instanceActor() {
        String name = instance.software() + " at " + addresses.host();
        return Replies.activity(200, documents.instance(http.instancePublicKey(), name));
    }

    private HttpReply actor(HttpCall call) {
        return named(actors, call)
                .map(shown -> shown.gone()
                        ? Replies.gone(addresses.actor(shown.username()))
                        : Replies.wantsHtml(call) ? page(shown) : Replies.activity(200, documents.of(shown)))
                .orElseGet(Replies::notFound);
    }

    static Optional<Presentation> named(LocalActors actors, HttpCall call) {
        return Optional.ofNullable(call.path().get("username"))
                .map(u -> u.toLowerCase(Locale.ROOT))
                .flatMap(actors::byUsername);
    }

    private HttpReply page(Presentation shown) {
        var document = new As2(documents.of(shown));
        var original = originalPage(document);
        if (original.isPresent()) {
            return Replies.redirect(original.get());
        }
        // The summary was written by us: escaped text in a few tags.
        String name = Replies.escape(document.text("name").orElse(shown.username()));
        return Replies.page(
                shown.handle(),
                "<h1>" + name + "</h1><p>" + Replies.escape(shown.handle()) + "</p>"
                        + document.text("summary").orElse(""));
    }

    /// Where people read the original of something.
    static Optional<String> originalPage(As2 document) {
        return document.objects("url").stream()
                .filter(l -> l.text("mediaType").filter("text/html"::equals).isPresent())
                .flatMap(l -> l.text("href").stream())
                .filter(h -> h.startsWith("https://") || h.startsWith("http://"))
                .findFirst();
    }

    private static HttpReply hashtag(HttpCall call) {
        String tag = "#" + Replies.escape(call.path().getOrDefault("tag", ""));
        return Replies.page(
                "Hashtag",
                "<h1>" + tag + "</h1><p>Search for this hashtag on your own server to see posts with it.</p>");
    }
}
