package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Accounts;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.Sanction;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.port.DeadLetters.Stage;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.InMemoryOperators;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The operator's pages: who comes in, and what they can do there.
@Timeout(180)
class OperatorPagesTest {
    private static final URI HOME = URI.create("https://bridge.example");
    private static final String PASSWORD = "a long enough password";
    private static final String ATTACK = "<script>alert('x')</script>";
    private static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    private final InMemoryOperators operators = new InMemoryOperators();
    private final VirtualClock clock = new VirtualClock();
    private final OperatorDoor door = new OperatorDoor(operators, HOME, new SecureRandom(), clock);
    private final List<NativeEvent> decided = new ArrayList<>();
    private final PageServer server =
            new PageServer(PageTexts.DEFAULT, "203.0.113.7", List.of(OperatorPages.class), (context, pages) -> {
                context.registerBean(ConsoleAccess.class, () -> access(pages));
                context.registerBean(
                        EngineRoom.class,
                        () -> EngineRoomPagesTest.room(pages, MasterKeys.inMemory(new SecureRandom())));
            });

    private boolean away;

    private void take(NativeEvent event) {
        if (away) {
            throw new IllegalStateException("at dev.drawbridge.Secret.inside");
        }
        decided.add(event);
    }

    private ConsoleAccess access(PageServer pages) {
        return new ConsoleAccess(
                door,
                operators,
                pages.ports,
                new Accounts(pages.ports.consents()),
                new DeadLetterDesk(pages.ports.deadLetters(), this::take, _ -> {}, new Connectors(List.of())),
                decided::add,
                new SecureRandom(),
                clock,
                Optional.empty(),
                List.of(new ConsoleAccess.Setting("drawbridge.domain", ATTACK)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> setUp(String token, String name, String password) throws Exception {
        return server.post("/console/set-up", Map.of("token", token, "name", name, "password", password));
    }

    private String token() {
        return door.invitation().orElseThrow().toString().replaceFirst(".*=", "");
    }

    private HttpResponse<String> signIn(String name, String password) throws Exception {
        return server.post("/console/sign-in", Map.of("name", name, "password", password));
    }

    /// @return the cookie
    private String inside() throws Exception {
        setUp(token(), "op", PASSWORD);
        return cookie(signIn("op", PASSWORD));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return server.get(path, "Cookie", cookie);
    }

    private HttpResponse<String> form(String path, String cookie, Map<String, String> fields) throws Exception {
        Matcher token = CSRF.matcher(get("/console/audit", cookie).body());
        assertThat(token.find()).isTrue();
        var all = new HashMap<>(fields);
        all.put("csrf", token.group(1));
        return server.post(path, all, "Cookie", cookie);
    }

    @Test
    void theLinkOfTheFirstStartMakesTheOperatorOnce() throws Exception {
        String token = token();
        assertThat(server.get("/console/set-up?token=" + token).body()).contains("twelve characters", token);
        assertThat(server.get("/console/set-up?token=" + "0".repeat(64)).statusCode())
                .isEqualTo(403);
        assertThat(setUp(token, "op", "short").statusCode()).isEqualTo(400);
        assertThat(setUp(token, "<b>", PASSWORD).statusCode()).isEqualTo(400);
        assertThat(setUp(token, "op", PASSWORD).statusCode()).isEqualTo(302);
        assertThat(operators.find("op"))
                .hasValueSatisfying(op -> assertThat(op.password()).startsWith("$argon2id$"));
        assertThat(setUp(token, "other", PASSWORD).statusCode()).isEqualTo(403);
        assertThat(operators.find("other")).isEmpty();
        assertThat(new OperatorDoor(operators, HOME, new SecureRandom(), clock).invitation())
                .isEmpty();
    }

    @Test
    void nobodyComesInWithoutASession() throws Exception {
        for (String path : List.of(
                "/console",
                "/console/",
                "/console/dead-letters",
                "/console/dead-letter?id=x",
                "/console/accounts",
                "/console/account?network=nostr&id=x",
                "/console/hosts",
                "/console/relays",
                "/console/blocks",
                "/console/keys",
                "/console/settings",
                "/console/audit")) {
            var answer = server.get(path);
            assertThat(answer.statusCode()).as(path).isIn(303, 404);
            assertThat(answer.body()).as(path).doesNotContain("drawbridge.domain");
        }
        assertThat(get("/console", "__Host-drawbridge-console=" + "0".repeat(64))
                        .statusCode())
                .isEqualTo(303);
        for (String path : List.of(
                "/console/dead-letter/drop",
                "/console/account/remove",
                "/console/account/readmit",
                "/console/keys/rotate",
                "/console/relays/look",
                "/console/sign-out")) {
            assertThat(server.post(path, Map.of("id", "x")).statusCode())
                    .as(path)
                    .isEqualTo(303);
        }
    }

    @Test
    void aSessionBeginsWithANewCookieThatOnlyThisHostSees() throws Exception {
        setUp(token(), "op", PASSWORD);
        var answer = server.post(
                "/console/sign-in",
                Map.of("name", "op", "password", PASSWORD),
                "Cookie",
                "__Host-drawbridge-console=foisted");
        assertThat(answer.headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .startsWith("__Host-drawbridge-console=")
                        .contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/")
                        .doesNotContain("foisted", "Domain"));
        assertThat(get("/console", "__Host-drawbridge-console=foisted").statusCode())
                .isEqualTo(303);
        assertThat(get("/console", cookie(answer)).statusCode()).isEqualTo(200);
    }

    @Test
    void wrongNamesAndWrongPasswordsLookTheSameAndAreFew() throws Exception {
        setUp(token(), "op", PASSWORD);
        var name = signIn("nobody", PASSWORD);
        var password = signIn("op", "a wrong password");
        assertThat(name.statusCode()).isEqualTo(403);
        assertThat(password.body()).isEqualTo(name.body());
        for (int i = 0; i < 3; i++) {
            assertThat(signIn("op", "guess " + i).statusCode()).isEqualTo(403);
        }
        assertThat(signIn("op", PASSWORD).statusCode()).as("too many attempts").isEqualTo(403);
        clock.advance(Duration.ofMinutes(2));
        assertThat(signIn("op", PASSWORD).statusCode()).isEqualTo(302);
    }

    @Test
    void aSessionEnds() throws Exception {
        String cookie = inside();
        clock.advance(Duration.ofMinutes(59));
        assertThat(get("/console", cookie).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(61));
        assertThat(get("/console", cookie).statusCode()).isEqualTo(303);
        String other = cookie(signIn("op", PASSWORD));
        assertThat(form("/console/sign-out", other, Map.of()).statusCode()).isEqualTo(302);
        assertThat(get("/console", other).statusCode()).isEqualTo(303);
    }

    @Test
    void formsOfOtherSitesAreRefused() throws Exception {
        String cookie = inside();
        server.ports.deadLetters().put(new DeadLetter("one", Stage.BRIDGE, "", "rain", "x", clock.instant()));
        var fields = Map.of("id", "one");
        assertThat(server.post("/console/dead-letter/drop", fields, "Cookie", cookie)
                        .statusCode())
                .as("without its token")
                .isEqualTo(403);
        assertThat(server.post("/console/dead-letter/drop", fields, "Cookie", cookie, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.post(
                                "/console/sign-in",
                                Map.of("name", "op", "password", PASSWORD),
                                "Origin",
                                "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.ports.deadLetters().count()).isEqualTo(1);
    }

    @Test
    void deadLettersAreShownTriedAgainAndThrownAway() throws Exception {
        String cookie = inside();
        byte[] event = new EngineJson().write(new Sanction(true, "why", clock.instant()).about(AMAL));
        var letters = server.ports.deadLetters();
        letters.put(new DeadLetter(
                "one " + ATTACK, Stage.BRIDGE, "", ATTACK, new String(event, StandardCharsets.UTF_8), clock.instant()));
        letters.put(new DeadLetter("two", Stage.DELIVER, "nostr|own", "rain", ATTACK, clock.instant()));
        assertThat(get("/console/dead-letters", cookie).body()).contains("two").doesNotContain("<script>alert");
        assertThat(get("/console/dead-letter?id=two", cookie).body()).contains("&lt;script&gt;");
        assertThat(form("/console/dead-letter/replay", cookie, Map.of("id", "two"))
                        .headers()
                        .firstValue("location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("done=hopeless"));
        form("/console/dead-letter/replay", cookie, Map.of("id", "one " + ATTACK));
        form("/console/dead-letter/drop", cookie, Map.of("id", "two"));
        assertThat(letters.count()).isZero();
        assertThat(decided).hasSize(1);
        assertThat(get("/console/audit", cookie).body())
                .contains("replayed a dead letter", "dropped a dead letter", "signed in", "set up the console")
                .doesNotContain("<script>alert");
        assertThat(get("/console/dead-letter?id=two", cookie).statusCode()).isEqualTo(404);
    }

    private String replayed(String cookie, String id) throws Exception {
        return form("/console/dead-letter/replay", cookie, Map.of("id", id))
                .headers()
                .firstValue("location")
                .orElse("");
    }

    @Test
    void whatBecameOfALetterIsASentence() throws Exception {
        String cookie = inside();
        byte[] event = new EngineJson().write(new Sanction(true, "why", clock.instant()).about(AMAL));
        var letters = server.ports.deadLetters();
        letters.put(new DeadLetter(
                "one", Stage.BRIDGE, "", "rain", new String(event, StandardCharsets.UTF_8), clock.instant()));
        away = true;
        assertThat(replayed(cookie, "one")).endsWith("done=not-now");
        assertThat(get("/console/dead-letters?done=not-now", cookie).body())
                .contains("at the moment, and stays here")
                .doesNotContain("Secret");
        assertThat(letters.count()).isEqualTo(1);
        assertThat(get("/console/audit", cookie).body()).doesNotContain("replayed a dead letter");
        away = false;
        assertThat(replayed(cookie, "one")).endsWith("done=replayed");
        assertThat(replayed(cookie, "one")).endsWith("done=not-there");
        assertThat(get("/console/dead-letters?done=not-there", cookie).body()).contains("somebody else was faster");
        assertThat(form("/console/dead-letter/replay", cookie, Map.of()).statusCode())
                .as("which one?")
                .isEqualTo(400);
    }

    @Test
    void accountsAreFoundAndDecidedAbout() throws Exception {
        String cookie = inside();
        server.fedi.profile(Profile.builder(AMAL, "@amal@social.example")
                .displayName(ATTACK)
                .build());
        server.ports
                .consents()
                .put(new Consent(AMAL, Network.NOSTR, Consent.State.GIVEN, "followed " + ATTACK, clock.instant()));
        assertThat(get("/console/accounts", cookie).body())
                .contains(AMAL.value())
                .doesNotContain("<script>alert");
        assertThat(get("/console/accounts?q=%40amal%40social.example", cookie).body())
                .contains(AMAL.value());
        assertThat(get("/console/accounts?mirrors=true", cookie).body()).doesNotContain(AMAL.value());
        String path = "/console/account?network=activitypub&id=" + PageServer.encoded(AMAL.value());
        assertThat(get(path, cookie).body()).contains("What they said").doesNotContain("<script>alert");
        var who = Map.of("network", "activitypub", "id", AMAL.value());
        assertThat(form("/console/account/remove", cookie, who).statusCode())
                .as("no reason")
                .isEqualTo(400);
        var wish = new HashMap<>(who);
        wish.put("reason", "spam");
        assertThat(form("/console/account/remove", cookie, wish).statusCode()).isEqualTo(302);
        assertThat(decided)
                .singleElement()
                .satisfies(e -> assertThat(e.author()).isEqualTo(AMAL));
        assertThat(get("/console/audit", cookie).body()).contains("removed", "spam");
        wish.put("id", "https://social.example/stranger");
        assertThat(form("/console/account/remove", cookie, wish).statusCode()).isEqualTo(404);
    }

    @Test
    void theOverviewSaysWhatIsWrong() throws Exception {
        String cookie = inside();
        server.nostr.troubled(ATTACK, "relay is away");
        assertThat(get("/console", cookie).body()).contains("relay is away").doesNotContain("<script>alert");
        assertThat(get("/console/settings", cookie).body())
                .contains("&lt;script&gt;")
                .doesNotContain("<script>alert");
        assertThat(server.get("/console", "Cookie", cookie, "Accept-Language", "fr")
                        .body())
                .contains("Aperçu");
    }
}
