package dev.drawbridge.benchmarks;

import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys of accounts, in memory.
final class AtprotoKeys implements KeyStore {
    private static final Cryptography CRYPTOGRAPHY = Cryptography.start();
    private final Map<String, StoredKey> keys = new ConcurrentHashMap<>();
    private final Signer signer;

    AtprotoKeys() {
        SecureRandom random = new SecureRandom();
        signer = CRYPTOGRAPHY.signer(this, MasterKeys.inMemory(random), random);
    }

    @Override
    public StoredKey putIfAbsent(StoredKey key) {
        return keys.computeIfAbsent(key.ref(), _ -> key);
    }

    @Override
    public Optional<StoredKey> find(String ref) {
        return Optional.ofNullable(keys.get(ref));
    }

    Signer signer() {
        return signer;
    }

    SignatureVerifier verifier() {
        return CRYPTOGRAPHY;
    }

    /// Who makes and checks the signatures.
    static String name() {
        return CRYPTOGRAPHY.secp256k1Name();
    }

    DidKey key(String ref) {
        return DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(ref, KeyAlgorithm.SECP256K1));
    }
}
