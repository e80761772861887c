package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import java.util.ArrayList;
import java.util.List;

/// Who may change the DIDs of this instance: the operator's keys, which are kept elsewhere and come first, and the
/// instance's own. A key that comes first can take back within 72 hours what a later one did.
///
/// @param operator at most four
record RotationKeys(List<DidKey> operator) {
    /// The signer's name of the instance's own key.
    static final String INSTANCE = "atproto:rotation";

    /// What a DID can have beside the instance's own.
    static final int MOST = 4;

    RotationKeys {
        operator = List.copyOf(operator);
    }

    /// The most powerful first.
    List<DidKey> all(Signer signer) {
        List<DidKey> all = new ArrayList<>(operator);
        all.add(DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(INSTANCE, KeyAlgorithm.SECP256K1)));
        return all;
    }
}
