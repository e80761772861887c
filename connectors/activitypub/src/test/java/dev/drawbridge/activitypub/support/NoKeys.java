package dev.drawbridge.activitypub.support;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;

/// Signs with nothing, where nobody checks.
public record NoKeys() implements Signer {
    @Override
    public byte[] ensure(String ref, KeyAlgorithm algorithm) {
        return new byte[0];
    }

    @Override
    public byte[] sign(String ref, SignatureScheme scheme, byte[] message) {
        return new byte[256];
    }
}
