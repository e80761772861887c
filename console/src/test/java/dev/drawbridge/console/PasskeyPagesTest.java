package dev.drawbridge.console;

import static dev.drawbridge.console.OperatorScreen.PASSWORD;
import static dev.drawbridge.console.OperatorScreen.cookie;
import static dev.drawbridge.console.OperatorScreen.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Signing in with a passkey, and everything somebody may try instead.
@Timeout(180)
class PasskeyPagesTest {
    private final OperatorScreen screen = new OperatorScreen(OperatorScreen.HOME);
    private final SoftAuthenticator phone = new SoftAuthenticator();
    private String inside = "";
    /// Who the owner is, as the authenticator was told.
    private String user = "";

    @BeforeEach
    void enter() throws Exception {
        inside = screen.inside();
    }

    @AfterEach
    void stop() {
        screen.close();
    }

    private JsonNode wanted(String cookie) throws Exception {
        JsonNode wanted = json(screen.form("/console/passkeys/challenge", cookie, Map.of()));
        user = wanted.path("user").asString();
        return wanted;
    }

    private HttpResponse<String> register(SoftAuthenticator authenticator, String name) throws Exception {
        var brought = authenticator.create(wanted(inside).path("challenge").asString());
        brought.put("name", name);
        return screen.form("/console/passkeys", inside, brought);
    }

    /// A challenge, and the browser that it is for.
    private record Asked(String challenge, String browser) {}

    private Asked ask() throws Exception {
        var answer = screen.server.post("/console/sign-in/passkey/challenge", Map.of());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Asked(json(answer).path("challenge").asString(), cookie(answer));
    }

    private HttpResponse<String> bring(Asked asked, Map<String, String> brought) throws Exception {
        return screen.server.post("/console/sign-in/passkey", brought, "Cookie", asked.browser());
    }

    private HttpResponse<String> signIn() throws Exception {
        Asked asked = ask();
        return bring(asked, phone.sign(asked.challenge(), user));
    }

    @Test
    void whoRegisteredAPasskeyComesInWithIt() throws Exception {
        JsonNode wanted = wanted(inside);
        assertThat(wanted.path("party").asString()).isEqualTo("bridge.example");
        assertThat(wanted.path("exclude").isEmpty()).isTrue();
        assertThat(register(phone, " my <b>phone ").statusCode()).isEqualTo(200);
        assertThat(wanted(inside).path("exclude").path(0).asString()).isEqualTo(phone.id());
        assertThat(screen.get("/console/passkeys?done=registered", inside).body())
                .contains("my &lt;b&gt;phone", "not yet", "You can sign in with it")
                .doesNotContain("<b>phone");
        screen.clock.advance(Duration.ofMinutes(1));
        var answer = signIn();
        assertThat(json(answer).path("next").asString()).isEqualTo("/console");
        assertThat(answer.headers().firstValue("set-cookie"))
                .hasValueSatisfying(set -> assertThat(set)
                        .startsWith("__Host-drawbridge-console=")
                        .contains("HttpOnly", "Secure", "SameSite=Strict"));
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(screen.admits(cookie(answer))).isTrue();
        assertThat(screen.audit(inside)).contains("registered a passkey", "with the passkey “my &lt;b&gt;phone”");
        assertThat(screen.get("/console/passkeys", inside).body()).doesNotContain("not yet");
        assertThat(screen.operators
                        .find("op")
                        .orElseThrow()
                        .passkeys()
                        .getFirst()
                        .used())
                .contains(screen.clock.instant());
    }

    @Test
    void whatABrowserHadBeforeEndsWithTheNewSession() throws Exception {
        register(phone, "phone");
        Asked asked = ask();
        var answer = screen.server.post(
                "/console/sign-in/passkey",
                phone.sign(asked.challenge(), user),
                "Cookie",
                asked.browser() + "; " + inside);
        assertThat(screen.admits(cookie(answer))).isTrue();
        assertThat(screen.admits(inside)).isFalse();
    }

    enum Attack {
        OTHER_ORIGIN,
        ORIGIN_BELOW,
        PLAIN_ORIGIN,
        OTHER_PARTY,
        NOT_VERIFIED,
        NOT_PRESENT,
        A_REGISTRATION,
        IN_A_FRAME,
        OTHER_CHALLENGE,
        OTHER_BROWSER,
        OTHER_KEY,
        OTHER_OWNER,
        NO_OWNER,
        FOREIGN_CREDENTIAL,
        NOT_BASE64,
        NOT_CBOR,
        ENDLESS,
        NOTHING
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotWhatWasAskedForIsRefusedAndUsesTheChallengeUp(Attack attack) throws Exception {
        register(phone, "phone");
        Asked asked = ask();
        var honest = phone.sign(asked.challenge(), user);
        var refused = attacked(attack, asked);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("error").asString()).contains("not accepted");
        assertThat(refused.headers().allValues("set-cookie")).isEmpty();
        assertThat(screen.audit(inside)).doesNotContain("with the passkey");
        // Of another browser nothing is known, and nothing of this one is used up.
        boolean apart = attack == Attack.OTHER_BROWSER || attack == Attack.NOTHING || attack == Attack.OTHER_CHALLENGE;
        assertThat(bring(asked, honest).statusCode()).isEqualTo(apart ? 200 : 403);
    }

    private HttpResponse<String> attacked(Attack attack, Asked asked) throws Exception {
        var thief = new SoftAuthenticator();
        String challenge = asked.challenge();
        switch (attack) {
            case OTHER_ORIGIN -> phone.origin = "https://bridge.example.evil.example";
            case ORIGIN_BELOW -> phone.origin = "https://other.bridge.example";
            case PLAIN_ORIGIN -> phone.origin = "http://bridge.example";
            case OTHER_PARTY -> phone.party = "example";
            case NOT_VERIFIED -> phone.notVerified();
            case NOT_PRESENT -> phone.notPresent();
            case A_REGISTRATION -> phone.getType = "webauthn.create";
            case IN_A_FRAME -> phone.more = ",\"crossOrigin\":true,\"topOrigin\":\"https://evil.example\"";
            default -> {}
        }
        var brought = phone.sign(challenge, user);
        switch (attack) {
            case OTHER_CHALLENGE -> brought = phone.sign(ask().challenge(), user);
            case OTHER_KEY ->
                brought.put("signature", thief.sign(challenge, user).get("signature"));
            case OTHER_OWNER -> brought.put("user", SoftAuthenticator.text(new byte[32]));
            case NO_OWNER -> brought.put("user", "");
            case FOREIGN_CREDENTIAL -> brought = thief.sign(challenge, user);
            case NOT_BASE64 -> brought.put("client", "{}<b>");
            case NOT_CBOR -> brought.put("authenticator", SoftAuthenticator.text("x".getBytes(StandardCharsets.UTF_8)));
            case ENDLESS -> brought.put("signature", "A".repeat(20_000));
            case NOTHING -> brought.clear();
            default -> {}
        }
        return attack == Attack.OTHER_BROWSER
                ? bring(new Asked(challenge, ask().browser()), brought)
                : bring(asked, brought);
    }

    @Test
    void aChallengeIsGoodOnceAndForTenMinutes() throws Exception {
        register(phone, "phone");
        Asked asked = ask();
        var signed = phone.sign(asked.challenge(), user);
        assertThat(bring(asked, signed).statusCode()).isEqualTo(200);
        assertThat(bring(asked, signed).statusCode()).as("replay").isEqualTo(403);
        Asked late = ask();
        screen.clock.advance(Duration.ofMinutes(11));
        assertThat(bring(late, phone.sign(late.challenge(), user)).statusCode()).isEqualTo(403);
        assertThat(screen.form("/console/passkeys/again", inside, Map.of("again-password", PASSWORD))
                        .statusCode())
                .isEqualTo(302);
        Asked registration = new Asked(wanted(inside).path("challenge").asString(), late.browser());
        assertThat(bring(registration, phone.sign(registration.challenge(), user))
                        .statusCode())
                .as("a challenge for registering")
                .isEqualTo(403);
    }

    @Test
    void aCountThatGoesBackIsRefusedAndInTheAudit() throws Exception {
        phone.counter = 7;
        register(phone, "phone");
        phone.counter = 8;
        assertThat(signIn().statusCode()).isEqualTo(200);
        for (long copied : List.of(8L, 3L, 0L)) {
            phone.counter = copied;
            assertThat(signIn().statusCode()).as("count " + copied).isEqualTo(403);
        }
        assertThat(screen.audit(inside)).contains("refused a passkey that may have been copied", "phone, from 203");
        phone.counter = 9;
        assertThat(signIn().statusCode()).isEqualTo(200);
        assertThat(screen.operators
                        .find("op")
                        .orElseThrow()
                        .passkeys()
                        .getFirst()
                        .counter())
                .isEqualTo(9);
    }

    @Test
    void whatIsNotWhatWasAskedForIsNotRegistered() throws Exception {
        phone.origin = "https://evil.example";
        assertThat(register(phone, "phone").statusCode()).isEqualTo(403);
        phone.origin = "https://bridge.example";
        phone.notVerified();
        assertThat(register(phone, "phone").statusCode()).isEqualTo(403);
        var tablet = new SoftAuthenticator();
        tablet.party = "evil.example";
        assertThat(register(tablet, "tablet").statusCode()).isEqualTo(403);
        tablet.party = "bridge.example";
        tablet.createType = "webauthn.get";
        assertThat(register(tablet, "tablet").statusCode()).isEqualTo(403);
        tablet.createType = "webauthn.create";
        assertThat(register(tablet, " ").statusCode()).as("no name").isEqualTo(403);
        assertThat(register(tablet, "x".repeat(61)).statusCode()).isEqualTo(403);
        String other = cookie(screen.signIn("op", PASSWORD));
        var ofOther = tablet.create(wanted(other).path("challenge").asString());
        ofOther.put("name", "tablet");
        assertThat(screen.form("/console/passkeys", inside, ofOther).statusCode())
                .as("a challenge of another session")
                .isEqualTo(403);
        assertThat(screen.operators.find("op").orElseThrow().passkeys()).isEmpty();
        assertThat(register(tablet, "tablet").statusCode()).isEqualTo(200);
        var again = register(tablet, "again");
        assertThat(json(again).path("error").asString()).contains("registered already");
        assertThat(screen.operators.find("op").orElseThrow().passkeys()).hasSize(1);
    }

    @Test
    void formsOfOtherSitesAndWithoutATokenAreRefused() throws Exception {
        var elsewhere = Map.of("Sec-Fetch-Site", "cross-site");
        for (String path : List.of("/console/sign-in/passkey/challenge", "/console/sign-in/passkey")) {
            assertThat(screen.server
                            .post(path, Map.of(), "Sec-Fetch-Site", elsewhere.get("Sec-Fetch-Site"))
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        register(phone, "phone");
        for (String path : List.of(
                "/console/passkeys",
                "/console/passkeys/challenge",
                "/console/passkeys/remove",
                "/console/passkeys/password")) {
            assertThat(screen.server
                            .post(path, Map.of("id", phone.id(), "off", "true"), "Cookie", inside)
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(screen.server
                            .post(path, Map.of("id", "x", "off", "true"))
                            .statusCode())
                    .as("nobody, " + path)
                    .isEqualTo(303);
        }
        assertThat(screen.get("/console/passkeys", "none=none").statusCode()).isEqualTo(303);
        var operator = screen.operators.find("op").orElseThrow();
        assertThat(operator.passkeys()).hasSize(1);
        assertThat(operator.passwordOff()).isFalse();
    }

    @Test
    void thePasswordCanBeSwitchedOffByWhoCameInWithAPasskey() throws Exception {
        var off = Map.of("off", "true");
        register(phone, "phone");
        assertThat(said(screen.form("/console/passkeys/password", inside, off)))
                .as("a password let them in")
                .isEqualTo("unproven");
        assertThat(screen.get("/console/passkeys?done=unproven", inside).body())
                .contains("The password stays on", "can switch it off here")
                .doesNotContain("/console/passkeys/password");
        assertThat(screen.operators.find("op").orElseThrow().passwordOff()).isFalse();
        String mine = cookie(signIn());
        assertThat(said(screen.form("/console/passkeys/password", mine, off))).isEqualTo("off");
        assertThat(screen.admits(mine)).isTrue();
        assertThat(screen.admits(inside)).as("another browser").isFalse();
        var refused = screen.signIn("op", PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo(screen.signIn("nobody", PASSWORD).body());
        screen.clock.advance(Duration.ofMinutes(5));
        assertThat(signIn().statusCode()).isEqualTo(200);
        assertThat(said(screen.form("/console/passkeys/remove", mine, Map.of("id", phone.id()))))
                .isEqualTo("last");
        assertThat(screen.get("/console/passkeys?done=last", mine).body()).contains("nobody knows whether another");
        assertThat(said(screen.form("/console/passkeys/password", mine, Map.of("off", "false"))))
                .isEqualTo("on");
        assertThat(screen.signIn("op", PASSWORD).statusCode()).isEqualTo(302);
        assertThat(screen.audit(mine)).contains("switched the password off", "switched the password on");
    }

    private static String said(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("location").orElseThrow().replaceFirst(".*done=", "");
    }

    @Test
    void aPasskeyThatIsRemovedLetsNobodyInAndEndsWhatItBegan() throws Exception {
        register(phone, "phone");
        String thief = cookie(signIn());
        assertThat(said(screen.form("/console/passkeys/remove", inside, Map.of("id", phone.id()))))
                .isEqualTo("removed");
        assertThat(screen.admits(thief)).isFalse();
        assertThat(screen.admits(inside)).isTrue();
        assertThat(signIn().statusCode()).isEqualTo(403);
        assertThat(said(screen.form("/console/passkeys/remove", inside, Map.of("id", phone.id()))))
                .isEqualTo("not-there");
        assertThat(screen.audit(inside)).contains("removed a passkey");
    }

    @Test
    void whoTriesTooOftenIsToldSo() throws Exception {
        for (int i = 0; i < 5; i++) {
            ask();
        }
        var refused = screen.server.post("/console/sign-in/passkey/challenge", Map.of());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).path("error").asString()).isNotBlank();
        assertThat(screen.signIn("op", PASSWORD).statusCode())
                .as("one count for all ways")
                .isEqualTo(403);
    }

    @Test
    void whoLostEverythingChoosesAPasswordAnewWithALinkFromTheMachine() throws Exception {
        assertThat(screen.door.invite("nobody", "(shell)")).isEmpty();
        register(phone, "phone");
        inside = cookie(signIn());
        assertThat(said(screen.form("/console/passkeys/password", inside, Map.of("off", "true"))))
                .isEqualTo("off");
        String old = screen.door.invite("op", "(shell)").orElseThrow().toString();
        String link = screen.door.invite("op", "(shell)").orElseThrow().toString();
        assertThat(screen.setUp(old, "op", "another long password").statusCode())
                .as("only the last is good")
                .isEqualTo(403);
        assertThat(screen.server.get(link.replaceFirst("https://[^/]*", "")).body())
                .contains("value=\"op\"", "new password");
        assertThat(screen.setUp(link, "op", "short").statusCode()).isEqualTo(400);
        assertThat(screen.admits(inside)).as("until then everything stays").isTrue();
        assertThat(screen.setUp(link, "other", "another long password").statusCode())
                .isEqualTo(302);
        assertThat(screen.admits(inside)).isFalse();
        assertThat(screen.operators.find("other")).isEmpty();
        assertThat(signIn().statusCode()).isEqualTo(403);
        assertThat(screen.signIn("op", PASSWORD).statusCode()).isEqualTo(403);
        String anew = cookie(screen.signIn("op", "another long password"));
        assertThat(screen.audit(anew)).contains("made a link to choose", "(shell)", "chose a password anew");
        assertThat(screen.setUp(link, "op", "a third long password").statusCode())
                .isEqualTo(403);
        String late = screen.door.invite("op", "(shell)").orElseThrow().toString();
        screen.clock.advance(Duration.ofMinutes(61));
        assertThat(screen.setUp(late, "op", "a third long password").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whereBrowsersHaveNoneThePageSaysSo() throws Exception {
        assertThat(screen.server.get("/console/sign-in").body()).contains("passkey.js", "data-passkey");
        for (String home : List.of("http://bridge.example", "https://192.0.2.1", "http://127.0.0.1:8080")) {
            assertThat(PasskeyVerifier.at(URI.create(home))).as(home).isEmpty();
        }
        assertThat(PasskeyVerifier.at(URI.create("http://localhost:8080"))).isPresent();
        try (var plain = new OperatorScreen(URI.create("http://127.0.0.1:8080"))) {
            assertThat(plain.server.get("/console/sign-in").body()).doesNotContain("passkey");
            String cookie = plain.inside();
            assertThat(plain.get("/console/passkeys", cookie).body()).contains("Browsers have passkeys only for");
            assertThat(plain.form("/console/passkeys/challenge", cookie, new HashMap<>())
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
