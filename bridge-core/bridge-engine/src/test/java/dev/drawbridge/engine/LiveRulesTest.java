package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the settings deny, beside what is stored.
class LiveRulesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LiveRules rules = new LiveRules(
            List.of(" Spam.example ", "@Bob.bsky.social", "@eve@social.example", "did:plc:bad", "eve@other.example"),
            InstantSource.fixed(NOON));

    private boolean denies(NativeId person, String handle) {
        return rules.on(person, Optional.of(Profile.bare(person, handle))).isPresent();
    }

    @Test
    void aHandleThatLooksLikeADomainIsNotListedForEverybody() {
        assertThat(rules.domains()).extracting(rule -> rule.subject().value()).containsExactly("spam.example");
    }

    @Test
    void whoeverIsWrittenWithAnAtIsDenied() {
        var bob = new NativeId(Network.ATPROTO, "did:plc:bob");
        assertThat(denies(bob, "bob.bsky.social")).isTrue();
        assertThat(denies(bob, "ann.bsky.social")).isFalse();
        assertThat(denies(bob, "under.bob.bsky.social")).isFalse();
        var eve = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/2");
        assertThat(denies(eve, "@Eve@social.example")).isTrue();
        assertThat(denies(eve, "@ann@social.example")).isFalse();
    }

    private static Rule rule(Subject.Kind kind, String value, Effect effect) {
        return new Rule(new Subject(kind, value), effect, "x", Rule.OPERATOR, NOON, Optional.empty());
    }

    @Test
    void theDoorDecidesOnlyWhatAnIdTells() {
        var ann = new NativeId(Network.ACTIVITYPUB, "https://a.example/ann");
        var did = new NativeId(Network.ATPROTO, "did:plc:ann");
        rules.take(List.of(rule(Subject.Kind.DOMAIN, "a.example", Effect.DENY)));
        assertThat(rules.shutsOut(ann)).isTrue();
        assertThat(rules.shutsOut(did)).isFalse();
        rules.take(List.of(
                rule(Subject.Kind.DOMAIN, "a.example", Effect.DENY),
                rule(Subject.Kind.ACTOR, "ann@a.example", Effect.ALLOW)));
        assertThat(rules.shutsOut(ann)).as("it may be the one who is excepted").isFalse();
        rules.take(List.of(rule(Subject.Kind.DOMAIN, "*", Effect.DENY)));
        assertThat(rules.shutsOut(did)).isFalse();
        rules.take(List.of(
                rule(Subject.Kind.DOMAIN, "*", Effect.DENY), rule(Subject.Kind.ACTOR, did.value(), Effect.DENY)));
        assertThat(rules.shutsOut(did)).isTrue();
    }

    @Test
    void whatIsStoredHoldsBesideTheSettingsAndCanMakeAnException() {
        var ann = new NativeId(Network.ACTIVITYPUB, "https://spam.example/ann");
        assertThat(denies(ann, "@ann@spam.example")).isTrue();
        rules.take(List.of(new Rule(
                new Subject(Subject.Kind.ACTOR, ann.value()),
                Effect.ALLOW,
                "known to us",
                Rule.OPERATOR,
                NOON,
                Optional.empty())));
        assertThat(denies(ann, "@ann@spam.example")).isFalse();
        assertThat(denies(new NativeId(Network.ACTIVITYPUB, "https://spam.example/bea"), "@bea@spam.example"))
                .isTrue();
        rules.take(List.of());
        assertThat(denies(ann, "@ann@spam.example")).isTrue();
    }
}
