package dev.drawbridge.activitypub.http;

import dev.drawbridge.model.spi.ClientPlace;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.util.Optional;

/// What we are to a Misskey that asks its people about us: the page where our id points, with where people are sent
/// back to, and our name. Everything on it is relative, so that it says the same on each host of ours.
///
/// Spec: [IndieAuth §4.2](https://indieauth.spec.indieweb.org/#client-information-discovery)
public final class ClientPage {
    static final String PATH = "/oauth/activitypub/";
    private final InstanceInfo instance;

    public ClientPage(InstanceInfo instance) {
        this.instance = instance;
    }

    /// What we are called by a server that sends people back to a page of ours.
    ///
    /// @return empty if no server could read the page: it has to be on https
    public Optional<String> id(URI back) {
        return ClientPlace.of(back)
                .filter(_ -> back.getScheme().equals("https") || instance.loopback())
                .map(place -> back.resolve(PATH + place.word()).toString());
    }

    Endpoint endpoint() {
        return Endpoint.Http.get(PATH + "{place}", this::describe);
    }

    private HttpReply describe(HttpCall call) {
        return Optional.ofNullable(call.path().get("place"))
                .flatMap(ClientPlace::parse)
                .map(place -> page(PageWords.of(call), place).reply(200).with("Cache-Control", Replies.NEGOTIATED))
                .orElseGet(() -> HttpReply.text(404, "there is no such client"));
    }

    private Page page(PageWords words, ClientPlace place) {
        return new Page(words, instance.title(), Page.BRIDGE)
                .head("<link rel=\"redirect_uri\" href=\"" + Page.escape(place.path()) + "\">")
                .html("<h1 class=\"h-app\"><a class=\"u-url p-name\" href=\"" + PATH + place.word() + "\">"
                        + Page.escape(instance.title()) + "</a></h1>")
                .html("<p>" + Page.escape(words.say("client.what")) + "</p>");
    }
}
