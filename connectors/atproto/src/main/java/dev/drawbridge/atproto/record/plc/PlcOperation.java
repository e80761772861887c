package dev.drawbridge.atproto.record.plc;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A step in the life of a did:plc, not yet signed.
///
/// Spec: [did:plc](https://web.plc.directory/spec/v0.1/did-plc)
public sealed interface PlcOperation {
    /// The operation before; empty for the first one.
    Optional<Cid> prev();

    /// The keys that may sign the next operation, the most powerful first.
    List<DidKey> rotationKeys();

    /// The operation as an object without its signature. `prev` is text in it, even in CBOR.
    DataMap toData();

    /// Signs with a rotation key of the curve secp256k1.
    ///
    /// @throws IllegalArgumentException if there is no such key, or the operation is larger than directories take
    default SignedPlcOperation sign(Signer signer, String keyRef) {
        byte[] signature = signer.sign(keyRef, SignatureScheme.ECDSA_SECP256K1, DagCbor.encode(toData()));
        SignedPlcOperation signed = new SignedPlcOperation(
                this, Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
        if (signed.bytes().length > SignedPlcOperation.MAX_BYTES) {
            throw new IllegalArgumentException("did:plc operation of " + signed.bytes().length + " bytes");
        }
        return signed;
    }

    /// Sets the whole state of the DID.
    ///
    /// @param rotationKeys one to five without repetition where we make it; directories hold others
    /// @param verificationMethods `did:key` texts by name; `atproto` signs the repository
    /// @param alsoKnownAs the `at://` handle first
    /// @param services by name; `atproto_pds` hosts the repository
    record Change(
            List<DidKey> rotationKeys,
            Map<String, String> verificationMethods,
            List<String> alsoKnownAs,
            Map<String, Service> services,
            Optional<Cid> prev)
            implements PlcOperation {
        public Change {
            rotationKeys = List.copyOf(rotationKeys);
            verificationMethods = Map.copyOf(verificationMethods);
            alsoKnownAs = List.copyOf(alsoKnownAs);
            services = Map.copyOf(services);
        }

        /// The first operation of an account.
        ///
        /// @param pds origin of the host, without path
        public static Change genesis(List<DidKey> rotationKeys, DidKey signingKey, Handle handle, URI pds) {
            return new Change(
                    rotationKeys,
                    Map.of(DidDocument.SIGNING_KEY, signingKey.toString()),
                    List.of(handle.uri()),
                    Map.of(DidDocument.PDS, new Service(DidDocument.PDS_TYPE, pds.toString())),
                    Optional.empty());
        }

        /// The same state as the next operation after `previous`, to be changed with the `with…` methods.
        public Change after(SignedPlcOperation previous) {
            return new Change(rotationKeys, verificationMethods, alsoKnownAs, services, Optional.of(previous.cid()));
        }

        /// Replaces the handle and keeps other names.
        public Change withHandle(Handle handle) {
            List<String> names = new ArrayList<>(List.of(handle.uri()));
            alsoKnownAs.stream().filter(name -> !name.startsWith("at://")).forEach(names::add);
            return new Change(rotationKeys, verificationMethods, names, services, prev);
        }

        public Change withSigningKey(DidKey key) {
            Map<String, String> methods = new LinkedHashMap<>(verificationMethods);
            methods.put(DidDocument.SIGNING_KEY, key.toString());
            return new Change(rotationKeys, methods, alsoKnownAs, services, prev);
        }

        public Change withPds(URI pds) {
            Map<String, Service> hosts = new LinkedHashMap<>(services);
            hosts.put(DidDocument.PDS, new Service(DidDocument.PDS_TYPE, pds.toString()));
            return new Change(rotationKeys, verificationMethods, alsoKnownAs, hosts, prev);
        }

        public Change withRotationKeys(List<DidKey> keys) {
            return new Change(keys, verificationMethods, alsoKnownAs, services, prev);
        }

        @Override
        public DataMap toData() {
            DataMap.Builder methods = DataMap.builder();
            verificationMethods.forEach(methods::put);
            DataMap.Builder hosts = DataMap.builder();
            services.forEach((name, service) -> hosts.put(name, service.toData()));
            return DataMap.builder()
                    .put("type", SignedPlcOperation.CHANGE)
                    .put(
                            "rotationKeys",
                            DataList.ofTexts(
                                    rotationKeys.stream().map(DidKey::toString).toList()))
                    .put("verificationMethods", methods.build())
                    .put("alsoKnownAs", DataList.ofTexts(alsoKnownAs))
                    .put("services", hosts.build())
                    .put("prev", prev.<Data>map(cid -> Data.of(cid.toString())).orElse(new Data.Null()))
                    .build();
        }
    }

    /// Ends the DID; only a more powerful key can take it back, within 72 hours.
    record Tombstone(Cid last) implements PlcOperation {
        @Override
        public Optional<Cid> prev() {
            return Optional.of(last);
        }

        @Override
        public List<DidKey> rotationKeys() {
            return List.of();
        }

        @Override
        public DataMap toData() {
            return DataMap.builder()
                    .put("type", SignedPlcOperation.TOMBSTONE)
                    .put("prev", last.toString())
                    .build();
        }
    }

    /// The first operation of accounts made before 2023; read, never made.
    record LegacyCreate(DidKey signingKey, DidKey recoveryKey, String handle, String service) implements PlcOperation {
        @Override
        public Optional<Cid> prev() {
            return Optional.empty();
        }

        @Override
        public List<DidKey> rotationKeys() {
            return List.of(recoveryKey, signingKey);
        }

        @Override
        public DataMap toData() {
            return DataMap.builder()
                    .put("type", SignedPlcOperation.LEGACY)
                    .put("signingKey", signingKey.toString())
                    .put("recoveryKey", recoveryKey.toString())
                    .put("handle", handle)
                    .put("service", service)
                    .put("prev", new Data.Null())
                    .build();
        }

        /// The state it sets, in today's form.
        Change normalized() {
            return new Change(
                    rotationKeys(),
                    Map.of(DidDocument.SIGNING_KEY, signingKey.toString()),
                    List.of(handle.startsWith("at://") ? handle : "at://" + handle),
                    Map.of(
                            DidDocument.PDS,
                            new Service(
                                    DidDocument.PDS_TYPE, service.startsWith("http") ? service : "https://" + service)),
                    Optional.empty());
        }
    }

    /// One entry of `services`.
    record Service(String type, String endpoint) {
        DataMap toData() {
            return DataMap.builder().put("type", type).put("endpoint", endpoint).build();
        }
    }
}
