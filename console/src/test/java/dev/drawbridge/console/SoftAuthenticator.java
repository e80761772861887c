package dev.drawbridge.console;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// An authenticator with one passkey, and the browser in front of it, written out by hand from
/// [WebAuthn §6](https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data): they say whatever a test wants.
final class SoftAuthenticator {
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    String origin = "https://bridge.example";
    String party = "bridge.example";
    String createType = "webauthn.create";
    String getType = "webauthn.get";
    /// Further members of what the browser says.
    String more = "";
    int flags = PRESENT | VERIFIED;
    long counter;
    private final byte[] id = new byte[16];
    private final KeyPair keys;

    SoftAuthenticator() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            new SecureRandom().nextBytes(id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void notVerified() {
        flags = PRESENT;
    }

    void notPresent() {
        flags = VERIFIED;
    }

    String id() {
        return text(id);
    }

    /// What a browser sends of a new passkey.
    Map<String, String> create(String challenge) {
        var object = new ByteArrayOutputStream();
        object.write(0xa3);
        write(object, cborText("fmt"), cborText("none"), cborText("attStmt"), new byte[] {(byte) 0xa0});
        write(object, cborText("authData"), cborBytes(authenticatorData(true)));
        return new HashMap<>(Map.of(
                "challenge",
                challenge,
                "client",
                text(client(createType, challenge)),
                "attestation",
                text(object.toByteArray())));
    }

    /// What a browser sends of a signature.
    ///
    /// @param user who its owner is
    Map<String, String> sign(String challenge, String user) {
        byte[] client = client(getType, challenge);
        byte[] authenticator = authenticatorData(false);
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(authenticator);
            signature.update(MessageDigest.getInstance("SHA-256").digest(client));
            return new HashMap<>(Map.of(
                    "challenge", challenge,
                    "id", id(),
                    "client", text(client),
                    "authenticator", text(authenticator),
                    "signature", text(signature.sign()),
                    "user", user));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] client(String type, String challenge) {
        return ("{\"type\":\"" + type + "\",\"challenge\":\"" + challenge + "\",\"origin\":\"" + origin + "\"" + more
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(boolean attested) {
        var data = new ByteArrayOutputStream();
        try {
            write(data, MessageDigest.getInstance("SHA-256").digest(party.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        data.write(attested ? flags | ATTESTED : flags);
        write(data, ByteBuffer.allocate(4).putInt((int) counter).array());
        if (attested) {
            write(data, new byte[16], new byte[] {0, (byte) id.length}, id, key());
        }
        return data.toByteArray();
    }

    /// COSE: EC2, ES256, P-256.
    private byte[] key() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        var key = new ByteArrayOutputStream();
        write(key, new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21}, cborBytes(coordinate(point.getAffineX())));
        write(key, new byte[] {0x22}, cborBytes(coordinate(point.getAffineY())));
        return key.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
        return padded;
    }

    private static byte[] cborText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[bytes.length + 1];
        all[0] = (byte) (0x60 | bytes.length);
        System.arraycopy(bytes, 0, all, 1, bytes.length);
        return all;
    }

    private static byte[] cborBytes(byte[] bytes) {
        return ByteBuffer.allocate(bytes.length + 3)
                .put((byte) 0x59)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    private static void write(ByteArrayOutputStream out, byte[]... parts) {
        Arrays.stream(parts).forEach(out::writeBytes);
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
