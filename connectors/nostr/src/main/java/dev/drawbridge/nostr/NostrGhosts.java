package dev.drawbridge.nostr;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Nip05;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.translate.NostrTranslator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Makes ghosts and bots: a key, a name, a profile and a list of the relays they are found on.
final class NostrGhosts {
    private final InstanceInfo instance;
    private final Signer signer;
    private final NostrStore store;
    private final NostrTranslator translator;
    private final Voice voice;
    private final List<RelayUrl> homes;
    private final InstantSource clock;

    NostrGhosts(
            InstanceInfo instance,
            Signer signer,
            NostrStore store,
            NostrTranslator translator,
            Voice voice,
            List<RelayUrl> homes,
            InstantSource clock) {
        this.instance = instance;
        this.signer = signer;
        this.store = store;
        this.translator = translator;
        this.voice = voice;
        this.homes = List.copyOf(homes);
        this.clock = clock;
    }

    GhostOutcome ensure(GhostRequest request) {
        String keyRef = "nostr:" + request.origin().key();
        PublicKey key = PublicKey.ofCompressed(signer.ensure(keyRef, KeyAlgorithm.SECP256K1));
        String name = GhostName.of(request);
        Instant now = clock.instant();
        Optional<Presentation> claimed = store.presentations()
                .claim(new Presentation(key, request.origin(), keyRef, name, now))
                .or(() -> store.presentations()
                        .claim(new Presentation(
                                key, request.origin(), keyRef, GhostName.distinct(name, request.origin()), now)));
        if (claimed.isEmpty()) {
            return new GhostOutcome.Refused(
                    "there is no free name for " + request.profile().handle());
        }
        if (!claimed.get().key().equals(key)) {
            throw new IllegalStateException("the key of " + request.origin() + " is not the one it was made with");
        }
        return ready(claimed.get(), request, now);
    }

    private GhostOutcome ready(Presentation ghost, GhostRequest request, Instant now) {
        var name = new Nip05(ghost.name(), instance.host());
        present(ghost, request, name, now);
        return new GhostOutcome.Ready(
                new Ghost(ghost.origin(), NativeEvents.id(ghost.key()), name.toString(), true, ghost.createdAt()));
    }

    /// Shows the ghost on our own relay, unless it is shown. What changes later comes as an update.
    private void present(Presentation ghost, GhostRequest request, Nip05 name, Instant now) {
        if (store.events().at(Kind.PROFILE + ":" + ghost.key().hex() + ":").isEmpty()) {
            var profile = translator.profile(request.profile(), name, now).by(ghost.key());
            voice.settle(ghost, profile, true);
        }
        if (store.events().at(Kind.RELAY_LIST + ":" + ghost.key().hex() + ":").isEmpty()) {
            var list = translator.relayList(ghost.origin(), homes, now).by(ghost.key());
            voice.settle(ghost, list, true);
        }
        if (request.bot()
                && store.events()
                        .at(Kind.MESSAGE_RELAYS + ":" + ghost.key().hex() + ":")
                        .isEmpty()) {
            voice.settle(ghost, messageRelays(ghost, now), true);
        }
    }

    /// Where a bot takes private messages ([NIP-17](https://nips.nostr.com/17)). Ghosts take none.
    private UnsignedEvent messageRelays(Presentation bot, Instant now) {
        List<Tag> tags = homes.stream().map(url -> Tag.of("relay", url.value())).toList();
        return new UnsignedEvent(bot.key(), now.getEpochSecond(), Kind.MESSAGE_RELAYS, tags, "");
    }
}
