package dev.drawbridge.console;

import static dev.drawbridge.console.OperatorScreen.PASSWORD;
import static dev.drawbridge.console.OperatorScreen.cookie;
import static dev.drawbridge.console.OperatorScreen.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.console.PasskeyDesk.Outcome;
import dev.drawbridge.console.PasskeyVerifier.Creation;
import dev.drawbridge.console.Sessions.Entry;
import dev.drawbridge.console.Sessions.Session;
import dev.drawbridge.console.oidc.OpenIdProvider;
import dev.drawbridge.engine.crypto.PasswordHash;
import dev.drawbridge.model.port.Operators.Operator;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What ends the sessions of operators, whoever is faster and in whichever process of the instance it happens.
@Timeout(180)
class OperatorSessionsTest {
    private static final String OTHER = "another long password";
    private static final String ELSEWHERE = "198.51.100.9";

    private final WatchedOperators store = new WatchedOperators();
    private final VirtualClock clock = new VirtualClock();
    private final OperatorScreen here = new OperatorScreen(store, clock);
    private final SoftAuthenticator phone = new SoftAuthenticator();
    private final SoftAuthenticator tablet = new SoftAuthenticator();
    private String inside = "";
    private String user = "";

    @BeforeEach
    void enter() throws Exception {
        inside = here.inside();
    }

    @AfterEach
    void stop() {
        here.close();
    }

    private void register(SoftAuthenticator authenticator, String name) throws Exception {
        var wanted = json(here.form("/console/passkeys/challenge", inside, Map.of()));
        user = wanted.path("user").asString();
        var brought = authenticator.create(wanted.path("challenge").asString());
        brought.put("name", name);
        assertThat(here.form("/console/passkeys", inside, brought).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> ask() throws Exception {
        return here.server.post("/console/sign-in/passkey/challenge", Map.of());
    }

    private String enterWith(SoftAuthenticator authenticator) throws Exception {
        var asked = ask();
        var brought = authenticator.sign(json(asked).path("challenge").asString(), user);
        var answer = here.server.post("/console/sign-in/passkey", brought, "Cookie", cookie(asked));
        assertThat(answer.statusCode()).isEqualTo(200);
        return cookie(answer);
    }

    private static String id(String cookie) {
        return cookie.replaceFirst(".*=", "");
    }

    private String token() {
        return here.door.invite("op", "(shell)").orElseThrow().toString().replaceFirst(".*=", "");
    }

    private String said(String cookie, String path, Map<String, String> fields) throws Exception {
        var answer = here.form(path, cookie, fields);
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("location").orElseThrow().replaceFirst(".*done=", "");
    }

    @Test
    void whosePasswordFitsWhatIsReplacedAtTheSameMomentIsNotIn() throws Exception {
        String token = token();
        store.meanwhile(
                () -> assertThat(here.door.setUp(token, "op", OTHER, ELSEWHERE)).isEqualTo(OperatorDoor.Outcome.DONE));
        var thief = here.signIn("op", PASSWORD);
        assertThat(store.find("op").orElseThrow().epoch()).isGreaterThan(clock.millis());
        assertThat(here.admits(cookie(thief))).isFalse();
        assertThat(here.admits(cookie(here.signIn("op", OTHER)))).isTrue();
    }

    @Test
    void whatIsChangedInOneProcessEndsTheSessionsOfTheOthers() throws Exception {
        try (var there = new OperatorScreen(store, clock)) {
            String thief = cookie(there.signIn("op", PASSWORD));
            assertThat(there.admits(thief)).isTrue();
            assertThat(here.setUp(token(), "op", OTHER).statusCode()).isEqualTo(302);
            assertThat(there.admits(thief)).as("another password").isFalse();

            inside = cookie(here.signIn("op", OTHER));
            thief = cookie(there.signIn("op", OTHER));
            register(phone, "phone");
            assertThat(there.admits(thief)).as("one way in more").isTrue();
            assertThat(said(inside, "/console/passkeys/remove", Map.of("id", phone.id())))
                    .isEqualTo("removed");
            assertThat(there.admits(thief)).as("a passkey less").isFalse();
            assertThat(here.admits(inside)).isTrue();

            register(phone, "phone");
            inside = enterWith(phone);
            thief = cookie(there.signIn("op", OTHER));
            assertThat(said(inside, "/console/passkeys/password", Map.of("off", "true")))
                    .isEqualTo("off");
            assertThat(there.admits(thief)).as("no password").isFalse();
            assertThat(here.admits(inside)).isTrue();
        }
    }

    @Test
    void whoIsRemovedAndComesBackHasNoOlderSession() throws Exception {
        try (var there = new OperatorScreen(store, clock)) {
            store.add(new Operator("anna", store.find("op").orElseThrow().password(), clock.instant()));
            String anna = cookie(there.signIn("anna", PASSWORD));
            assertThat(there.admits(anna)).isTrue();
            assertThat(said(inside, "/console/operators/remove", Map.of("name", "anna")))
                    .isEqualTo("removed");
            assertThat(there.admits(anna)).isFalse();
            clock.advance(Duration.ofSeconds(1));
            store.add(new Operator("anna", "$hash", clock.instant()));
            assertThat(there.admits(anna)).isFalse();
        }
    }

    @Test
    void aSessionThatEndsAtTheSameMomentChangesNothingAnyMore() throws Exception {
        register(tablet, "tablet");
        var desk = new PasskeyDesk(here.door, store, new SecureRandom(), clock);
        Session thief = here.door.session(id(inside)).orElseThrow();
        String challenge = desk.wanted("op", id(inside)).orElseThrow().challenge();
        var brought = phone.create(challenge);
        var creation = new Creation(brought.get("client"), brought.get("attestation"));
        store.change("op", op -> Optional.of(op.anew("$hash").with(op.passkeys())));
        assertThat(desk.register(thief, id(inside), challenge, "phone", creation))
                .isNotEqualTo(Outcome.DONE);
        assertThat(desk.remove(thief, id(inside), tablet.id())).isNotEqualTo(Outcome.DONE);
        assertThat(desk.password(thief, id(inside), false)).isNotEqualTo(Outcome.DONE);
        assertThat(store.find("op").orElseThrow().passkeys())
                .singleElement()
                .satisfies(kept -> assertThat(kept.id()).isEqualTo(tablet.id()));
        assertThat(here.admits(inside)).isFalse();
    }

    @Test
    void whileThePasswordIsOffThePasskeyStaysThatIsKnownToLetThemIn() throws Exception {
        register(phone, "phone");
        register(tablet, "tablet");
        String mine = enterWith(phone);
        assertThat(said(mine, "/console/passkeys/password", Map.of("off", "true")))
                .isEqualTo("off");
        assertThat(said(mine, "/console/passkeys/remove", Map.of("id", phone.id())))
                .isEqualTo("last");
        assertThat(said(mine, "/console/passkeys/remove", Map.of("id", tablet.id())))
                .isEqualTo("removed");
        assertThat(here.admits(mine)).isTrue();
        assertThat(here.admits(enterWith(phone))).isTrue();
    }

    @Test
    void whereBrowsersHaveNoPasskeysThePasswordStaysOn() throws Exception {
        register(phone, "phone");
        var door = new OperatorDoor(store, URI.create("http://127.0.0.1:8080"), new SecureRandom(), clock);
        var desk = new PasskeyDesk(door, store, new SecureRandom(), clock);
        var entry = new Entry(store.find("op").orElseThrow().epoch(), Optional.of(phone.id()));
        String id = door.enter("op", entry, "with a passkey", ELSEWHERE);
        Session session = door.session(id).orElseThrow();
        assertThat(desk.mayDoWithout(session)).isFalse();
        assertThat(desk.password(session, id, true)).isEqualTo(Outcome.UNPROVEN);
        assertThat(store.find("op").orElseThrow().passwordOff()).isFalse();
    }

    @Test
    void whoCameInWithAPasskeyIsNotLockedOutByOthersWhoTry() throws Exception {
        register(phone, "phone");
        here.address = ELSEWHERE;
        enterWith(phone);
        for (int i = 0; i < 400; i++) {
            here.door.mayTry("198.18." + i / 200 + "." + i % 200, Optional.empty());
        }
        here.address = "192.0.2.77";
        assertThat(ask().statusCode()).as("no turn is left for all").isEqualTo(429);
        here.address = ELSEWHERE;
        assertThat(here.admits(enterWith(phone))).isTrue();
    }

    @Test
    void anAnswerThatNobodyAskedForIsNotLookedUp() throws Exception {
        register(phone, "phone");
        String browser = cookie(ask());
        int before = store.reads();
        for (String challenge : List.of("", "<b>", SoftAuthenticator.text(new byte[32]))) {
            var brought = phone.sign(challenge, user);
            assertThat(here.server
                            .post("/console/sign-in/passkey", brought, "Cookie", browser)
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(store.reads()).isEqualTo(before);
    }

    /// As a provider brings her, who showed it who she is.
    private OpenIdProvider.Entered anna() {
        return new OpenIdProvider.Entered(
                "sub:anna", "anna", Optional.empty(), clock.instant(), Optional.of(clock.instant()));
    }

    @Test
    void whomAProviderBringsIsSignedOutInEveryProcess() throws Exception {
        try (var there = new OperatorScreen(store, clock)) {
            String anna = "__Host-drawbridge-console=" + there.door.enterBy("login.example", anna(), ELSEWHERE);
            int before = store.reads();
            assertThat(there.admits(anna)).isTrue();
            assertThat(store.reads() - before).as("one look into the store").isEqualTo(1);
            for (String each : List.of("at first", "said once more")) {
                assertThat(said(inside, "/console/operators/remove", Map.of("name", "oidc:sub:anna")))
                        .as(each)
                        .isEqualTo("signed-out");
            }
            assertThat(ended()).isEqualTo(2);
            assertThat(there.admits(anna)).as("of another process").isFalse();
            before = store.reads();
            assertThat(there.admits(anna)).isFalse();
            assertThat(store.reads()).as("nothing is left of it").isEqualTo(before);
            clock.advance(Duration.ofSeconds(61));
            anna = "__Host-drawbridge-console=" + there.door.enterBy("login.example", anna(), ELSEWHERE);
            assertThat(there.admits(anna)).as("brought again").isTrue();
        }
    }

    private long ended() {
        return store.deeds(100).stream()
                .filter(deed -> deed.what().startsWith("ended"))
                .count();
    }

    @Test
    void aProcessWhoseClockIsAheadEndsThemToo() throws Exception {
        var ahead = new VirtualClock();
        ahead.advance(Duration.ofSeconds(50));
        try (var there = new OperatorScreen(store, ahead)) {
            String anna = "__Host-drawbridge-console=" + there.door.enterBy("login.example", anna(), ELSEWHERE);
            assertThat(there.admits(anna)).isTrue();
            assertThat(here.door.remove("oidc:sub:anna", "(shell)")).isEqualTo(OperatorDoor.Removal.SIGNED_OUT);
            assertThat(there.admits(anna)).isFalse();
        }
    }

    @Test
    void aSignOutThatStoppedHalfWayIsDoneWhenItIsSaidAgain() {
        var out = new OpenIdProvider.SignOut("a word", Optional.of("anna"), Optional.of("one"), clock.instant());
        store.auditAway = true;
        assertThatThrownBy(() -> here.door.signOutBy("login.example", out)).hasMessageContaining("does not answer");
        store.auditAway = false;
        assertThat(here.door.signOutBy("login.example", out)).isTrue();
        assertThat(here.door.signOutBy("login.example", out)).isFalse();
        assertThat(ended()).isEqualTo(1);
    }

    @Test
    void anOperatorWhoIsRemovedIsSignedOutInEveryProcess() throws Exception {
        store.add(new Operator("zoe", PasswordHash.of(OTHER, new SecureRandom()), clock.instant()));
        try (var there = new OperatorScreen(store, clock)) {
            String zoe = cookie(there.signIn("zoe", OTHER));
            assertThat(there.admits(zoe)).isTrue();
            assertThat(here.door.remove("zoe", "(shell)")).isEqualTo(OperatorDoor.Removal.REMOVED);
            assertThat(there.admits(zoe)).isFalse();
        }
    }

    @Test
    void whomAProviderBringsMakesNobodyAnOperatorAndIsSignedOut() throws Exception {
        String anna = "__Host-drawbridge-console=" + here.door.enterBy("login.example", anna(), ELSEWHERE);
        assertThat(here.get("/console/operators", anna).body())
                .contains("A provider says who you are")
                .doesNotContain("/console/operators/add", "/console/operators/remove");
        store.add(new Operator("zoe", "$hash", clock.instant()));
        for (String path : List.of("/console/operators/add", "/console/operators/remove")) {
            for (String name : List.of("mallory", "zoe")) {
                var refused = here.form(path, anna, Map.of("name", name));
                assertThat(refused.statusCode()).as(path).isEqualTo(403);
                assertThat(refused.body())
                        .contains("A provider says who you are")
                        .doesNotContain("set-up?token");
            }
        }
        assertThat(store.find("zoe")).isPresent();
        var name = Map.of("name", "oidc:sub:anna");
        assertThat(said(inside, "/console/operators/remove", name)).isEqualTo("signed-out");
        assertThat(here.get("/console/operators?done=signed-out", inside).body())
                .contains("or they come in again");
        assertThat(here.admits(anna)).isFalse();
        assertThat(here.audit(inside)).contains("ended the sessions of", "oidc:sub:anna");
        assertThat(said(inside, "/console/operators/remove", Map.of("name", "oidc:sub:nobody")))
                .isEqualTo("not-brought");
        assertThat(here.get("/console/operators?done=not-brought", inside).body())
                .contains("No provider brought anybody of this name");
    }
}
