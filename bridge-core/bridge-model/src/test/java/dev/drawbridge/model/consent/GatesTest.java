package dev.drawbridge.model.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatesTest {
    private final Gates gates = new Gates(
            Duration.ZERO,
            false,
            false,
            List.of(" Spam.example ", "@Bob.bsky.social", "@eve@social.example", "did:plc:bad", "eve@other.example"));

    @Test
    void aHandleThatLooksLikeADomainIsNotListedForEverybody() {
        assertThat(gates.deniedDomains()).containsExactly("spam.example");
    }

    @Test
    void whoeverIsWrittenWithAnAtIsDenied() {
        var bob = new NativeId(Network.ATPROTO, "did:plc:bob");
        assertThat(gates.denies(bob, Optional.of(Profile.bare(bob, "bob.bsky.social"))))
                .isTrue();
        assertThat(gates.denies(bob, Optional.of(Profile.bare(bob, "ann.bsky.social"))))
                .isFalse();
        var eve = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/2");
        assertThat(gates.denies(eve, Optional.of(Profile.bare(eve, "@Eve@social.example"))))
                .isTrue();
        assertThat(gates.denies(eve, Optional.of(Profile.bare(eve, "@ann@social.example"))))
                .isFalse();
    }
}
