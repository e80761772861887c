package dev.drawbridge.engine.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.KeyStore.StoredKey;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Random keys, at rest only encrypted. A few thousand that are in use stay decrypted in memory.
///
/// What was stored is bound to its reference, its kind and its public half: swapping any of them in the store makes it
/// unreadable, which is an `IllegalStateException` here.
final class EncryptedSigner implements Signer {
    private static final int KEYS_IN_MEMORY = 4_000;

    private final KeyStore store;
    private final MasterKeys masterKeys;
    private final SigningKeys keys;
    private final Cache<String, SigningKey> ready = Caffeine.newBuilder()
            .maximumSize(KEYS_IN_MEMORY)
            .executor(Runnable::run)
            .build();

    EncryptedSigner(KeyStore store, MasterKeys masterKeys, SigningKeys keys) {
        this.store = store;
        this.masterKeys = masterKeys;
        this.keys = keys;
    }

    @Override
    public byte[] ensure(String ref, KeyAlgorithm algorithm) {
        StoredKey stored = store.find(ref).orElseGet(() -> store.putIfAbsent(make(ref, algorithm)));
        if (!stored.algorithm().equals(algorithm.name())) {
            throw new IllegalArgumentException(
                    "key " + ref + " is one of " + stored.algorithm() + ", not of " + algorithm);
        }
        return stored.publicKey().clone();
    }

    @Override
    public byte[] sign(String ref, SignatureScheme scheme, byte[] message) {
        return ready.get(ref, this::load).sign(scheme, message);
    }

    @Override
    public Optional<byte[]> agree(String ref, byte[] otherKey) {
        return ready.get(ref, this::load).agree(otherKey);
    }

    @Override
    public OneTimeKey oneTimeKey() {
        SigningKeys.Fresh fresh = keys.generate(KeyAlgorithm.SECP256K1);
        return new InMemoryKey(fresh.publicKey(), keys.read(KeyAlgorithm.SECP256K1, fresh.secret()));
    }

    @Override
    public byte[] export(String ref, String password) {
        StoredKey stored = stored(ref);
        if (!stored.algorithm().equals(KeyAlgorithm.SECP256K1.name())) {
            throw new IllegalArgumentException("key " + ref + " is one of " + stored.algorithm());
        }
        byte[] secret = unseal(stored);
        try {
            return PasswordSeal.seal(secret, password, keys.randomBytes(PasswordSeal.RANDOM_BYTES));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// A key that is nowhere but here.
    private record InMemoryKey(byte[] publicKey, SigningKey key) implements OneTimeKey {
        @Override
        public byte[] sign(SignatureScheme scheme, byte[] message) {
            return key.sign(scheme, message);
        }

        @Override
        public Optional<byte[]> agree(byte[] otherKey) {
            return key.agree(otherKey);
        }
    }

    private StoredKey make(String ref, KeyAlgorithm algorithm) {
        SigningKeys.Fresh fresh = keys.generate(algorithm);
        var sealed = masterKeys.seal(fresh.secret(), about(ref, algorithm.name(), fresh.publicKey()));
        Arrays.fill(fresh.secret(), (byte) 0);
        return new StoredKey(
                ref, algorithm.name(), fresh.publicKey(), sealed.keyId(), sealed.nonce(), sealed.ciphertext());
    }

    private SigningKey load(String ref) {
        StoredKey stored = stored(ref);
        byte[] secret = unseal(stored);
        try {
            return keys.read(KeyAlgorithm.valueOf(stored.algorithm()), secret);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("key " + ref + ": " + e.getMessage(), e);
        }
    }

    private StoredKey stored(String ref) {
        return store.find(ref).orElseThrow(() -> new IllegalArgumentException("no key " + ref));
    }

    private byte[] unseal(StoredKey stored) {
        return unseal(stored, masterKeys);
    }

    /// @throws IllegalStateException if the master keys do not open it
    static byte[] unseal(StoredKey stored, MasterKeys masterKeys) {
        try {
            var sealed = new MasterKeys.Sealed(stored.keyId(), stored.nonce(), stored.ciphertext());
            return masterKeys.unseal(sealed, about(stored.ref(), stored.algorithm(), stored.publicKey()));
        } catch (IllegalStateException e) {
            throw new IllegalStateException("key " + stored.ref() + ": " + e.getMessage(), e);
        }
    }

    /// The same key, encrypted with the newest master key.
    ///
    /// @throws IllegalStateException if the master keys do not open it
    static StoredKey anew(StoredKey stored, MasterKeys masterKeys) {
        byte[] secret = unseal(stored, masterKeys);
        try {
            var sealed = masterKeys.seal(secret, about(stored.ref(), stored.algorithm(), stored.publicKey()));
            return new StoredKey(
                    stored.ref(),
                    stored.algorithm(),
                    stored.publicKey(),
                    sealed.keyId(),
                    sealed.nonce(),
                    sealed.ciphertext());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] about(String ref, String algorithm, byte[] publicKey) {
        String text = algorithm + ' ' + HexFormat.of().formatHex(publicKey) + ' ' + ref;
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
