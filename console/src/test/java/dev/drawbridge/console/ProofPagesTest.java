package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.HttpCall;
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
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.GenericApplicationContext;

/// Signing in with an app that signs, and by asking somebody's server.
@Timeout(120)
class ProofPagesTest {
    private static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");
    private static final NativeId NPUB = new NativeId(Network.NOSTR, "ab".repeat(32));
    private static final URI HOME = URI.create("https://bridge.example");
    private static final Pattern FIELD = Pattern.compile("\"(challenge|url|payload|next|error)\":\"([^\"]*)\"");
    private static final Pattern LINK = Pattern.compile("href=\"(https://social.example/ask[^\"]*)\"");

    private final VirtualClock clock = new VirtualClock();
    private final List<HttpCall> checked = new ArrayList<>();
    private final List<Map<String, String>> answers = new ArrayList<>();
    private Verdict verdict = new Verdict.Proven(NPUB);
    private Optional<Refusal> beginning = Optional.empty();
    private String address = "203.0.113.7";
    private final PageServer server =
            new PageServer(PageTexts.DEFAULT, () -> address, List.of(AccountPages.class), this::beans);

    private void beans(GenericApplicationContext context, PageServer pages) {
        pages.nostr.proving((AccountProof.BySignature) call -> {
            checked.add(call);
            return verdict;
        });
        pages.fedi.proving((AccountProof.ByTheirServer) this::begin);
        context.registerBean(SignIns.class, () -> new SignIns(HOME, new Random(1), clock));
        context.registerBean(AccountPages.Access.class, () -> new AccountPages.Access(HOME, new SecureRandom(), clock));
        context.registerBean(
                MyAccount.class,
                () -> new MyAccount(
                        pages.ports,
                        new Connectors(List.of(pages.fedi, pages.nostr, pages.sky)),
                        new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                        _ -> {},
                        clock,
                        new Random(1)));
    }

    private Start begin(String name, String state, URI back) {
        if (beginning.isPresent()) {
            return new Start.Refused(beginning.get());
        }
        assertThat(back).isEqualTo(HOME.resolve("/account/sign-in/back"));
        var page = URI.create("https://social.example/ask?name=" + PageServer.encoded(name) + "&state=" + state);
        return new Start.Ask(page, AMAL, parameters -> {
            answers.add(parameters);
            return verdict;
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String cookies(HttpResponse<String> answer) {
        return String.join(
                "; ",
                answer.headers().allValues("set-cookie").stream()
                        .map(c -> c.replaceFirst(";.*", ""))
                        .toList());
    }

    private static Map<String, String> fields(String json) {
        var fields = new HashMap<String, String>();
        Matcher found = FIELD.matcher(json);
        while (found.find()) {
            fields.put(found.group(1), found.group(2));
        }
        return fields;
    }

    private HttpResponse<String> challenge() throws Exception {
        return server.post("/account/sign-in/challenge", Map.of("network", "nostr"));
    }

    private HttpResponse<String> signed(String challenge, String cookie, String... more) throws Exception {
        var headers = new ArrayList<>(List.of("Authorization", "Nostr e30=", "Cookie", cookie));
        headers.addAll(List.of(more));
        return server.post("/account/sign-in/signed", challenge, headers.toArray(String[]::new));
    }

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

    private HttpResponse<String> ask(String name) throws Exception {
        return server.post("/account/sign-in/server", Map.of("network", "activitypub", "name", name));
    }

    private static String state(HttpResponse<String> page) {
        Matcher link = LINK.matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1).replaceFirst(".*state=", "");
    }

    private HttpResponse<String> back(String state, String cookie) throws Exception {
        return server.get("/account/sign-in/back?code=c1&state=" + state, "Cookie", cookie);
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

    @Test
    void turnsAreCountedForOneLineOneAccountAndEverybody() throws Exception {
        for (int i = 0; i < 10; i++) {
            address = "2001:db8:1:2::" + i;
            assertThat(challenge().statusCode()).isEqualTo(200);
        }
        address = "2001:db8:1:2:ffff::1";
        assertThat(challenge().statusCode()).as("the same /64").isEqualTo(429);
        address = "2001:db8:1:3::1";
        assertThat(challenge().statusCode()).as("another").isEqualTo(200);
        int asked = 0;
        int status = 200;
        for (; asked < 40 && status == 200; asked++) {
            address = "198.51.100." + asked;
            status = ask("@amal@social.example").statusCode();
        }
        assertThat(status).isEqualTo(429);
        assertThat(asked).as("turns of one account").isEqualTo(21);
        status = 200;
        for (int i = 0; i < 400 && status == 200; i++) {
            address = "192.0.2." + (i % 250);
            status = challenge().statusCode();
        }
        assertThat(status).as("everybody together").isEqualTo(429);
        clock.advance(Duration.ofMinutes(5));
        assertThat(challenge().statusCode()).isEqualTo(200);
    }
}
