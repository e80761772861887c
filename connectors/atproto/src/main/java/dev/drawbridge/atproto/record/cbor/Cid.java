package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/// A content id of the only kinds the network uses: version 1, SHA-256, DAG-CBOR or raw bytes.
///
/// Spec: [Links and CIDs](https://atproto.com/specs/data-model#link-and-cid-formats)
public final class Cid implements Comparable<Cid> {
    /// Length of the binary form in bytes.
    public static final int LENGTH = 36;

    /// What the bytes behind a CID are.
    public enum Codec {
        /// A DAG-CBOR object: record, tree node, commit.
        DAG_CBOR(0x71),
        /// Plain bytes: a blob.
        RAW(0x55);

        private final int code;

        Codec(int code) {
            this.code = code;
        }

        /// The multicodec number.
        public int code() {
            return code;
        }
    }

    private static final int SHA2_256 = 0x12;
    private static final int DIGEST_LENGTH = 32;
    private static final int HEADER_LENGTH = 4;
    private static final int MAX_TEXT = 256;
    private static final int MIN_TEXT = 8;

    private final byte[] bytes;

    private Cid(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The CID of a DAG-CBOR block.
    public static Cid ofCbor(byte[] block) {
        return of(Codec.DAG_CBOR, block);
    }

    /// The CID of a blob.
    public static Cid ofRaw(byte[] blob) {
        return of(Codec.RAW, blob);
    }

    /// Hashes the content.
    public static Cid of(Codec codec, byte[] content) {
        return ofDigest(codec, sha256(content));
    }

    /// Takes a hash made elsewhere, e.g. while a blob streamed by.
    ///
    /// @param digest the 32 bytes of SHA-256
    /// @throws IllegalArgumentException if there are not 32 bytes
    public static Cid ofDigest(Codec codec, byte[] digest) {
        if (digest.length != DIGEST_LENGTH) {
            throw new IllegalArgumentException("SHA-256 has 32 bytes, not " + digest.length);
        }
        byte[] bytes = new byte[LENGTH];
        bytes[0] = 1;
        bytes[1] = (byte) codec.code;
        bytes[2] = SHA2_256;
        bytes[3] = DIGEST_LENGTH;
        System.arraycopy(digest, 0, bytes, HEADER_LENGTH, DIGEST_LENGTH);
        return new Cid(bytes);
    }

    /// Reads the binary form.
    ///
    /// @throws MalformedData if it is not a CID of these kinds
    public static Cid fromBytes(byte[] bytes) {
        return fromBytes(bytes, 0, bytes.length);
    }

    /// Reads the binary form from within an array.
    ///
    /// @throws MalformedData if it is not a CID of these kinds
    public static Cid fromBytes(byte[] source, int from, int length) {
        boolean known = length == LENGTH
                && source[from] == 1
                && (source[from + 1] == Codec.DAG_CBOR.code || source[from + 1] == Codec.RAW.code)
                && source[from + 2] == SHA2_256
                && source[from + 3] == DIGEST_LENGTH;
        if (!known) {
            throw new MalformedData("CID is not version 1, SHA-256, DAG-CBOR or raw");
        }
        return new Cid(Arrays.copyOfRange(source, from, from + length));
    }

    /// Reads the text form: base32 in lower case with a leading `b`.
    ///
    /// @throws MalformedData if it is not a CID of these kinds
    public static Cid parse(String text) {
        if (!text.startsWith("b") || text.length() > MAX_TEXT) {
            throw new MalformedData("CID text is not base32");
        }
        return fromBytes(Base32.decode(text.substring(1)));
    }

    public static Optional<Cid> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }

    /// True if text has the loose shape that lexicons ask of a `cid` string, which allows kinds not used here.
    public static boolean hasSyntax(String text) {
        return text.length() >= MIN_TEXT
                && text.length() <= MAX_TEXT
                && !text.startsWith("Qmb")
                && text.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || c == '+'
                                || c == '=');
    }

    public Codec codec() {
        return bytes[1] == Codec.RAW.code ? Codec.RAW : Codec.DAG_CBOR;
    }

    /// The 36 bytes of the binary form.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The 32 bytes of the hash.
    public byte[] digest() {
        return Arrays.copyOfRange(bytes, HEADER_LENGTH, LENGTH);
    }

    /// True if `content` hashes to this CID.
    public boolean matches(byte[] content) {
        return Arrays.equals(sha256(content), 0, DIGEST_LENGTH, bytes, HEADER_LENGTH, LENGTH);
    }

    @Override
    public int compareTo(Cid other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cid cid && Arrays.equals(bytes, cid.bytes);
    }

    @Override
    public int hashCode() {
        // The hash is random already: four of its bytes spread better than a sum over all of them.
        return bytes[4] << 24 | (bytes[5] & 255) << 16 | (bytes[6] & 255) << 8 | bytes[7] & 255;
    }

    /// The text form, `b…`.
    @Override
    public String toString() {
        return 'b' + Base32.encode(bytes);
    }

    /// The bytes themselves, for writers of this package that only read them.
    byte[] rawBytes() {
        return bytes;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
