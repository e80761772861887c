package dev.drawbridge.atproto.record.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.cbor.Base58btc;
import dev.drawbridge.engine.crypto.Cryptography;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DidKeyTest {
    private final DidKey key = FixedKeys.named("alice").didKey("alice");

    @Test
    void aKeyGoesThroughItsTextForms() {
        assertThat(key.toString()).startsWith("did:key:zQ3s");
        assertThat(DidKey.parse(key.toString())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(DidKey.fromMultibase(key.multibase())).isEqualTo(key);
        assertThat(DidKey.of(DidKey.Curve.P256, key.point()).toString()).startsWith("did:key:zDna");
        assertThat(DidKey.parse(DidKey.of(DidKey.Curve.P256, key.point()).toString()))
                .isNotEqualTo(key)
                .returns(DidKey.Curve.P256, DidKey::curve);
    }

    @Test
    void olderTypesHaveNoCodecAndMayBeUncompressed() {
        byte[] point = point("01", "secp256k1", false);
        DidKey expected = DidKey.of(DidKey.Curve.SECP256K1, point("01", "secp256k1", true));
        assertThat(DidKey.fromLegacyMultibase(DidKey.Curve.SECP256K1, 'z' + Base58btc.encode(point)))
                .isEqualTo(expected);
        assertThat(DidKey.fromLegacyMultibase(DidKey.Curve.SECP256K1, 'z' + Base58btc.encode(expected.point())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did:key:",
                "did:key:z",
                "did:key:zQ3s",
                "did:web:x.example",
                "did:key:u7QE",
                "did:key:z0OIl",
                "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
            })
    void otherKeysAreRefused(String text) {
        assertThat(DidKey.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> DidKey.parse(text)).isInstanceOf(MalformedData.class);
    }

    @Test
    void aPointHas33Bytes() {
        assertThatThrownBy(() -> DidKey.of(DidKey.Curve.P256, new byte[33]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DidKey.of(DidKey.Curve.P256, Arrays.copyOf(key.point(), 34)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DidKey.fromLegacyMultibase(DidKey.Curve.P256, "z111"))
                .isInstanceOf(MalformedData.class);
    }

    @Test
    void keysOfTheW3cHaveTheirText() {
        for (var vector : Vectors.json("crypto/w3c_didkey_K256.json")) {
            byte[] point = point(vector.get("privateKeyBytesHex").asString(), "secp256k1", true);
            assertThat(DidKey.of(DidKey.Curve.SECP256K1, point))
                    .hasToString(vector.get("publicDidKey").asString());
        }
        for (var vector : Vectors.json("crypto/w3c_didkey_P256.json")) {
            String secret = HexFormat.of()
                    .formatHex(
                            Base58btc.decode(vector.get("privateKeyBytesBase58").asString()));
            assertThat(DidKey.of(DidKey.Curve.P256, point(secret, "secp256r1", true)))
                    .hasToString(vector.get("publicDidKey").asString());
        }
    }

    @Test
    void signaturesAreCheckedAsTheNetworkDoes() {
        for (var vector : Vectors.json("crypto/signature-fixtures.json")) {
            DidKey signer = DidKey.parse(vector.get("publicKeyDid").asString());
            DidKey legacy = DidKey.fromLegacyMultibase(
                    signer.curve(), vector.get("publicKeyMultibase").asString());
            assertThat(legacy).isEqualTo(signer);
            byte[] message =
                    Base64.getDecoder().decode(vector.get("messageBase64").asString());
            byte[] signature =
                    Base64.getDecoder().decode(vector.get("signatureBase64").asString());
            assertThat(signer.verify(Cryptography.portable(), message, signature))
                    .as(vector.get("comment").asString())
                    .isEqualTo(vector.get("validSignature").asBoolean());
        }
    }

    private static byte[] point(String secretHex, String curve, boolean compressed) {
        return CustomNamedCurves.getByName(curve)
                .getG()
                .multiply(new BigInteger(secretHex, 16))
                .normalize()
                .getEncoded(compressed);
    }
}
