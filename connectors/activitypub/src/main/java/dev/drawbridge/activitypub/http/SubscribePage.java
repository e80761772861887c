package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;

/// Where other servers send people who want to follow or answer something "from their own server": nobody has an
/// account to sign in to here, and the page says what to do instead. It also serves how all pages look.
public final class SubscribePage {
    static final String PATH = "/ap/subscribe";
    private static final int LONGEST = 500;
    private final Addresses addresses;

    public SubscribePage(Addresses addresses) {
        this.addresses = addresses;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get(PATH, this::explain),
                Endpoint.Http.get(
                        Page.LOOK_PATH,
                        _ -> HttpReply.of(200, "text/css; charset=utf-8", Page.LOOK)
                                .with("Cache-Control", Replies.LONG)
                                .with("X-Content-Type-Options", "nosniff")));
    }

    private HttpReply explain(HttpCall call) {
        String wanted = call.query("uri").map(String::strip).orElse("");
        String shown = wanted.length() > LONGEST ? wanted.substring(0, LONGEST) : wanted;
        var page = new Page("Nobody signs in here", "bridge")
                .html("<h1>Nobody signs in here</h1>")
                .html("<p>" + Page.escape(addresses.host())
                        + " is a bridge: people here have their accounts on other networks.</p>");
        if (!shown.isEmpty()) {
            page.html("<p>To follow or to answer, open the server where you have your account and put this into its"
                    + " search:</p><p><code>" + Page.escape(shown) + "</code></p>");
        }
        return Replies.page(page);
    }
}
