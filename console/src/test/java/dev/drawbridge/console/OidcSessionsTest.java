package dev.drawbridge.console;

import static dev.drawbridge.console.OperatorScreen.cookie;
import static dev.drawbridge.console.OperatorScreen.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.drawbridge.console.oidc.FakeProvider;
import dev.drawbridge.console.oidc.FakeProvider.Signing;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.testkit.VirtualClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a session that a provider let begin: it ends when the provider says so, and for some things
/// its owner has to show the provider once more who they are.
@Timeout(180)
class OidcSessionsTest extends OidcScene {
    private static final String SUBJECT = "248289761001";
    private static final String SIGN_OUT = "/console/sign-in/oidc/sign-out";

    private String enter(String session) throws Exception {
        provider().inToken.put("sid", session);
        var answer = signIn();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return cookie(answer);
    }

    private HttpResponse<String> signedOut(String token) throws Exception {
        return screen().server.post(SIGN_OUT, Map.of("logout_token", token));
    }

    private String of(Map<String, String> whose) {
        return provider().signsOut(claims -> whose.forEach(claims::claim));
    }

    @Test
    void oneSessionEndsWithTheOneAtTheProvider() throws Exception {
        open("sub:" + SUBJECT);
        String one = enter("one");
        String two = enter("two");
        var answer = signedOut(of(Map.of("sub", SUBJECT, "sid", "one")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(screen().admits(one)).isFalse();
        assertThat(screen().admits(two)).isTrue();
        assertThat(screen().audit(two))
                .contains("login.example", "ended the sessions that it let begin", SUBJECT + " (one)");
        String after = enter("three");
        assertThat(screen().admits(after)).isTrue();
    }

    /// The provider may say it while they come in.
    @Test
    void whatEndedThereBeforeItBeganHereLetsNobodyIn() throws Exception {
        open("sub:" + SUBJECT);
        Date before = Date.from(screen().clock.instant());
        screen().clock.advance(Duration.ofSeconds(5));
        assertThat(signedOut(of(Map.of("sid", "one"))).statusCode()).isEqualTo(200);
        provider().claims = claims -> claims.issueTime(before);
        assertThat(screen().admits(enter("one"))).isFalse();
        provider().claims = _ -> {};
        screen().clock.advance(Duration.ofSeconds(1));
        assertThat(screen().admits(enter("one")))
                .as("the provider says that it goes on")
                .isTrue();
    }

    /// Which of their sessions there began it nobody knows.
    @Test
    void aSessionThatTheProviderGaveNoNameEndsWithAnyOfItsPerson() throws Exception {
        open("sub:" + SUBJECT, "sub:another");
        String named = enter("two");
        provider().inToken.remove("sid");
        String unnamed = cookie(signIn());
        provider().inToken.put("sub", "another");
        String other = cookie(signIn());
        assertThat(signedOut(of(Map.of("sub", SUBJECT, "sid", "one"))).statusCode())
                .isEqualTo(200);
        assertThat(screen().admits(unnamed)).isFalse();
        assertThat(screen().admits(named)).isTrue();
        assertThat(screen().admits(other)).isTrue();
        screen().clock.advance(Duration.ofSeconds(1));
        provider().inToken.put("sub", SUBJECT);
        assertThat(screen().admits(cookie(signIn()))).as("began later").isTrue();
    }

    /// Takes all places, and does something meanwhile.
    private static void crowded(Questions questions, Callable<?> meanwhile) {
        try {
            questions.place(() -> {
                crowded(questions, meanwhile);
                return true;
            });
        } catch (Questions.Busy full) {
            try {
                meanwhile.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void whoKeepsUsBusyHoldsBackNoSignOut() throws Exception {
        open("sub:" + SUBJECT);
        String inside = enter("one");
        var answers = new ArrayList<Integer>();
        crowded(screen().server.bean(Questions.class), () -> {
            answers.add(signedOut(of(Map.of("sid", "one"))).statusCode());
            answers.add(screen().server.post("/console/sign-in/oidc", Map.of()).statusCode());
            provider().signing = Signing.OTHER_KEY;
            return answers.add(signedOut(of(Map.of("sid", "two"))).statusCode());
        });
        assertThat(answers).containsExactly(200, 503, 503);
        assertThat(screen().admits(inside)).isFalse();
    }

    @Test
    void oneAddressHasItsTurns() throws Exception {
        open("sub:" + SUBJECT);
        var answers = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            answers.add(signedOut("e30.e30.").statusCode());
        }
        assertThat(answers).startsWith(400).contains(429);
    }

    @Test
    void allOfSomebodyEndAndWhatBeginsLaterDoesNot() throws Exception {
        open("sub:" + SUBJECT, "sub:another");
        String one = enter("one");
        String two = enter("two");
        provider().inToken.put("sub", "another");
        String other = enter("three");
        screen().clock.advance(Duration.ofSeconds(5));
        String token = of(Map.of("sub", SUBJECT));
        screen().clock.advance(Duration.ofSeconds(1));
        provider().inToken.put("sub", SUBJECT);
        String later = enter("four");
        assertThat(signedOut(token).statusCode()).isEqualTo(200);
        assertThat(screen().admits(one)).isFalse();
        assertThat(screen().admits(two)).isFalse();
        assertThat(screen().admits(other)).isTrue();
        assertThat(screen().admits(later))
                .as("began after it, and before it came")
                .isTrue();
    }

    @Test
    void aTokenIsGoodOnce() throws Exception {
        open("sub:" + SUBJECT);
        enter("one");
        String token = of(Map.of("sub", SUBJECT));
        assertThat(signedOut(token).statusCode()).isEqualTo(200);
        screen().clock.advance(Duration.ofSeconds(5));
        String later = enter("two");
        var again = signedOut(token);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(json(again).path("error").asString()).isEqualTo("invalid_request");
        assertThat(screen().admits(later)).isTrue();
        assertThat(screen().operators.deeds(20))
                .filteredOn(deed -> deed.what().startsWith("ended"))
                .hasSize(1);
    }

    enum Wrong {
        NOBODY(claims -> claims.claim("sid", null)),
        WITH_A_NONCE(claims -> claims.claim("nonce", "5e")),
        NO_EVENT(claims -> claims.claim("events", null)),
        OTHER_EVENT(claims -> claims.claim("events", Map.of("http://schemas.openid.net/event/other", Map.of()))),
        NO_OBJECT(
                claims -> claims.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", "yes"))),
        NO_WORD(claims -> claims.jwtID(null)),
        OTHER_ISSUER(claims -> claims.issuer("https://evil.example")),
        OTHER_AUDIENCE(claims -> claims.audience("another")),
        FURTHER_AUDIENCE(claims -> claims.audience(List.of("drawbridge", "another"))),
        OVER(claims -> claims.expirationTime(at(-61))),
        WITHOUT_END(claims -> claims.expirationTime(null)),
        OF_THE_FUTURE(claims -> claims.issueTime(at(120))),
        TOO_OLD(claims -> claims.issueTime(at(-700))),
        WITHOUT_BEGINNING(claims -> claims.issueTime(null));

        private final Consumer<JWTClaimsSet.Builder> lie;

        Wrong(Consumer<JWTClaimsSet.Builder> lie) {
            this.lie = lie;
        }

        private static Date at(long seconds) {
            return Date.from(new VirtualClock().instant().plusSeconds(seconds));
        }
    }

    private void refused(String token, String inside) throws Exception {
        var answer = signedOut(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("error").asString()).isEqualTo("invalid_request");
        assertThat(screen().admits(inside)).isTrue();
        assertThat(screen().operators.deeds(20)).noneMatch(deed -> deed.what().startsWith("ended"));
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotSayThatSomebodySignedOutEndsNothing(Wrong wrong) throws Exception {
        open("sub:" + SUBJECT);
        String inside = enter("one");
        refused(
                provider().signsOut(claims -> {
                    claims.claim("sid", "one");
                    wrong.lie.accept(claims);
                }),
                inside);
        assertThat(signedOut(of(Map.of("sid", "one"))).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "HS256_WITH_THE_PUBLIC_KEY", "OTHER_KEY"})
    void whatTheProviderDidNotSignEndsNothing(Signing signing) throws Exception {
        open("sub:" + SUBJECT);
        String inside = enter("one");
        provider().signing = signing;
        refused(of(Map.of("sid", "one")), inside);
        refused("", inside);
        refused("e30.e30.", inside);
        refused("x".repeat(30_000), inside);
    }

    /// Each kind of token is good for what it is for only.
    @Test
    void aTokenOfAnotherKindIsRefused() throws Exception {
        open("sub:" + SUBJECT);
        provider().signing = Signing.OTHER_TYPE;
        assertThat(signIn().statusCode()).as("logout+jwt to sign in").isEqualTo(403);
        provider().signing = Signing.RS256;
        String inside = enter("one");
        provider().signing = Signing.OTHER_TYPE;
        assertThat(signedOut(of(Map.of("sid", "one"))).statusCode()).isEqualTo(200);
        assertThat(screen().admits(inside)).isFalse();
    }

    @Test
    void withoutAProviderNobodyIsSignedOut() throws Exception {
        open("sub:" + SUBJECT);
        String token = of(Map.of("sub", SUBJECT));
        try (var alone = new OperatorScreen(OperatorScreen.HOME)) {
            assertThat(alone.server
                            .post(SIGN_OUT, Map.of("logout_token", token))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(screen().server.get(SIGN_OUT).statusCode()).isNotEqualTo(200);
    }

    private static Map<String, String> letter() {
        return Map.of("id", "no-letter");
    }

    private HttpResponse<String> drop(String cookie) throws Exception {
        return screen().form("/console/dead-letter/drop", cookie, letter());
    }

    private Begun beginAgain() throws Exception {
        return begin(Map.of("again", "true"));
    }

    private void shown(Duration ago) {
        provider().inToken.put("auth_time", screen().clock.instant().minus(ago).getEpochSecond());
    }

    @Test
    void whoWasKnownThereAlreadyShowsItAgain() throws Exception {
        open("sub:" + SUBJECT);
        String inside = enter("one");
        var asked = drop(inside);
        assertThat(asked.statusCode()).as("nobody knows when they showed it").isEqualTo(403);
        assertThat(asked.body())
                .contains("Show who you are", "Sign in at login.example", "name=\"again\" value=\"true\"")
                .doesNotContain("again-password");
        Begun silent = beginAgain();
        assertThat(FakeProvider.fields(silent.page().getRawQuery()))
                .containsEntry("max_age", "0")
                .containsEntry("prompt", "login")
                .containsEntry("claims", "{\"id_token\":{\"auth_time\":{\"essential\":true}}}");
        assertThat(back(silent, provider().saysYes(silent.page())).statusCode())
                .as("it does not say when")
                .isEqualTo(403);
        shown(Duration.ofMinutes(10));
        Begun old = beginAgain();
        assertThat(back(old, provider().saysYes(old.page())).statusCode())
                .as("ten minutes ago")
                .isEqualTo(403);
        shown(Duration.ofSeconds(3));
        Begun now = beginAgain();
        var entered = back(now, provider().saysYes(now.page()));
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
        assertThat(drop(cookie(entered)).statusCode()).isEqualTo(302);
        screen().clock.advance(Duration.ofMinutes(5));
        assertThat(drop(cookie(entered)).statusCode()).as("too long ago").isEqualTo(403);
    }

    @Test
    void whoJustSignedInThereIsNotAskedAgain() throws Exception {
        open("sub:" + SUBJECT);
        provider().saysWhen = true;
        assertThat(drop(enter("one")).statusCode()).isEqualTo(302);
    }

    /// Takes somebody out at once, and lets nobody ask again.
    @Test
    void whoseProviderSaysNoTimeCanStillRemoveSomebody() throws Exception {
        open("sub:" + SUBJECT);
        String inside = enter("one");
        var amal = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/amal");
        screen().server
                .ports
                .consents()
                .put(new Consent(
                        amal,
                        Network.NOSTR,
                        Consent.State.GIVEN,
                        "asked",
                        screen().clock.instant()));
        var wish = Map.of("network", "activitypub", "id", amal.value(), "reason", "spam");
        assertThat(screen().form("/console/account/remove", inside, wish).statusCode())
                .isEqualTo(302);
        assertThat(screen().form("/console/account/readmit", inside, wish).statusCode())
                .isEqualTo(403);
        assertThat(screen().operators.deeds(20))
                .anyMatch(deed -> deed.what().equals("removed") && deed.about().contains("amal"))
                .noneMatch(deed -> deed.what().equals("readmitted"));
    }

    @Test
    void aPasswordIsNoProofOfWhomAProviderBrought() throws Exception {
        open("sub:op");
        screen().inside();
        provider().inToken.put("sub", "op");
        String theirs = enter("one");
        var fields = Map.of("id", "no-letter", "again-password", OperatorScreen.PASSWORD);
        assertThat(screen().form("/console/dead-letter/drop", theirs, fields).statusCode())
                .isEqualTo(403);
    }
}
