package dev.drawbridge.nostr;

import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.store.Presentations;
import dev.drawbridge.nostr.wire.Identity;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Speaks for the bridge where a relay asks who it is: always the same bot, the first by name.
final class BotIdentity implements Identity {
    /// A proof of who is connected ([NIP-42](https://nips.nostr.com/42)).
    static final int PROOF = 22_242;

    private final Signer signer;
    private final Presentations presentations;
    private final InstantSource clock;

    BotIdentity(Signer signer, Presentations presentations, InstantSource clock) {
        this.signer = signer;
        this.presentations = presentations;
        this.clock = clock;
    }

    @Override
    public Optional<Event> prove(RelayUrl relay, String challenge) {
        return presentations.bots().stream()
                .min(Comparator.comparing(Presentation::name))
                .map(bot -> {
                    List<Tag> tags = List.of(Tag.of("relay", relay.value()), Tag.of("challenge", challenge));
                    long now = clock.instant().getEpochSecond();
                    var proof = new UnsignedEvent(bot.key(), now, PROOF, tags, "");
                    byte[] id = proof.id().bytes();
                    return proof.signed(signer.sign(bot.keyRef(), SignatureScheme.BIP340, id));
                });
    }
}
