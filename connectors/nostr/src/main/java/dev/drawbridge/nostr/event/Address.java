package dev.drawbridge.nostr.event;

import java.util.Optional;

/// The name of whatever is the latest of its author, kind and `d` tag ([NIP-01](https://nips.nostr.com/1)).
///
/// @param kind addressable or replaceable
/// @param d the `d` tag; empty for replaceable events
public record Address(int kind, PublicKey author, String d) {
    public Address {
        if (!Kind.isAddressable(kind) && !Kind.isReplaceable(kind)) {
            throw new IllegalArgumentException("kind " + kind + " has no address");
        }
    }

    /// Reads what somebody else wrote: `kind:pubkey:d`.
    public static Optional<Address> tryParse(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length != 3 || parts[0].isEmpty() || parts[0].length() > 5 || !digits(parts[0])) {
            return Optional.empty();
        }
        int kind = Integer.parseInt(parts[0]);
        return Kind.isAddressable(kind) || Kind.isReplaceable(kind)
                ? PublicKey.tryParse(parts[1]).map(author -> new Address(kind, author, parts[2]))
                : Optional.empty();
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return kind + ":" + author.hex() + ":" + d;
    }
}
