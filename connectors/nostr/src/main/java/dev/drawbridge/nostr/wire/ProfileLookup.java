package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Nip05;
import dev.drawbridge.nostr.event.ProfileContent;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.translate.ProfileIn;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What people show of themselves: the latest profile that any relay has, with a name only if its server confirms it.
public final class ProfileLookup {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileLookup.class);
    private static final long LONGEST = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConnectorContext context;
    private final EventStore store;
    private final RelayPool pool;
    private final JsonMapper json = JsonMapper.builder().build();

    public ProfileLookup(ConnectorContext context, EventStore store, RelayPool pool) {
        this.context = context;
        this.store = store;
        this.pool = pool;
    }

    /// A person exists by having a key: where nothing else is known, that is their profile.
    public Profile of(PublicKey person) {
        Optional<Event> latest = Stream.of(
                        store.at(Kind.PROFILE + ":" + person.hex() + ":"), pool.latest(Kind.PROFILE, person))
                .flatMap(Optional::stream)
                .reduce((a, b) -> b.replaces(a) ? b : a);
        Optional<Nip05> name = latest.flatMap(e -> ProfileContent.read(e.content()))
                .flatMap(ProfileContent::nip05)
                .filter(claimed -> confirmed(claimed, person));
        return latest.flatMap(e -> ProfileIn.profile(e, name))
                .orElseGet(() -> Profile.bare(NativeEvents.id(person), person.npub()));
    }

    private boolean confirmed(Nip05 name, PublicKey person) {
        try {
            return named(name).equals(Optional.of(person));
        } catch (OutboundHttp.OutboundException e) {
            LOG.debug("name {} of {} is not confirmed: {}", name, person, e.toString());
            return false;
        }
    }

    /// Asks the server of a name who it belongs to ([NIP-05](https://nips.nostr.com/5)); empty if it names nobody.
    /// Redirects do not count.
    ///
    /// @throws OutboundHttp.OutboundException if it does not answer
    public Optional<PublicKey> named(Nip05 name) {
        String scheme = context.instance().loopback() ? "http://" : "https://";
        try {
            OutboundHttp.Answer answer = context.http()
                    .send(new OutboundHttp.Request(
                            "GET",
                            URI.create(scheme + name.domain() + "/.well-known/nostr.json?name=" + name.local()),
                            Map.of("accept", "application/json"),
                            new byte[0],
                            LONGEST,
                            PATIENCE,
                            0));
            return answer.status() == 200
                    ? PublicKey.tryParse(json.readTree(answer.body())
                            .path("names")
                            .path(name.local())
                            .asString(""))
                    : Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.debug("no answer to read: {}", e.toString());
            return Optional.empty();
        }
    }
}
