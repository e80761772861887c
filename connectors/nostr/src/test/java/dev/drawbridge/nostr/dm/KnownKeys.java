package dev.drawbridge.nostr.dm;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.nostr.People;
import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// A signer of keys that a vector names.
final class KnownKeys implements Signer {
    private final Map<String, byte[]> secrets = new HashMap<>();
    private final Signer others = new People().signer;

    KnownKeys with(String ref, String hex) {
        secrets.put(ref, HexFormat.of().parseHex(hex));
        return this;
    }

    @Override
    public byte[] ensure(String ref, KeyAlgorithm algorithm) {
        Secp256k1 curve = Secp256k1.get();
        return curve.pubKeyCompress(curve.pubkeyCreate(secret(ref)));
    }

    @Override
    public byte[] sign(String ref, SignatureScheme scheme, byte[] message) {
        return Secp256k1.get().signSchnorr(message, secret(ref), new byte[32]);
    }

    @Override
    public Optional<byte[]> agree(String ref, byte[] otherKey) {
        byte[] point = new byte[33];
        point[0] = 2;
        System.arraycopy(otherKey, 0, point, 1, 32);
        return Optional.of(Arrays.copyOfRange(Secp256k1.get().pubKeyTweakMul(point, secret(ref)), 1, 33));
    }

    @Override
    public OneTimeKey oneTimeKey() {
        return others.oneTimeKey();
    }

    @Override
    public byte[] export(String ref, String password) {
        throw new UnsupportedOperationException();
    }

    private byte[] secret(String ref) {
        return secrets.get(ref).clone();
    }
}
