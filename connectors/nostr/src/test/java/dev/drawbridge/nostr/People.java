package dev.drawbridge.nostr;

import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.testkit.InMemoryKeyStore;
import java.security.SecureRandom;
import java.util.List;

/// People with real keys, by name.
public final class People {
    public static final Cryptography CRYPTOGRAPHY = Cryptography.start();
    public static final EventVerifier VERIFIER = new EventVerifier(CRYPTOGRAPHY);

    private final SecureRandom random = new SecureRandom();
    public final Signer signer = CRYPTOGRAPHY.signer(new InMemoryKeyStore(), MasterKeys.inMemory(random), random);

    public Person person(String name) {
        return new Person(name, PublicKey.ofCompressed(signer.ensure("test:" + name, KeyAlgorithm.SECP256K1)));
    }

    public final class Person {
        private final String name;
        public final PublicKey key;

        private Person(String name, PublicKey key) {
            this.name = name;
            this.key = key;
        }

        public NativeId id() {
            return new NativeId(Network.NOSTR, key.hex());
        }

        public Event event(int kind, long createdAt, String content, Tag... tags) {
            var unsigned = new UnsignedEvent(key, createdAt, kind, List.of(tags), content);
            byte[] id = unsigned.id().bytes();
            return unsigned.signed(signer.sign("test:" + name, SignatureScheme.BIP340, id));
        }

        public Event note(long createdAt, String content, Tag... tags) {
            return event(1, createdAt, content, tags);
        }
    }
}
