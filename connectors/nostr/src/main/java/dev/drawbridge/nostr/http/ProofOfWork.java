package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import java.util.Optional;

/// How much work went into an event ([NIP-13](https://nips.nostr.com/13)): the leading zero bits of its id, as far as
/// its author said beforehand that they were after as many.
final class ProofOfWork {
    private ProofOfWork() {}

    /// What is missing, for the author to read.
    static Optional<String> problem(Event event, int wanted) {
        if (wanted == 0) {
            return Optional.empty();
        }
        int done = leadingZeros(event.id().bytes());
        if (done < wanted) {
            return Optional.of("pow: difficulty " + done + " is less than " + wanted);
        }
        int target = event.tag("nonce").map(t -> number(t.get(2))).orElse(0);
        return target < wanted ? Optional.of("pow: the nonce tag commits to less than " + wanted) : Optional.empty();
    }

    private static int leadingZeros(byte[] id) {
        int bits = 0;
        for (byte b : id) {
            if (b != 0) {
                return bits + Integer.numberOfLeadingZeros(b & 0xff) - 24;
            }
            bits += Byte.SIZE;
        }
        return bits;
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() < 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : 0;
    }
}
