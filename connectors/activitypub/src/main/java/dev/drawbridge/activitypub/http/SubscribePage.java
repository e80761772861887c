package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;

/// Where other servers send people who want to follow or answer something "from their own server": nobody has an
/// account to sign in to here, and the page says what to do instead.
public final class SubscribePage {
    static final String PATH = "/ap/subscribe";
    private static final int LONGEST = 500;
    private final Addresses addresses;

    public SubscribePage(Addresses addresses) {
        this.addresses = addresses;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.Http.get(PATH, this::explain));
    }

    private HttpReply explain(HttpCall call) {
        String wanted = call.query("uri").map(String::strip).orElse("");
        String shown = wanted.length() > LONGEST ? wanted.substring(0, LONGEST) : wanted;
        var words = PageWords.of(call);
        String title = words.say("subscribe.title");
        var page = new Page(words, title, Page.BRIDGE)
                .html("<h1>" + Page.escape(title) + "</h1>")
                .html("<p>" + Page.escape(words.say("subscribe.what", addresses.host())) + "</p>");
        if (!shown.isEmpty()) {
            page.html("<p>" + Page.escape(words.say("subscribe.how")) + "</p><p><code>" + Page.escape(shown)
                    + "</code></p>");
        }
        return Replies.page(page);
    }
}
