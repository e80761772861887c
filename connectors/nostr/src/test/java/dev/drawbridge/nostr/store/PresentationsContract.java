package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

abstract class PresentationsContract {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private final Presentation alice = ghost("a1", new NativeId(Network.ACTIVITYPUB, "https://x/alice"), "alice_at_x");
    private final Presentation bot = ghost("f0", Ghost.botOrigin(Network.ACTIVITYPUB), "activitypub");

    abstract Presentations presentations();

    private static Presentation ghost(String key, NativeId origin, String name) {
        return new Presentation(new PublicKey(key.repeat(32)), origin, "nostr:" + origin.key(), name, AT);
    }

    @Test
    void findsByEveryUniqueProperty() {
        assertThat(presentations().claim(alice)).contains(alice);
        assertThat(presentations().claim(bot)).contains(bot);

        assertThat(presentations().byKey(alice.key())).contains(alice);
        assertThat(presentations().byOrigin(alice.origin())).contains(alice);
        assertThat(presentations().byName("alice_at_x")).contains(alice);
        assertThat(presentations().byName("nobody")).isEmpty();
        assertThat(presentations().bots()).containsExactly(bot);
    }

    @Test
    void keepsTheFirstOfAnOrigin() {
        presentations().claim(alice);

        assertThat(presentations().claim(ghost("a2", alice.origin(), "other"))).contains(alice);
        assertThat(presentations().byName("other")).isEmpty();
    }

    @Test
    void givesANameOnlyOnce() {
        presentations().claim(alice);

        assertThat(presentations().claim(ghost("a2", new NativeId(Network.ATPROTO, "did:x"), "alice_at_x")))
                .isEmpty();
        assertThat(presentations().byName("alice_at_x")).contains(alice);
    }
}
