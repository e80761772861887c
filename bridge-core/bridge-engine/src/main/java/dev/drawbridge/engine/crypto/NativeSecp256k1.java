package dev.drawbridge.engine.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import java.util.Optional;

/// secp256k1 by libsecp256k1 through ACINQ's binding. The library checks less than the contract asks for (it also takes
/// DER signatures and uncompressed keys), so shapes are checked before it is called.
final class NativeSecp256k1 implements Secp256k1 {
    private final fr.acinq.secp256k1.Secp256k1 library;
    private final BouncyEcdsa shapes = new BouncyEcdsa("secp256k1");

    private NativeSecp256k1(fr.acinq.secp256k1.Secp256k1 library) {
        this.library = library;
    }

    /// Unpacks and loads the library.
    ///
    /// @throws RuntimeException or a `LinkageError` if this machine has none
    static Secp256k1 load() {
        return new NativeSecp256k1(fr.acinq.secp256k1.Secp256k1.get());
    }

    @Override
    public String name() {
        return "libsecp256k1 (native)";
    }

    @Override
    public boolean validSecret(byte[] secret) {
        return secret.length == 32 && library.secKeyVerify(secret);
    }

    @Override
    public byte[] publicKey(byte[] secret) {
        requireSecret(secret);
        return library.pubKeyCompress(library.pubkeyCreate(secret));
    }

    @Override
    public byte[] signSchnorr(byte[] secret, byte[] message, byte[] aux) {
        requireSecret(secret);
        BouncySecp256k1.require32(message, "message");
        BouncySecp256k1.require32(aux, "aux");
        return library.signSchnorr(message, secret, aux);
    }

    @Override
    public boolean verifySchnorr(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != 32 || message.length != 32 || signature.length != 64) {
            return false;
        }
        try {
            return library.verifySchnorr(signature, message, publicKey);
        } catch (Secp256k1Exception e) {
            return false;
        }
    }

    @Override
    public Optional<byte[]> agree(byte[] secret, byte[] publicKey, byte[] blind) {
        BouncySecp256k1.requireSplit(this, secret, blind);
        if (publicKey.length != 32) {
            return Optional.empty();
        }
        byte[] point;
        try {
            point = library.pubkeyParse(BouncySecp256k1.even(publicKey));
        } catch (Secp256k1Exception e) {
            return Optional.empty();
        }
        byte[] rest = library.privKeyTweakAdd(secret.clone(), library.privKeyNegate(blind.clone()));
        byte[][] parts = {library.pubKeyTweakMul(point, rest), library.pubKeyTweakMul(point, blind)};
        Arrays.fill(rest, (byte) 0);
        return Optional.of(Arrays.copyOfRange(library.pubKeyCombine(parts), 1, 33));
    }

    @Override
    public byte[] signEcdsa(byte[] secret, byte[] hash) {
        requireSecret(secret);
        BouncySecp256k1.require32(hash, "hash");
        return library.sign(hash, secret, null);
    }

    @Override
    public boolean verifyEcdsa(byte[] publicKey, byte[] hash, byte[] signature) {
        BouncySecp256k1.require32(hash, "hash");
        if (signature.length != 64 || !BouncyEcdsa.compressed(publicKey) || !shapes.lowS(signature)) {
            return false;
        }
        try {
            return library.verify(signature, hash, publicKey);
        } catch (Secp256k1Exception e) {
            return false;
        }
    }

    private void requireSecret(byte[] secret) {
        if (!validSecret(secret)) {
            throw new IllegalArgumentException("not a secp256k1 secret");
        }
    }
}
