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
import java.util.Optional;

/// Our actors, for servers and for people with a browser, at one address.
public final class ActorEndpoint {
    private final InstanceInfo instance;
    private final Addresses addresses;
    private final LocalActors actors;
    private final ActorDocuments documents;
    private final SignedHttp http;
    private final ProfilePage pages;

    public ActorEndpoint(
            InstanceInfo instance, Addresses addresses, LocalActors actors, ActorDocuments documents, SignedHttp http) {
        this.instance = instance;
        this.addresses = addresses;
        this.actors = actors;
        this.documents = documents;
        this.http = http;
        this.pages = new ProfilePage(addresses);
    }

    /// The instance actor, for everybody as often as they like, signed or not: servers that check our signatures need
    /// it before they can trust us.
    public Endpoint instanceActor() {
        return Endpoint.Http.get("/ap/instance", call -> {
            String name = instance.software() + " at " + addresses.host();
            return addresses.home(call.uri()).filter(addresses.base()::equals).isPresent()
                    ? Replies.document(call, 200, documents.instance(http.instancePublicKey(), name))
                    : Replies.notFound();
        });
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get("/ap/actors/{username}", this::actor),
                Endpoint.Http.get("/ap/tags/{tag}", ActorEndpoint::hashtag));
    }

    private HttpReply actor(HttpCall call) {
        return actors.asked(call.uri(), call.path().getOrDefault("username", ""))
                .map(shown -> shown.gone() ? left(call, shown) : reply(call, shown))
                .orElseGet(Replies::notFound);
    }

    private HttpReply left(HttpCall call, Presentation shown) {
        return Replies.gone(call, addresses.actor(shown), "Person");
    }

    private HttpReply reply(HttpCall call, Presentation shown) {
        var document = documents.of(shown);
        return Negotiation.wantsPage(call)
                ? Replies.page(pages.of(PageWords.of(call), shown, new As2(document)))
                : Replies.document(call, 200, document);
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
        String tag = "#" + call.path().getOrDefault("tag", "");
        var words = PageWords.of(call);
        return Replies.page(new Page(words, tag, Page.BRIDGE)
                .html("<h1>" + Page.escape(tag) + "</h1>")
                .html("<p>" + Page.escape(words.say("tag.what")) + "</p>"));
    }
}
