package dev.drawbridge.feed.http;

import dev.drawbridge.feed.object.BadFeed;
import dev.drawbridge.feed.object.FeedReader;
import dev.drawbridge.feed.wire.FeedDesk;
import dev.drawbridge.feed.wire.HubSubscriptions;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where hubs ask whether we asked, and bring news ([WebSub](https://www.w3.org/TR/websub/) §5.3, §7).
public final class HubEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(HubEndpoints.class);
    private static final long MOST_BYTES = 2_000_000;
    private static final int LONGEST_CHALLENGE = 1_000;
    private static final String TEMPLATE = HubSubscriptions.PATH + "{token}";

    private final FeedDesk desk;

    public HubEndpoints(FeedDesk desk) {
        this.desk = desk;
    }

    public List<Endpoint> all() {
        return List.of(
                Endpoint.Http.get(TEMPLATE, this::confirm), Endpoint.Http.post(TEMPLATE, MOST_BYTES, this::bring));
    }

    private static String token(HttpCall call) {
        return call.path().getOrDefault("token", "");
    }

    private HttpReply confirm(HttpCall call) {
        String mode = call.query("hub.mode").orElse("");
        if (mode.equals("denied") && desk.hubs().feed(token(call)).isPresent()) {
            desk.hubs().denied(token(call));
            return HttpReply.of(200);
        }
        String challenge = call.query("hub.challenge").orElse("");
        boolean asked = !challenge.isEmpty()
                && challenge.length() <= LONGEST_CHALLENGE
                && desk.hubs()
                        .confirms(
                                token(call),
                                mode,
                                call.query("hub.topic").orElse(""),
                                call.query("hub.lease_seconds").orElse(""));
        return asked ? HttpReply.text(200, challenge) : HttpReply.of(404);
    }

    /// What is not signed as it must be is thanked for and thrown away (§8).
    private HttpReply bring(HttpCall call) {
        Optional<URI> feed = desk.hubs().feed(token(call));
        if (feed.isEmpty()) {
            return HttpReply.of(410);
        }
        if (!desk.hubs().isSigned(token(call), call.header("x-hub-signature").orElse(""), call.body())) {
            LOG.info("not taken: news of {} without the right signature", feed.get());
            return HttpReply.of(202);
        }
        try {
            var news = FeedReader.read(call.body(), call.header("content-type"), feed.get());
            Optional<Duration> busy = desk.brought(feed.get(), news);
            return busy.map(after ->
                            HttpReply.of(503).with("retry-after", Long.toString(Math.max(1, after.toSeconds()))))
                    .orElseGet(() -> HttpReply.of(202));
        } catch (BadFeed e) {
            LOG.info("not taken: news of {}: {}", feed.get(), e.getMessage());
            return HttpReply.of(202);
        }
    }
}
