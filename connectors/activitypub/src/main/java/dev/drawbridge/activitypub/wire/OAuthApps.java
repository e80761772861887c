package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What servers call us that were asked lately, each by where it sends people back to. Who does not know us is told
/// who we are, or reads it on a page of ours.
final class OAuthApps {
    private static final int LONGEST_WORD = 500;
    private static final int NOT_FOUND = 404;
    /// Servers forget apps that nobody uses; of one that did, people are told so there and do not come back.
    private static final Duration KNOWN = Duration.ofHours(1);

    private static final int MOST = 1_000;

    private final InstanceInfo instance;
    private final Function<URI, Optional<String>> page;
    private final Cache<URI, OAuthApp> apps;

    /// @param page where we are described, by where people are sent back to; empty if no server could read it
    OAuthApps(InstanceInfo instance, Function<URI, Optional<String>> page, InstantSource clock) {
        this.instance = instance;
        this.page = page;
        this.apps = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KNOWN)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// @param back where the server sends people
    /// @throws OAuthServer.Unusable if it can call us nothing
    OAuthApp at(OAuthServer server, URI back, OutboundHttp http) {
        Optional<OAuthApp> known = Optional.ofNullable(apps.getIfPresent(back));
        if (known.isPresent()) {
            return known.get();
        }
        OAuthApp app = introduced(server, back, http);
        apps.put(back, app);
        return app;
    }

    /// Whoever tries again introduces us anew.
    void forget(URI back, OAuthApp app) {
        apps.asMap().remove(back, app);
    }

    private OAuthApp introduced(OAuthServer server, URI back, OutboundHttp http) {
        String scope = server.scope(http);
        var answer = server.post(
                http,
                server.register(),
                Map.of(
                        "client_name",
                        instance.title(),
                        "redirect_uris",
                        back.toString(),
                        "scopes",
                        scope,
                        "website",
                        instance.baseUrl() + "/"));
        if (answer.status() == NOT_FOUND && server.readsPages()) {
            return page.apply(back)
                    .map(OAuthApp.Described::new)
                    .orElseThrow(() -> new OAuthServer.Unusable(false, server.origin() + " could not ask us back"));
        }
        if (answer.status() / 100 != 2) {
            throw new OAuthServer.Unusable(answer.status() >= 500, server.register() + " answered " + answer.status());
        }
        As2 document = OAuthServer.document(answer);
        Optional<String> id = word(document, "client_id");
        Optional<String> secret = word(document, "client_secret");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new OAuthServer.Unusable(false, server.register() + " gives no client");
        }
        if (isAddress(id.get())) {
            throw new OAuthServer.Unusable(false, server.origin() + " answers with a word that whoever begins knows");
        }
        return new OAuthApp.Registered(id.get(), secret.get(), scope);
    }

    private static Optional<String> word(As2 document, String name) {
        return document.text(name).filter(text -> !text.isEmpty() && text.length() <= LONGEST_WORD);
    }

    /// Sharkey and others give out the address of a question in place of a client: the answer is then a word that
    /// stands in that address, so that whoever began could have somebody else agree, and come back in their place.
    private static boolean isAddress(String id) {
        try {
            return Uris.isHttp(new String(Base64.getDecoder().decode(id), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Uris.isHttp(id);
        }
    }
}
