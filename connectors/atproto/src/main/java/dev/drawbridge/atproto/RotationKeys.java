package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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

    /// The keys of a DID with these in the place of others of this host. Those of its owner stay,
    /// and stay more powerful than ours if they were.
    ///
    /// @param hosts that were ever ours
    List<DidKey> replacing(Set<DidKey> hosts, List<DidKey> now, Signer signer) {
        List<DidKey> ours = all(signer);
        Predicate<DidKey> isOurs = key -> hosts.contains(key) || ours.contains(key);
        if (now.stream().filter(isOurs).toList().equals(ours)) {
            return now;
        }
        Set<DidKey> keys = new LinkedHashSet<>();
        now.stream().takeWhile(isOurs.negate()).forEach(keys::add);
        keys.addAll(ours);
        now.stream().filter(isOurs.negate()).forEach(keys::add);
        return List.copyOf(keys);
    }
}
