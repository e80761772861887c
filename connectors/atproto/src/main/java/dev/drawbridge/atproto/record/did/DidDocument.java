package dev.drawbridge.atproto.record.did;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a DID says about its account: names, signing keys, services.
///
/// Spec: [DID documents](https://atproto.com/specs/did#did-documents)
///
/// @param alsoKnownAs other names, in order, e.g. `at://alice.example`
/// @param keys by fragment without `#`, e.g. `atproto`; the first valid entry of a fragment wins
/// @param services by fragment without `#`, e.g. `atproto_pds`; the first valid entry of a fragment wins
public record DidDocument(Did did, List<String> alsoKnownAs, Map<String, DidKey> keys, Map<String, Service> services) {
    /// Fragment of the key that signs the repository.
    public static final String SIGNING_KEY = "atproto";

    /// Fragment of the service that hosts the repository.
    public static final String PDS = "atproto_pds";

    /// Type of the service that hosts repositories.
    public static final String PDS_TYPE = "AtprotoPersonalDataServer";

    private static final String LEGACY_K256 = "EcdsaSecp256k1VerificationKey2019";
    private static final String LEGACY_P256 = "EcdsaSecp256r1VerificationKey2019";
    private static final String AT = "at://";

    /// One entry of `service`.
    public record Service(String type, URI endpoint) {}

    public DidDocument {
        alsoKnownAs = List.copyOf(alsoKnownAs);
        keys = Map.copyOf(keys);
        services = Map.copyOf(services);
    }

    /// Reads a document that was fetched for `expected`. Entries it does not understand are left out.
    ///
    /// @throws MalformedData if the document is about another DID or not shaped like one
    public static DidDocument parse(DataMap json, Did expected) {
        if (!json.text("id").equals(Optional.of(expected.value()))) {
            throw new MalformedData("DID document is not about " + expected);
        }
        Map<String, DidKey> keys = new LinkedHashMap<>();
        for (DataMap method : json.maps("verificationMethod")) {
            fragment(method, expected).ifPresent(id -> key(method).ifPresent(key -> keys.putIfAbsent(id, key)));
        }
        Map<String, Service> services = new LinkedHashMap<>();
        for (DataMap entry : json.maps("service")) {
            fragment(entry, expected)
                    .ifPresent(id -> service(entry).ifPresent(service -> services.putIfAbsent(id, service)));
        }
        return new DidDocument(expected, json.texts("alsoKnownAs"), keys, services);
    }

    /// The handle the account claims: the first `at://` name that is one. It counts only if the handle names this DID
    /// back.
    public Optional<Handle> handle() {
        return alsoKnownAs.stream()
                .filter(name -> name.startsWith(AT))
                .findFirst()
                .flatMap(name -> Handle.tryParse(name.substring(AT.length())));
    }

    /// The key that signs the repository.
    public Optional<DidKey> signingKey() {
        return Optional.ofNullable(keys.get(SIGNING_KEY));
    }

    /// Where the repository is hosted: an origin without path.
    public Optional<URI> pds() {
        return Optional.ofNullable(services.get(PDS))
                .filter(service -> service.type().equals(PDS_TYPE))
                .map(Service::endpoint);
    }

    /// The document as JSON: what a did:web host serves at `/.well-known/did.json`.
    public DataMap toJson() {
        List<DataMap> methods = new ArrayList<>();
        keys.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(key -> methods.add(DataMap.builder()
                        .put("id", did.value() + '#' + key.getKey())
                        .put("type", "Multikey")
                        .put("controller", did.value())
                        .put("publicKeyMultibase", key.getValue().multibase())
                        .build()));
        List<DataMap> hosts = new ArrayList<>();
        services.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(service -> hosts.add(DataMap.builder()
                        .put("id", '#' + service.getKey())
                        .put("type", service.getValue().type())
                        .put("serviceEndpoint", service.getValue().endpoint().toString())
                        .build()));
        return DataMap.builder()
                .put(
                        "@context",
                        DataList.ofTexts(List.of(
                                "https://www.w3.org/ns/did/v1",
                                "https://w3id.org/security/multikey/v1",
                                "https://w3id.org/security/suites/secp256k1-2019/v1")))
                .put("id", did.value())
                .put("alsoKnownAs", DataList.ofTexts(alsoKnownAs))
                .put("verificationMethod", methods)
                .put("service", hosts)
                .build();
    }

    private static Optional<String> fragment(DataMap entry, Did did) {
        return entry.text("id").flatMap(id -> {
            int hash = id.indexOf('#');
            boolean ours = hash == 0 || (hash > 0 && id.substring(0, hash).equals(did.value()));
            return ours && hash < id.length() - 1 ? Optional.of(id.substring(hash + 1)) : Optional.empty();
        });
    }

    private static Optional<DidKey> key(DataMap method) {
        Optional<String> multibase = method.text("publicKeyMultibase");
        try {
            return multibase.flatMap(text -> switch (method.text("type").orElse("")) {
                case "Multikey" -> Optional.of(DidKey.fromMultibase(text));
                case LEGACY_K256 -> Optional.of(DidKey.fromLegacyMultibase(DidKey.Curve.SECP256K1, text));
                case LEGACY_P256 -> Optional.of(DidKey.fromLegacyMultibase(DidKey.Curve.P256, text));
                default -> Optional.empty();
            });
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }

    private static Optional<Service> service(DataMap entry) {
        return entry.text("type")
                .flatMap(type -> entry.text("serviceEndpoint")
                        .flatMap(DidDocument::origin)
                        .map(endpoint -> new Service(type, endpoint)));
    }

    /// An http(s) URL of scheme, host and perhaps port: the specification allows no path.
    private static Optional<URI> origin(String text) {
        try {
            URI uri = new URI(text);
            boolean sound = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            return sound ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
