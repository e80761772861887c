package dev.drawbridge.benchmarks;

import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Somebody on Nostr with a key in memory.
final class NostrAuthor {
    /// Events of this kind are kept by the bridge's relay and carried nowhere: what is measured is the relay alone.
    static final int HIGHLIGHT = 9802;

    /// Makes an event about as long as those of people, 600 bytes.
    private static final String TEXT = "lorem ipsum dolor ".repeat(12);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Cryptography CRYPTOGRAPHY = Cryptography.start();
    private static final Signer SIGNER = CRYPTOGRAPHY.signer(new KeysInMemory(), MasterKeys.inMemory(RANDOM), RANDOM);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String ref = "bench:" + NUMBER.incrementAndGet();
    private final PublicKey key = PublicKey.ofCompressed(SIGNER.ensure(ref, KeyAlgorithm.SECP256K1));

    private static final class KeysInMemory implements KeyStore {
        private final Map<String, StoredKey> keys = new ConcurrentHashMap<>();

        @Override
        public StoredKey putIfAbsent(StoredKey key) {
            return keys.computeIfAbsent(key.ref(), _ -> key);
        }

        @Override
        public Optional<StoredKey> find(String ref) {
            return Optional.ofNullable(keys.get(ref));
        }
    }

    static Cryptography cryptography() {
        return CRYPTOGRAPHY;
    }

    PublicKey key() {
        return key;
    }

    Event sign(UnsignedEvent event) {
        byte[] id = event.id().bytes();
        return event.signed(SIGNER.sign(ref, SignatureScheme.BIP340, id));
    }

    Event event(int kind, String content, List<Tag> tags) {
        return sign(new UnsignedEvent(key, Instant.now().getEpochSecond(), kind, tags, content));
    }

    /// Signed events of a few people in turn, no two alike.
    static List<Event> events(List<NostrAuthor> authors, int kind, int count) {
        int first = NUMBER.getAndAdd(count);
        return IntStream.range(first, first + count)
                .parallel()
                .mapToObj(i -> authors.get(i % authors.size())
                        .event(kind, "bench " + i + " " + TEXT, List.of(Tag.of("t", "bench"))))
                .toList();
    }
}
