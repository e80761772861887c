package dev.drawbridge.atproto.record.plc;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Base32;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.SignatureVerifier;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An operation as a directory takes it. Reading one does not check its signature.
///
/// Spec: [did:plc](https://web.plc.directory/spec/v0.1/did-plc)
///
/// @param signature `sig`: base64url without padding
public record SignedPlcOperation(PlcOperation operation, String signature) {
    /// What directories take at most.
    static final int MAX_BYTES = 4_000;

    static final String CHANGE = "plc_operation";
    static final String TOMBSTONE = "plc_tombstone";
    static final String LEGACY = "create";

    private static final int DID_CHARACTERS = 24;

    /// Reads the JSON form.
    ///
    /// @throws MalformedData if a field is missing, wrong or not known: an unknown one would be signed over too
    public static SignedPlcOperation parse(DataMap json) {
        String signature = text(json, "sig");
        return switch (text(json, "type")) {
            case CHANGE -> new SignedPlcOperation(change(json), signature);
            case TOMBSTONE -> {
                onlyFields(json, Set.of("type", "prev", "sig"));
                yield new SignedPlcOperation(
                        new PlcOperation.Tombstone(prev(json).orElseThrow(() -> wrong("prev"))), signature);
            }
            case LEGACY -> new SignedPlcOperation(legacy(json), signature);
            default -> throw wrong("type");
        };
    }

    /// The JSON form, as it is posted to a directory.
    public DataMap toJson() {
        return operation.toData().toBuilder().put("sig", signature).build();
    }

    /// The DAG-CBOR form, signature included.
    public byte[] bytes() {
        return DagCbor.encode(toJson());
    }

    /// What the next operation names as `prev`.
    public Cid cid() {
        return Cid.ofCbor(bytes());
    }

    /// The DID that this operation begins.
    ///
    /// @throws IllegalStateException if it is not a first operation
    public Did did() {
        if (operation.prev().isPresent()) {
            throw new IllegalStateException("only the first operation makes a DID");
        }
        return new Did("did:plc:" + Base32.encode(cid().digest()).substring(0, DID_CHARACTERS));
    }

    /// The first of `keys` that signed this.
    Optional<DidKey> signer(List<DidKey> keys, SignatureVerifier verifier) {
        Optional<byte[]> bytes = signatureBytes();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        byte[] message = DagCbor.encode(operation.toData());
        return keys.stream()
                .filter(key -> key.verify(verifier, message, bytes.get()))
                .findFirst();
    }

    private Optional<byte[]> signatureBytes() {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(signature);
            // Java ignores padding and left-over bits; one signature must have one text.
            String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return again.equals(signature) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PlcOperation change(DataMap json) {
        onlyFields(
                json, Set.of("type", "rotationKeys", "verificationMethods", "alsoKnownAs", "services", "prev", "sig"));
        return new PlcOperation.Change(
                texts(json, "rotationKeys").stream().map(DidKey::parse).toList(),
                entries(json, "verificationMethods", SignedPlcOperation::textOf),
                texts(json, "alsoKnownAs"),
                entries(json, "services", SignedPlcOperation::service),
                prev(json));
    }

    private static PlcOperation legacy(DataMap json) {
        onlyFields(json, Set.of("type", "signingKey", "recoveryKey", "handle", "service", "prev", "sig"));
        if (prev(json).isPresent()) {
            throw wrong("prev");
        }
        return new PlcOperation.LegacyCreate(
                DidKey.parse(text(json, "signingKey")),
                DidKey.parse(text(json, "recoveryKey")),
                text(json, "handle"),
                text(json, "service"));
    }

    private static PlcOperation.Service service(Data data) {
        if (!(data instanceof DataMap entry)) {
            throw wrong("services");
        }
        onlyFields(entry, Set.of("type", "endpoint"));
        return new PlcOperation.Service(text(entry, "type"), text(entry, "endpoint"));
    }

    private static Optional<Cid> prev(DataMap json) {
        Data prev = json.get("prev").orElseThrow(() -> wrong("prev"));
        return prev instanceof Data.Null ? Optional.empty() : Optional.of(Cid.parse(textOf(prev)));
    }

    private static void onlyFields(DataMap json, Set<String> known) {
        if (!known.containsAll(json.fields().keySet())) {
            throw new MalformedData("did:plc operation: unknown field");
        }
    }

    private static <T> Map<String, T> entries(DataMap json, String field, Function<Data, T> read) {
        Map<String, T> entries = new LinkedHashMap<>();
        json.map(field)
                .orElseThrow(() -> wrong(field))
                .fields()
                .forEach((name, value) -> entries.put(name, read.apply(value)));
        return entries;
    }

    private static List<String> texts(DataMap json, String field) {
        if (!(json.fields().get(field) instanceof DataList list)) {
            throw wrong(field);
        }
        return list.items().stream().map(SignedPlcOperation::textOf).toList();
    }

    private static String text(DataMap json, String field) {
        return json.text(field).orElseThrow(() -> wrong(field));
    }

    private static String textOf(Data data) {
        if (data instanceof Data.Text(String value)) {
            return value;
        }
        throw new MalformedData("did:plc operation: not a text");
    }

    private static MalformedData wrong(String field) {
        return new MalformedData("did:plc operation: " + field);
    }
}
