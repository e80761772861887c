package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.store.Presentations;
import dev.drawbridge.activitypub.translate.CopyIds;
import dev.drawbridge.activitypub.translate.PersonWriter;
import dev.drawbridge.activitypub.translate.Usernames;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The actors of this instance: made when they are asked for, found by their address.
public final class LocalActors {
    private final Presentations presentations;
    private final Signer signer;
    private final Addresses addresses;
    private final InstantSource clock;

    public LocalActors(Presentations presentations, Signer signer, Addresses addresses, InstantSource clock) {
        this.presentations = presentations;
        this.signer = signer;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// Makes the actor, or finds the one that is there and lets it return if it had left.
    public GhostOutcome ensure(GhostRequest request) {
        NativeId origin = request.origin();
        if (origin.network().equals(Network.ACTIVITYPUB)) {
            return new GhostOutcome.Refused("they are on ActivityPub already");
        }
        var known = presentations.byOrigin(origin);
        if (known.isPresent()) {
            return new GhostOutcome.Ready(returned(known.get(), request));
        }
        Profile profile = named(request);
        List<String> usernames = Usernames.of(profile);
        String home = addresses.home(origin.network());
        byte[] key = signer.ensure(Presentation.keyRef(origin), KeyAlgorithm.RSA_2048);
        var wanted = new Presentation(
                origin,
                usernames.getFirst(),
                addresses.handleHost(origin.network()),
                home.equals(addresses.base()) ? "" : home,
                key,
                card(profile, home, usernames.getFirst()),
                false,
                clock.instant());
        var stored = presentations.putIfAbsent(wanted, usernames);
        if (!stored.username().equals(usernames.getFirst())) {
            presentations.show(origin, card(profile, home, stored.username()));
        }
        return new GhostOutcome.Ready(ghost(stored));
    }

    public Optional<Presentation> byUsername(String username) {
        return presentations.byUsername(username);
    }

    /// Who a request asks for: somebody of another host than the one asked is not found.
    public Optional<Presentation> asked(URI request, String username) {
        return byUsername(username.toLowerCase(Locale.ROOT))
                .filter(shown -> addresses
                        .home(request)
                        .filter(addresses.home(shown)::equals)
                        .isPresent());
    }

    /// @param actor the actor's id
    public Optional<Presentation> byId(String actor) {
        return addresses
                .username(actor)
                .flatMap(presentations::byUsername)
                .filter(shown -> addresses.actor(shown).equals(actor));
    }

    public void show(NativeId origin, String card) {
        presentations.show(origin, card);
    }

    public void leave(NativeId origin) {
        presentations.setGone(origin, true);
    }

    public long count() {
        return presentations.count();
    }

    private Ghost returned(Presentation known, GhostRequest request) {
        if (known.gone()) {
            presentations.setGone(known.origin(), false);
        }
        // A bot says what this version of the bridge says; people change their profile by an update.
        if (known.gone() || request.bot()) {
            presentations.show(known.origin(), card(named(request), addresses.home(known), known.username()));
        }
        return ghost(known);
    }

    /// The profile under the origin's name, whoever the engine took it from.
    private static Profile named(GhostRequest request) {
        return request.profile().toBuilder().actor(request.origin()).build();
    }

    private static String card(Profile profile, String home, String username) {
        return Documents.write(PersonWriter.card(profile, Addresses.actor(home, username), new CopyIds(home)));
    }

    private Ghost ghost(Presentation shown) {
        var id = new NativeId(Network.ACTIVITYPUB, addresses.actor(shown));
        return new Ghost(shown.origin(), id, shown.handle(), true, shown.createdAt());
    }
}
