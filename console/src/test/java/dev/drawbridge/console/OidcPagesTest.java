package dev.drawbridge.console;

import static dev.drawbridge.console.OperatorScreen.cookie;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.drawbridge.console.oidc.FakeProvider;
import dev.drawbridge.console.oidc.FakeProvider.Signing;
import dev.drawbridge.testkit.VirtualClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signing operators in at a provider, and everything somebody may try on the way.
@Timeout(180)
class OidcPagesTest extends OidcScene {
    private void refused(HttpResponse<String> answer, String sentence) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains(sentence);
        assertThat(answer.headers().allValues("set-cookie")).isEmpty();
        assertThat(screen().operators.deeds(10)).noneMatch(deed -> deed.what().equals("signed in"));
    }

    @Test
    void whoTheProviderKnowsAndTheOperatorLetsInIsInWithTheirOwnName() throws Exception {
        open("email:op@bridge.example");
        provider().whenAsked.put("email", "Op@Bridge.example");
        provider().whenAsked.put("email_verified", true);
        assertThat(screen().server.get("/console/sign-in").body()).contains("Sign in at login.example");
        Begun begun = begin();
        Map<String, String> question = FakeProvider.fields(begun.page().getRawQuery());
        assertThat(question)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "drawbridge")
                .containsEntry("redirect_uri", "https://bridge.example" + BACK)
                .containsEntry("scope", "openid email groups")
                .containsEntry("code_challenge_method", "S256");
        assertThat(begun.browser()).startsWith("__Host-drawbridge-console-sign-in=");
        var answer = back(begun, provider().saysYes(begun.page()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("refresh")).contains("0;url=/console");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        String inside = cookie(answer);
        assertThat(screen().get("/console", inside).body()).contains("Sign out oidc:email:op@bridge.example");
        assertThat(screen().audit(inside)).contains("oidc:email:op@bridge.example", "by way of login.example");
        assertThat(screen().get("/console/passkeys", inside).body()).contains("Somebody else says who you are");
        assertThat(screen().form("/console/passkeys/challenge", inside, Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(provider().shown).singleElement().asString().startsWith("Basic ");
    }

    @Test
    void aSubjectAndAGroupLetInToo() throws Exception {
        open("sub:248289761001");
        assertThat(signIn().statusCode()).isEqualTo(200);
        assertThat(provider().asked).doesNotContain("/me");
        open("group:bridge admins");
        provider().inToken.put("groups", List.of("users", "bridge admins"));
        assertThat(signIn().statusCode()).isEqualTo(200);
        assertThat(screen().operators.deeds(1).getFirst().who()).isEqualTo("oidc:sub:248289761001");
    }

    @Test
    void nobodyElseIsLetIn() throws Exception {
        open("email:op@bridge.example", "group:bridge");
        refused(signIn(), "nobody lets you in here");
        provider().whenAsked.put("email", "op@bridge.example");
        refused(signIn(), "nobody lets you in here");
        for (Object truth : List.of(false, "true", 1)) {
            screen().clock.advance(Duration.ofMinutes(5));
            provider().whenAsked.put("email_verified", truth);
            refused(signIn(), "nobody lets you in here");
        }
        screen().clock.advance(Duration.ofMinutes(5));
        provider().inToken.put("sub", "bridge");
        provider().whenAsked.put("sub", "bridge");
        provider().whenAsked.put("groups", "bridge");
        refused(signIn(), "nobody lets you in here");
    }

    @Test
    void whoIsCalledLikeAnOperatorIsNotThatOperator() throws Exception {
        open("sub:op");
        String inside = screen().inside();
        provider().inToken.put("sub", "op");
        provider().inToken.put("auth_time", screen().clock.instant().getEpochSecond());
        String other = cookie(signIn());
        assertThat(screen().get("/console/passkeys", other).body()).contains("Somebody else says who you are");
        assertThat(screen().form("/console/passkeys/password", other, Map.of("off", "false"))
                        .headers()
                        .firstValue("location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("unproven"));
        assertThat(screen().audit(inside)).contains("oidc:sub:op");
    }

    enum Token {
        OTHER_NONCE(claims -> claims.claim("nonce", "another")),
        NO_NONCE(claims -> claims.claim("nonce", null)),
        OTHER_AUDIENCE(claims -> claims.audience("another-client")),
        FURTHER_AUDIENCE(claims -> claims.audience(List.of("drawbridge", "another-client"))),
        FOR_SOMEBODY_ELSE(claims -> claims.claim("azp", "another-client")),
        OTHER_ISSUER(claims -> claims.issuer("https://login.example/realms/other")),
        NO_ISSUER(claims -> claims.issuer(null)),
        OVER(claims -> claims.expirationTime(at(-61))),
        WITHOUT_END(claims -> claims.expirationTime(null)),
        OF_THE_FUTURE(claims -> claims.issueTime(at(120))),
        NOT_YET_GOOD(claims -> claims.notBeforeTime(at(120))),
        TOO_OLD(claims -> claims.issueTime(at(-700))),
        WITHOUT_BEGINNING(claims -> claims.issueTime(null)),
        NOBODY(claims -> claims.subject(null)),
        NO_NAME(claims -> claims.subject("x\ny"));

        private final Consumer<JWTClaimsSet.Builder> lie;

        Token(Consumer<JWTClaimsSet.Builder> lie) {
            this.lie = lie;
        }

        private static Date at(long seconds) {
            return Date.from(new VirtualClock().instant().plusSeconds(seconds));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatIsNotForThisIsRefused(Token token) throws Exception {
        open("sub:248289761001");
        provider().claims = token.lie;
        refused(signIn(), "What the provider said is not right");
        provider().claims = _ -> {};
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RS256")
    void aSignatureThatIsNotTheProvidersIsRefused(Signing signing) throws Exception {
        open("sub:248289761001");
        provider().signing = signing;
        refused(signIn(), "What the provider said is not right");
        provider().signing = Signing.RS256;
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    @Test
    void aSmallDifferenceOfClocksIsNothing() throws Exception {
        open("sub:248289761001");
        Instant now = screen().clock.instant();
        provider().claims = claims ->
                claims.issueTime(Date.from(now.plusSeconds(50))).notBeforeTime(Date.from(now.plusSeconds(50)));
        assertThat(signIn().statusCode()).isEqualTo(200);
        provider().claims = claims ->
                claims.issueTime(Date.from(now.minusSeconds(300))).expirationTime(Date.from(now.minusSeconds(50)));
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    @Test
    void aCodeIsGoodOnceAndInTheBrowserThatAskedForIt() throws Exception {
        open("sub:248289761001");
        Begun mine = begin();
        Begun theirs = begin();
        var yes = provider().saysYes(theirs.page());
        refused(back(mine, yes), "began in another browser");
        refused(back(new Begun(mine.page(), "x=y"), yes), "began in another browser");
        var swapped = provider().saysYes(theirs.page());
        swapped.put("state", FakeProvider.fields(mine.page().getRawQuery()).get("state"));
        refused(back(mine, swapped), "not right");
        assertThat(back(theirs, yes).statusCode()).isEqualTo(200);
        var again = back(theirs, yes);
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("was used already");
    }

    @Test
    void aQuestionIsGoodForTenMinutes() throws Exception {
        open("sub:248289761001");
        Begun begun = begin();
        screen().clock.advance(Duration.ofMinutes(11));
        refused(back(begun, provider().saysYes(begun.page())), "too old");
    }

    @Test
    void theAnswerOfAnotherProviderIsRefused() throws Exception {
        open("sub:248289761001");
        Begun begun = begin();
        var answer = provider().saysYes(begun.page());
        answer.put("iss", "https://evil.example");
        refused(back(begun, answer), "not right");
        assertThat(provider().asked).as("no code is shown to anybody").doesNotContain("/token");
        open("sub:248289761001");
        provider().metadata.put("authorization_response_iss_parameter_supported", true);
        refused(signIn(), "not right");
        Begun named = begin();
        var right = provider().saysYes(named.page());
        right.put("iss", FakeProvider.ISSUER);
        assertThat(back(named, right).statusCode()).isEqualTo(200);
    }

    @Test
    void whoDeclinesIsToldSo() throws Exception {
        open("sub:248289761001");
        Begun begun = begin();
        String state = FakeProvider.fields(begun.page().getRawQuery()).get("state");
        refused(back(begun, Map.of("state", state, "error", "access_denied")), "declined");
        Begun empty = begin();
        state = FakeProvider.fields(empty.page().getRawQuery()).get("state");
        refused(back(empty, Map.of("state", state)), "not right");
    }

    @Test
    void aKeyThatIsNotKnownIsAskedForButNotOften() throws Exception {
        open("sub:248289761001");
        assertThat(signIn().statusCode()).isEqualTo(200);
        screen().clock.advance(Duration.ofMinutes(1));
        provider().rotate(true);
        assertThat(signIn().statusCode()).as("a new key").isEqualTo(200);
        screen().clock.advance(Duration.ofMinutes(1));
        provider().rotate(false);
        for (int i = 0; i < 4; i++) {
            assertThat(signIn().statusCode()).as("a key that is not told").isEqualTo(403);
        }
        assertThat(provider().asked.stream().filter("/keys"::equals)).hasSize(3);
        assertThat(provider().asked.stream().filter(path -> path.endsWith("openid-configuration")))
                .hasSize(1);
    }

    @Test
    void aProviderThatIsNotWhatItWasIsNotUsed() throws Exception {
        open("sub:248289761001");
        provider().away = true;
        away();
        provider().away = false;
        screen().clock.advance(Duration.ofSeconds(16));
        assertThat(signIn().statusCode()).isEqualTo(200);
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "issuer", FakeProvider.ISSUER + "/",
                        "token_endpoint", "http://login.example/token",
                        "jwks_uri", "https://user@login.example/keys",
                        "authorization_endpoint", "javascript:alert(1)",
                        "code_challenge_methods_supported", List.of("plain"))
                .entrySet()) {
            open("sub:248289761001");
            provider().metadata.put(wrong.getKey(), wrong.getValue());
            away();
        }
        open(Optional.empty(), true, "sub:248289761001");
        provider().metadata.put("token_endpoint", "https://10.0.0.1/token");
        away();
        open(Optional.empty(), true, "sub:248289761001");
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    private void away() throws Exception {
        var answer = screen().server.post("/console/sign-in/oidc", Map.of());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("does not answer, or not as it has to", "Your password still works");
    }

    @Test
    void whatTheProviderSaysOfSomebodyElseIsNotTaken() throws Exception {
        open("email:op@bridge.example");
        provider().whenAsked.putAll(Map.of("sub", "another", "email", "op@bridge.example", "email_verified", true));
        refused(signIn(), "not right");
    }

    @Test
    void theSecretIsShownAsTheProviderWantsIt() throws Exception {
        open(Optional.of(FakeProvider.SECRET), false, "sub:248289761001");
        provider().metadata.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
        assertThat(signIn().statusCode()).isEqualTo(200);
        assertThat(provider().shown).containsExactly(FakeProvider.SECRET);
        open(Optional.empty(), false, "sub:248289761001");
        assertThat(signIn().statusCode()).isEqualTo(200);
        assertThat(provider().shown).containsExactly("");
    }

    @Test
    void formsOfOtherSitesBeginNothingAndNobodyBeginsTooOften() throws Exception {
        open("sub:248289761001");
        assertThat(screen().server
                        .post("/console/sign-in/oidc", Map.of(), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        for (int i = 0; i < 5; i++) {
            begin();
        }
        assertThat(screen().server.post("/console/sign-in/oidc", Map.of()).statusCode())
                .isEqualTo(429);
    }

    @Test
    void withoutAProviderThereIsNoSuchWay() throws Exception {
        screens.add(new OperatorScreen(OperatorScreen.HOME));
        assertThat(screen().server.get("/console/sign-in").body()).doesNotContain("oidc");
        assertThat(screen().server.post("/console/sign-in/oidc", Map.of()).statusCode())
                .isEqualTo(403);
    }
}
