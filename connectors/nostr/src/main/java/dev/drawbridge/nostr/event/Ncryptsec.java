package dev.drawbridge.nostr.event;

import java.util.Optional;

/// A private key that is encrypted with its owner's password, as people copy it
/// ([NIP-49](https://nips.nostr.com/49)). What is inside is none of this class's business.
public final class Ncryptsec {
    private static final String PREFIX = "ncryptsec";
    private static final int LENGTH = 91;

    private Ncryptsec() {}

    /// @param sealed the 91 bytes of the NIP
    /// @throws IllegalArgumentException if they are not 91
    public static String encode(byte[] sealed) {
        if (sealed.length != LENGTH) {
            throw new IllegalArgumentException("not an encrypted key: " + sealed.length + " bytes");
        }
        return Bech32.encode(PREFIX, sealed);
    }

    /// Empty for anything that is none.
    public static Optional<byte[]> decode(String text) {
        return Bech32.decode(text)
                .filter(d -> d.prefix().equals(PREFIX) && d.data().length == LENGTH)
                .map(Bech32.Decoded::data);
    }
}
