package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.HttpCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signing in with an app that signs, and by asking somebody's server.
@Timeout(120)
class ProofPagesTest extends ProofScene {
    @Test
    void whoSignsWhatTheyAreGivenIsIn() throws Exception {
        assertThat(server.get("/account").body())
                .contains("data-sign-in=\"nostr\"", "name=\"network\" value=\"activitypub\"", "/assets/sign-in.js");
        var asked = challenge();
        assertThat(asked.headers().allValues("set-cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-drawbridge-sign-in=")
                .contains("HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600");
        Map<String, String> given = fields(asked.body());
        String challenge = given.getOrDefault("challenge", "");
        assertThat(challenge).matches("[0-9a-f]{64}");
        assertThat(given)
                .containsEntry("url", HOME + "/account/sign-in/signed")
                .containsEntry("payload", Sessions.digest(challenge));
        assertThat(asked.body()).contains("\"at\":" + clock.instant().getEpochSecond() + "}");
        var done = signed(challenge, cookies(asked));
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(fields(done.body())).containsEntry("next", "/account");
        HttpCall call = checked.getLast();
        assertThat(call.uri()).isEqualTo(HOME.resolve("/account/sign-in/signed"));
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.header("authorization")).contains("Nostr e30=");
        assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo(challenge);
        assertThat(server.get("/account", "Cookie", cookies(done)).body()).contains(NPUB.value());
    }

    @Test
    void aChallengeIsGoodOnceForItsBrowserAndForTenMinutes() throws Exception {
        var asked = challenge();
        String challenge = fields(asked.body()).getOrDefault("challenge", "");
        assertThat(signed(challenge, cookies(challenge())).statusCode())
                .as("another browser")
                .isEqualTo(403);
        assertThat(signed(challenge, "").statusCode()).isEqualTo(403);
        assertThat(signed("0".repeat(64), cookies(asked)).statusCode()).isEqualTo(403);
        assertThat(checked).isEmpty();
        assertThat(signed(challenge, cookies(asked)).statusCode()).isEqualTo(200);
        assertThat(fields(signed(challenge, cookies(asked)).body()).getOrDefault("error", ""))
                .contains("too old, was used already");
        var old = challenge();
        clock.advance(Duration.ofMinutes(11));
        assertThat(signed(fields(old.body()).getOrDefault("challenge", ""), cookies(old))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aSignatureThatIsNotRightIsRefusedAndItsChallengeSpent() throws Exception {
        verdict = new Verdict.Refused(Refusal.STALE);
        var asked = challenge();
        String challenge = fields(asked.body()).getOrDefault("challenge", "");
        var refused = signed(challenge, cookies(asked));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().allValues("set-cookie")).isEmpty();
        verdict = new Verdict.Proven(NPUB);
        assertThat(signed(challenge, cookies(asked)).statusCode()).isEqualTo(403);
    }

    @Test
    void otherSitesSignNobodyIn() throws Exception {
        var asked = challenge();
        String challenge = fields(asked.body()).getOrDefault("challenge", "");
        assertThat(signed(challenge, cookies(asked), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        for (String path : List.of("/account/sign-in/challenge", "/account/sign-in/server")) {
            assertThat(server.post(path, Map.of("network", "nostr", "name", "x"), "Origin", "https://evil.example")
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(server.post("/account/sign-in/challenge", Map.of("network", "myspace"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatComesBackWhereAnotherServerAnswersIsRefused() throws Exception {
        verdict = new Verdict.Proven(AMAL);
        origin = "https://evil.example";
        var page = ask("@amal@evil.example");
        assertThat(back("https://social.example", state(page), cookies(page)).statusCode())
                .isEqualTo(403);
        assertThat(back("https://evil.example", state(page), cookies(page)).statusCode())
                .as("spent")
                .isEqualTo(403);
        assertThat(answers).as("no server is told the code of another").isEmpty();
        var odd = ask("@amal@evil.example");
        assertThat(server.get("/account/sign-in/back/%25%7B%20?state=" + state(odd), "Cookie", cookies(odd))
                        .statusCode())
                .isEqualTo(403);
        var own = ask("@amal@evil.example");
        assertThat(back("https://evil.example", state(own), cookies(own)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whomTheirServerNamesIsIn() throws Exception {
        verdict = new Verdict.Proven(AMAL);
        var page = ask(" @amal\"><script>@social.example ");
        assertThat(page.body()).contains("Go on at social.example").doesNotContain("<script>@");
        var in = back(state(page), cookies(page));
        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(in.headers().firstValue("refresh")).contains("0;url=/account");
        assertThat(in.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(answers.getLast()).containsEntry("code", "c1");
        assertThat(in.headers().allValues("set-cookie"))
                .anySatisfy(cookie -> assertThat(cookie).contains("__Host-drawbridge-account=", "SameSite=Strict"));
        assertThat(server.get("/account", "Cookie", cookies(in)).body()).contains(AMAL.value());
    }

    @Test
    void anAnswerCountsOnceInTheBrowserThatAsked() throws Exception {
        verdict = new Verdict.Proven(AMAL);
        var page = ask("@amal@social.example");
        String state = state(page);
        for (String cookie : List.of("", "__Host-drawbridge-sign-in=" + "0".repeat(64), cookies(ask("@other")))) {
            assertThat(back(state, cookie).statusCode()).isEqualTo(403);
        }
        assertThat(back("0".repeat(64), cookies(page)).statusCode()).isEqualTo(403);
        assertThat(answers).isEmpty();
        assertThat(back(state, cookies(page)).statusCode()).isEqualTo(200);
        var again = back(state, cookies(page));
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("began in another browser");
        var old = ask("@amal@social.example");
        clock.advance(Duration.ofMinutes(11));
        assertThat(back(state(old), cookies(old)).statusCode()).isEqualTo(403);
        assertThat(answers).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void everyRefusalIsASentence(Refusal why) throws Exception {
        beginning = Optional.of(why);
        var begun = ask("@amal@social.example");
        assertThat(begun.statusCode()).isEqualTo(403);
        assertThat(begun.body())
                .contains("You are not signed in", "role=\"alert\"")
                .doesNotContain("??", "proof.");
        beginning = Optional.empty();
        verdict = new Verdict.Refused(why);
        var page = ask("@amal@social.example");
        var answer = back(state(page), cookies(page));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("You are not signed in").doesNotContain("??", "proof.");
        assertThat(answer.headers().allValues("set-cookie")).isEmpty();
    }

    @Test
    void namesThatAreNoneAreNotAskedFor() throws Exception {
        for (String name : List.of("", "   ", "x".repeat(501))) {
            assertThat(ask(name).statusCode()).isEqualTo(403);
        }
        assertThat(server.post("/account/sign-in/server", Map.of("network", "nostr", "name", "a"))
                        .statusCode())
                .isEqualTo(403);
    }
}
