package dev.drawbridge.console;

import static dev.drawbridge.console.OperatorScreen.PASSWORD;
import static dev.drawbridge.console.OperatorScreen.cookie;
import static dev.drawbridge.console.OperatorScreen.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.crypto.PasswordHash;
import dev.drawbridge.model.port.Operators.Deed;
import dev.drawbridge.model.port.Operators.Operator;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever finds a console that somebody left open neither makes a way in for themselves nor does what cannot be taken
/// back.
@Timeout(180)
class ShowAgainTest {
    private static final Duration LONG_AGO = Duration.ofMinutes(5).plusSeconds(1);
    private static final String ADD = "/console/operators/add";
    private static final Map<String, String> ANNA = Map.of("name", "anna <b>");

    private final OperatorScreen screen = new OperatorScreen(OperatorScreen.HOME);
    private final SoftAuthenticator phone = new SoftAuthenticator();
    private String inside = "";

    @BeforeEach
    void enter() throws Exception {
        inside = screen.inside();
    }

    @AfterEach
    void stop() {
        screen.close();
    }

    private static Map<String, String> with(Map<String, String> fields, Map<String, String> more) {
        var all = new HashMap<>(fields);
        all.putAll(more);
        return all;
    }

    private static Map<String, String> proof(String password) {
        return Map.of("again-password", password);
    }

    private void asked(HttpResponse<String> answer, String... sentences) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("Show who you are");
        for (String sentence : sentences) {
            assertThat(answer.body()).contains(sentence);
        }
    }

    private long shown() {
        return screen.operators.deeds(100).stream()
                .map(Deed::what)
                .filter("showed again who they are"::equals)
                .count();
    }

    /// Whoever adds a form decides here to which of the two it belongs.
    @Test
    void eachFormIsOneThatAsksAgainOrNot() {
        var posts = screen.server.handlers().entrySet().stream()
                .filter(entry -> entry.getKey().getMethodsCondition().toString().contains("POST"))
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .filter(path -> path.startsWith("/console"))
                        .map(path -> Map.entry(path, entry.getValue().hasMethodAnnotation(AsksAgain.class))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toCollection(TreeSet::new))));
        assertThat(posts.get(true))
                .containsExactly(
                        "/console/account/readmit",
                        "/console/dead-letter/drop",
                        "/console/operators/add",
                        "/console/operators/remove",
                        "/console/passkeys/again",
                        "/console/passkeys/challenge",
                        "/console/passkeys/password",
                        "/console/passkeys/remove");
        assertThat(posts.get(false))
                .containsExactly(
                        "/console/account/remove",
                        "/console/dead-letter/replay",
                        "/console/keys/rotate",
                        "/console/passkeys",
                        "/console/relays/look",
                        "/console/set-up",
                        "/console/sign-in",
                        "/console/sign-in/oidc",
                        "/console/sign-in/oidc/sign-out",
                        "/console/sign-in/passkey",
                        "/console/sign-in/passkey/challenge",
                        "/console/sign-out");
    }

    @ParameterizedTest
    @CsvSource({
        "/console/account/readmit, 404",
        "/console/dead-letter/drop, 302",
        "/console/operators/add, 400",
        "/console/operators/remove, 302",
        "/console/passkeys/again, 302",
        "/console/passkeys/challenge, 200",
        "/console/passkeys/password, 302",
        "/console/passkeys/remove, 302"
    })
    void withoutAProofItIsNotDoneAndWithOneItIs(String path, int done) throws Exception {
        var fields = Map.of("id", "x", "network", "nostr", "off", "false", "name", "Nobody!");
        screen.clock.advance(LONG_AGO);
        asked(screen.form(path, inside, fields), "action=\"" + path + "\"");
        asked(screen.form(path, inside, with(fields, proof("another password"))), "That is not right");
        assertThat(shown()).isZero();
        var answer = screen.form(path, inside, with(fields, proof(PASSWORD)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(done);
        assertThat(answer.body()).doesNotContain("Show who you are");
        assertThat(shown()).isEqualTo(1);
        assertThat(screen.audit(inside)).contains("showed again who they are", "with a password, from 203.0.113.7");
        screen.clock.advance(Duration.ofMinutes(5));
        assertThat(screen.form(path, inside, fields).statusCode()).as("lately").isEqualTo(done);
        assertThat(shown()).isEqualTo(1);
        screen.clock.advance(Duration.ofSeconds(1));
        asked(screen.form(path, inside, fields));
    }

    @Test
    void whatWasTypedStaysInTheFormAndTheProofDoesNot() throws Exception {
        screen.clock.advance(LONG_AGO);
        var answer = screen.form(ADD, inside, with(ANNA, proof("a wrong secret")));
        asked(answer, "name=\"name\" value=\"anna &lt;b&gt;\"");
        assertThat(answer.body()).doesNotContain("a wrong secret", "anna <b>");
        assertThat(screen.operators.deeds(100))
                .noneMatch(deed ->
                        deed.what().startsWith("made a link") || deed.about().contains("wrong secret"));
    }

    @Test
    void aProofIsForOneSessionAndItsOwner() throws Exception {
        String other = cookie(screen.signIn("op", PASSWORD));
        screen.operators.add(new Operator(
                "zoe", PasswordHash.of("the password of zoe", new SecureRandom()), screen.clock.instant()));
        screen.clock.advance(LONG_AGO);
        asked(screen.form(ADD, inside, with(ANNA, proof("the password of zoe"))));
        assertThat(screen.form("/console/passkeys/again", inside, proof(PASSWORD))
                        .statusCode())
                .isEqualTo(302);
        asked(screen.form(ADD, other, ANNA));
    }

    @Test
    void guessesAreCounted() throws Exception {
        screen.clock.advance(LONG_AGO);
        for (int i = 0; i < 5; i++) {
            asked(screen.form(ADD, inside, with(ANNA, proof("guess " + i))));
        }
        asked(screen.form(ADD, inside, with(ANNA, proof(PASSWORD))));
        screen.clock.advance(Duration.ofMinutes(1));
        assertThat(screen.form("/console/passkeys/again", inside, proof(PASSWORD))
                        .statusCode())
                .isEqualTo(302);
    }

    /// Without the token of the session nobody finds out by it whether a password is right.
    @Test
    void formsOfOtherSitesProveNothing() throws Exception {
        screen.clock.advance(LONG_AGO);
        assertThat(screen.server
                        .post("/console/passkeys/again", proof(PASSWORD), "Cookie", inside)
                        .statusCode())
                .isEqualTo(403);
        assertThat(screen.server
                        .post("/console/passkeys/again", proof(PASSWORD))
                        .statusCode())
                .isEqualTo(303);
        assertThat(shown()).isZero();
    }

    private String register(SoftAuthenticator authenticator, String cookie) throws Exception {
        var wanted = json(screen.form("/console/passkeys/challenge", cookie, Map.of()));
        var brought = authenticator.create(wanted.path("challenge").asString());
        brought.put("name", "phone");
        assertThat(screen.form("/console/passkeys", cookie, brought).statusCode())
                .isEqualTo(200);
        return wanted.path("user").asString();
    }

    private HttpResponse<String> brings(Map<String, String> made, String cookie) throws Exception {
        return screen.form("/console/passkeys", cookie, with(made, Map.of("name", "phone")));
    }

    /// Else the authenticator would keep one that nobody here knows.
    @Test
    void aPasskeyThatWasBegunInTimeIsKeptOnceAndInItsOwnSession() throws Exception {
        String other = cookie(screen.signIn("op", PASSWORD));
        screen.clock.advance(Duration.ofMinutes(5));
        var wanted = json(screen.form("/console/passkeys/challenge", inside, Map.of()));
        var lost = json(screen.form("/console/passkeys/challenge", inside, Map.of()));
        screen.clock.advance(Duration.ofSeconds(1));
        var made = phone.create(wanted.path("challenge").asString());
        assertThat(brings(made, inside).statusCode()).isEqualTo(200);
        assertThat(brings(made, inside).statusCode()).as("once").isEqualTo(403);
        var foisted = new SoftAuthenticator().create(lost.path("challenge").asString());
        assertThat(brings(foisted, other).statusCode()).as("of another session").isEqualTo(403);
        var unasked = new SoftAuthenticator().create(SoftAuthenticator.text(new byte[32]));
        assertThat(brings(unasked, inside).statusCode()).as("nobody asked").isEqualTo(403);
        assertThat(screen.operators.find("op").orElseThrow().passkeys())
                .singleElement()
                .satisfies(kept -> assertThat(kept.id()).isEqualTo(phone.id()));
    }

    private HttpResponse<String> ask() throws Exception {
        return screen.server.post("/console/sign-in/passkey/challenge", Map.of());
    }

    private static Map<String, String> proof(SoftAuthenticator authenticator, HttpResponse<String> asked, String user) {
        var proof = new HashMap<String, String>();
        authenticator
                .sign(json(asked).path("challenge").asString(), user)
                .forEach((name, value) -> proof.put("again-" + name, value));
        return proof;
    }

    @Test
    void aPasskeyIsAProofOnceAndInItsOwnBrowser() throws Exception {
        String user = register(phone, inside);
        screen.clock.advance(LONG_AGO);
        asked(screen.form(ADD, inside, ANNA), "Go on with a passkey");
        var asked = ask();
        var proof = proof(phone, asked, user);
        asked(screen.form(ADD, inside + "; " + cookie(ask()), with(ANNA, proof)), "That is not right");
        String both = inside + "; " + cookie(asked);
        assertThat(screen.form("/console/passkeys/again", both, proof).statusCode())
                .isEqualTo(302);
        assertThat(screen.audit(inside)).contains("with the passkey “phone”, from 203.0.113.7");
        screen.clock.advance(LONG_AGO);
        asked(screen.form(ADD, both, with(ANNA, proof)), "That is not right");
        assertThat(shown()).isEqualTo(1);
    }

    @Test
    void thePasskeyOfSomebodyElseIsNoProof() throws Exception {
        screen.operators.add(new Operator(
                "zoe", PasswordHash.of("the password of zoe", new SecureRandom()), screen.clock.instant()));
        String zoe = cookie(screen.signIn("zoe", "the password of zoe"));
        String user = register(phone, zoe);
        screen.clock.advance(LONG_AGO);
        var asked = ask();
        asked(screen.form(ADD, inside + "; " + cookie(asked), with(ANNA, proof(phone, asked, user))));
        assertThat(shown()).isZero();
    }

    @Test
    void aPasswordThatIsSwitchedOffIsNoProof() throws Exception {
        String user = register(phone, inside);
        var asked = ask();
        var signed = phone.sign(json(asked).path("challenge").asString(), user);
        String mine = cookie(screen.server.post("/console/sign-in/passkey", signed, "Cookie", cookie(asked)));
        assertThat(screen.form("/console/passkeys/password", mine, Map.of("off", "true"))
                        .statusCode())
                .isEqualTo(302);
        screen.clock.advance(LONG_AGO);
        var answer = screen.form(ADD, mine, with(ANNA, proof(PASSWORD)));
        asked(answer, "your password is switched off");
        assertThat(answer.body()).doesNotContain("again-password");
    }

    @Test
    void aScriptIsToldSoAndLeadsToAPageThatKnowsTheName() throws Exception {
        screen.clock.advance(LONG_AGO);
        var told = screen.form("/console/passkeys/challenge", inside, Map.of(), "Accept", "application/json");
        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(json(told).path("again").asBoolean()).isTrue();
        assertThat(json(told).path("challenge").isMissingNode()).isTrue();
        var shown = screen.form("/console/passkeys/again", inside, with(proof(PASSWORD), Map.of("name", "my <b>é{x}")));
        String next = shown.headers().firstValue("location").orElseThrow();
        assertThat(next).startsWith("/console/passkeys?done=shown&called=my+%3Cb%3E");
        assertThat(screen.get(next, inside).body()).contains("You showed who you are", "value=\"my &lt;b&gt;é{x}\"");
        assertThat(screen.get("/console/passkeys?called=" + "x".repeat(61), inside)
                        .body())
                .doesNotContain("value=\"xxx");
    }
}
