package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is let in of those who showed who they are, how often, and for how long.
@Timeout(120)
class ProofLimitsTest extends ProofScene {
    @Test
    void whoHasNothingHereIsToldHowToJoin() throws Exception {
        for (int i = 0; i < 3; i++) {
            var stranger = new NativeId(Network.NOSTR, ("0" + i).repeat(32));
            verdict = new Verdict.Proven(stranger);
            var asked = challenge();
            var refused = signed(fields(asked.body()).getOrDefault("challenge", ""), cookies(asked));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(fields(refused.body()).getOrDefault("error", "")).contains("To join, write “start” to a bot");
            assertThat(refused.headers().allValues("set-cookie")).isEmpty();
            known(i, stranger);
            var again = challenge();
            assertThat(signed(fields(again.body()).getOrDefault("challenge", ""), cookies(again))
                            .statusCode())
                    .isEqualTo(200);
            clock.advance(Duration.ofMinutes(5));
        }
        verdict = new Verdict.Proven(new NativeId(Network.ACTIVITYPUB, "https://social.example/stranger"));
        var page = ask("@stranger@social.example");
        var refused = back(state(page), cookies(page));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("You are not signed in", "this bridge carries nothing of you");
        assertThat(refused.headers().allValues("set-cookie")).isEmpty();
    }

    @Test
    void theSecretOfABrowserLastsAsLongAsWhatBeganLast() throws Exception {
        verdict = new Verdict.Proven(AMAL);
        var first = ask("@amal@social.example");
        var second = server.post(
                "/account/sign-in/server",
                Map.of("network", "activitypub", "name", "@amal@social.example"),
                "Cookie",
                cookies(first));
        assertThat(second.headers().allValues("set-cookie"))
                .singleElement()
                .asString()
                .startsWith(cookies(first) + ";")
                .contains("Max-Age=600", "SameSite=Lax", "HttpOnly", "Secure");
        var foisted = server.post(
                "/account/sign-in/server",
                Map.of("network", "activitypub", "name", "@amal@social.example"),
                "Cookie",
                "__Host-drawbridge-sign-in=short");
        assertThat(cookies(foisted)).matches("__Host-drawbridge-sign-in=[0-9a-f]{64}");
    }

    @Test
    void whoSignsInAgainAndAgainEndsNobodysSession() throws Exception {
        verdict = new Verdict.Proven(AMAL);
        var page = ask("@amal@social.example");
        var in = back(state(page), cookies(page));
        verdict = new Verdict.Proven(NPUB);
        address = "198.51.100.1";
        int entered = 0;
        int status = 200;
        while (status == 200 && entered < 40) {
            var asked = challenge();
            status = asked.statusCode();
            if (status == 200) {
                status = signed(fields(asked.body()).getOrDefault("challenge", ""), cookies(asked))
                        .statusCode();
                entered++;
            }
        }
        assertThat(entered).as("a proof gives no turn back").isEqualTo(5);
        assertThat(status).isEqualTo(429);
        assertThat(server.get("/account", "Cookie", cookies(in)).body()).contains(AMAL.value());
    }

    @Test
    void turnsAreCountedForOneLineAndEverybody() throws Exception {
        for (int i = 0; i < 10; i++) {
            address = "2001:db8:1:2::" + i;
            assertThat(challenge().statusCode()).isEqualTo(200);
        }
        address = "2001:db8:1:2:ffff::1";
        assertThat(challenge().statusCode()).as("the same /64").isEqualTo(429);
        address = "2001:db8:1:3::1";
        assertThat(challenge().statusCode()).as("another").isEqualTo(200);
        for (int i = 0; i < 40; i++) {
            address = "198.51.100." + i;
            assertThat(ask("@amal@social.example").statusCode())
                    .as("whoever knows a name uses up nothing of its owner")
                    .isEqualTo(200);
        }
        int status = 200;
        for (int i = 0; i < 400 && status == 200; i++) {
            address = "192.0.2." + (i % 250);
            status = challenge().statusCode();
        }
        assertThat(status).as("everybody together").isEqualTo(429);
        clock.advance(Duration.ofMinutes(5));
        assertThat(challenge().statusCode()).isEqualTo(200);
    }

    private void known(int how, NativeId person) {
        var ports = server.ports;
        switch (how) {
            case 0 ->
                ports.consents()
                        .put(new Consent(person, Network.ATPROTO, Consent.State.WITHDRAWN, "", clock.instant()));
            case 1 ->
                ports.identities()
                        .putIfAbsent(new Ghost(
                                person, new NativeId(Network.ATPROTO, "did:plc:x"), "x", false, clock.instant()));
            default ->
                ports.ledger()
                        .recordCopy(new Ledger.Copy(
                                new NativeId(Network.NOSTR, "cc".repeat(32)),
                                person,
                                ObjectRef.of(new NativeId(Network.ATPROTO, "at://x/y/z")),
                                Set.of(new Destination(Network.ATPROTO, "own")),
                                clock.instant()));
        }
    }
}
