package dev.drawbridge.nostr.wire;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a relay says it can do and bear ([NIP-11](https://nips.nostr.com/11)).
///
/// @param message the longest message it takes, in bytes
/// @param subscriptions how many at once
/// @param events how many it sends for one filter
/// @param nips what it says it supports
record Terms(int message, int subscriptions, int events, Set<Integer> nips) {
    /// What every common relay takes.
    static final Terms USUAL = new Terms(64_000, 20, 500, Set.of());

    /// Nobody needs to hear more of us at once.
    private static final Terms MOST = new Terms(128_000, 20, 500, Set.of());
    private static final Terms LEAST = new Terms(2_000, 3, 10, Set.of());
    /// More authors in one filter are too many for some relays, however long a message may be.
    private static final int MOST_KEYS = 1_000;

    /// A key in a filter with its quotes and comma.
    private static final int KEY_BYTES = 67;

    /// The rest of a filter and request.
    static final int REST_BYTES = 500;

    private static final int NEGENTROPY = 77;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Terms {
        nips = Set.copyOf(nips);
    }

    /// How many keys fit into one filter.
    int keys() {
        return Math.clamp((message - 2 * REST_BYTES) / KEY_BYTES, 1, MOST_KEYS);
    }

    /// Whether sets can be compared ([NIP-77](https://nips.nostr.com/77)).
    boolean comparing() {
        return nips.contains(NEGENTROPY);
    }

    /// Reads what a relay said of itself; empty if it is nothing of the kind. What it leaves out is as usual, and what
    /// nobody could work with is not believed.
    static Optional<Terms> read(byte[] document) {
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (JacksonException _) {
            return Optional.empty();
        }
        if (root == null || !root.isObject()) {
            return Optional.empty();
        }
        JsonNode limits = root.path("limitation");
        Set<Integer> nips = new TreeSet<>();
        root.path("supported_nips").valueStream().filter(JsonNode::isInt).forEach(nip -> nips.add(nip.asInt()));
        return Optional.of(new Terms(
                limit(limits, "max_message_length", USUAL.message, LEAST.message, MOST.message),
                limit(limits, "max_subscriptions", USUAL.subscriptions, LEAST.subscriptions, MOST.subscriptions),
                limit(limits, "max_limit", USUAL.events, LEAST.events, MOST.events),
                nips));
    }

    private static int limit(JsonNode limits, String name, int usual, int least, int most) {
        JsonNode value = limits.path(name);
        return value.isInt() ? Math.clamp(value.asInt(), least, most) : usual;
    }
}
