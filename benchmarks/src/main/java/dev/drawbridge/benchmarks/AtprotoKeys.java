package dev.drawbridge.benchmarks;

import dev.drawbridge.atproto.http.OwnerMethods;
import dev.drawbridge.atproto.http.Ownership;
import dev.drawbridge.atproto.http.Reporting;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.engine.crypto.Argon2Hashes;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.InstanceInfo;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

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

    OwnerMethods owners(InstanceInfo instance, PdsStore store, BlobStore blobs) {
        SecureRandom random = new SecureRandom();
        return new OwnerMethods(
                instance,
                store,
                blobs,
                new Nobody(),
                new Nobody(),
                signer,
                CRYPTOGRAPHY,
                new Argon2Hashes(random),
                InstantSource.system(),
                random);
    }

    /// Nobody owns an account here, or complains.
    private static final class Nobody implements Ownership, Reporting {
        @Override
        public PlcOperation.Change recommended(Account account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SignedPlcOperation sign(Account account, UnaryOperator<PlcOperation.Change> change) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> rename(Account account, Handle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void leave(Account account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<DidKey> key(Did did, boolean anew) {
            return Optional.empty();
        }

        @Override
        public Outcome hear(DataMap complaint) {
            return Outcome.NOT_HERE;
        }
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
