package dev.drawbridge.nostr.dm;

import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Private messages in sealed gift wraps ([NIP-17](https://nips.nostr.com/17), [NIP-59](https://nips.nostr.com/59)):
/// the message, unsigned, inside a seal by its author, inside a wrap by nobody.
public final class GiftWraps {
    /// How far in the past a wrap or seal may say it was made, to hide when it was.
    public static final Duration BACKDATED = Duration.ofDays(2);

    private final Signer signer;
    private final EventVerifier verifier;
    private final RandomGenerator random;

    /// One of ours who writes or is written to.
    ///
    /// @param keyRef the key as the signer names it
    public record Own(PublicKey key, String keyRef) {}

    /// @param random fit for cryptography
    public GiftWraps(Signer signer, EventVerifier verifier, RandomGenerator random) {
        this.signer = signer;
        this.verifier = verifier;
        this.random = random;
    }

    /// The message inside; its author has sealed it.
    ///
    /// @param wrap with the right id and signature
    public Reading<UnsignedEvent> open(Event wrap, Own to) {
        if (wrap.kind() != Kind.GIFT_WRAP) {
            return no("wrap", "not of kind " + Kind.GIFT_WRAP);
        }
        return switch (decrypt(wrap, to)) {
            case Reading.Unreadable<String>(String field, String detail) -> no("wrap, " + field, detail);
            case Reading.Read<String>(String json) ->
                switch (EventReader.read(json)) {
                    case Reading.Unreadable<Event>(String field, String detail) -> no("seal, " + field, detail);
                    case Reading.Read<Event>(Event seal) -> unseal(seal, to);
                };
        };
    }

    private Reading<UnsignedEvent> unseal(Event seal, Own to) {
        Optional<String> problem =
                seal.kind() == Kind.SEAL ? verifier.problem(seal) : Optional.of("not of kind " + Kind.SEAL);
        if (problem.isPresent()) {
            return no("seal", problem.get());
        }
        return switch (decrypt(seal, to)) {
            case Reading.Unreadable<String>(String field, String detail) -> no("seal, " + field, detail);
            case Reading.Read<String>(String json) ->
                switch (EventReader.readDraft(json)) {
                    case Reading.Unreadable<Event>(String field, String detail) -> no("message, " + field, detail);
                    case Reading.Read<Event>(Event message) -> checked(message, seal);
                };
        };
    }

    /// Anybody can write anything into a message: its author is who sealed it.
    private static Reading<UnsignedEvent> checked(Event message, Event seal) {
        UnsignedEvent said = message.unsigned();
        if (!said.pubkey().equals(seal.pubkey())) {
            return no("message", "its author is not who sealed it");
        }
        return said.id().equals(message.id())
                ? new Reading.Read<>(said)
                : no("message", "the id does not match the content");
    }

    private Reading<String> decrypt(Event event, Own to) {
        return signer.agree(to.keyRef(), event.pubkey().bytes())
                .map(shared -> Nip44.decrypt(Nip44.conversationKey(shared), event.content()))
                .orElseGet(() -> new Reading.Unreadable<>("pubkey", "not a key"));
    }

    /// A message of ours for one person.
    ///
    /// @return empty if `to` is not a key
    public Optional<Event> wrap(UnsignedEvent message, Own from, PublicKey to, Instant now) {
        Optional<byte[]> shared = signer.agree(from.keyRef(), to.bytes());
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        var seal = new UnsignedEvent(
                from.key(), backdated(now), Kind.SEAL, List.of(), encrypt(shared.get(), message.json()));
        Event sealed = seal.signed(
                signer.sign(from.keyRef(), SignatureScheme.BIP340, seal.id().bytes()));
        Signer.OneTimeKey nobody = signer.oneTimeKey();
        return nobody.agree(to.bytes()).map(secret -> {
            var wrap = new UnsignedEvent(
                    PublicKey.ofCompressed(nobody.publicKey()),
                    backdated(now),
                    Kind.GIFT_WRAP,
                    List.of(Tag.of("p", to.hex())),
                    encrypt(secret, sealed.json()));
            return wrap.signed(nobody.sign(SignatureScheme.BIP340, wrap.id().bytes()));
        });
    }

    private String encrypt(byte[] shared, String text) {
        byte[] nonce = new byte[Nip44.NONCE];
        random.nextBytes(nonce);
        return Nip44.encrypt(Nip44.conversationKey(shared), text, nonce);
    }

    private long backdated(Instant now) {
        return Math.max(0, now.getEpochSecond() - random.nextLong(BACKDATED.toSeconds()));
    }

    private static Reading<UnsignedEvent> no(String field, String detail) {
        return new Reading.Unreadable<>(field, detail);
    }
}
