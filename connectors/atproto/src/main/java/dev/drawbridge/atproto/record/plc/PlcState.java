package dev.drawbridge.atproto.record.plc;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The DID document that an operation stands for.
public final class PlcState {
    private PlcState() {}

    /// @param last the last operation in force
    /// @return empty if it ended the DID
    public static Optional<DidDocument> document(Did did, SignedPlcOperation last) {
        return switch (last.operation()) {
            case PlcOperation.Change change -> Optional.of(document(did, change));
            case PlcOperation.LegacyCreate legacy -> Optional.of(document(did, legacy.normalized()));
            case PlcOperation.Tombstone _ -> Optional.empty();
        };
    }

    private static DidDocument document(Did did, PlcOperation.Change change) {
        Map<String, DidKey> keys = new LinkedHashMap<>();
        change.verificationMethods()
                .forEach((name, text) -> DidKey.tryParse(text).ifPresent(key -> keys.put(name, key)));
        Map<String, DidDocument.Service> services = new LinkedHashMap<>();
        change.services()
                .forEach((name, service) -> uri(service.endpoint())
                        .ifPresent(uri -> services.put(name, new DidDocument.Service(service.type(), uri))));
        return new DidDocument(did, change.alsoKnownAs(), keys, services);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
