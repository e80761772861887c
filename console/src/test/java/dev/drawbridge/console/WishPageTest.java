package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

/// Waiting for people, and hearing of answers that are not carried, on the account page.
class WishPageTest {
    private static final NativeId NORA = new NativeId(Network.NOSTR, "ab".repeat(32));
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    private final VirtualClock clock = new VirtualClock();
    private final SignIns signIns = new SignIns(URI.create("https://bridge.example/account"), new Random(1), clock);
    private final List<NativeEvent> told = new ArrayList<>();
    private final PageServer server =
            new PageServer(PageTexts.DEFAULT, "203.0.113.7", List.of(AccountPages.class), this::beans);

    private void beans(GenericApplicationContext context, PageServer pages) {
        context.registerBean(SignIns.class, () -> signIns);
        context.registerBean(
                AccountPages.Access.class,
                () -> new AccountPages.Access(URI.create("https://bridge.example"), new SecureRandom(), clock));
        context.registerBean(
                MyAccount.class,
                () -> new MyAccount(
                        pages.ports,
                        new Connectors(List.of(pages.fedi, pages.nostr, pages.sky)),
                        new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                        told::add,
                        clock,
                        new Random(1)));
    }

    @BeforeEach
    void noraAndTheBot() {
        var bot = new NativeId(Network.NOSTR, "bot");
        server.ports
                .identities()
                .putIfAbsent(new Ghost(Ghost.botOrigin(Network.ACTIVITYPUB), bot, "@bot", true, clock.instant()));
        server.nostr.profile(Profile.bare(NORA, "nora"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String inside(NativeId person) throws Exception {
        return server.post("/account/sign-in", Map.of("code", signIns.issue(person)))
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
    }

    private String ask(String cookie, String path, Map<String, String> form) throws Exception {
        Matcher token = CSRF.matcher(server.get("/account", "Cookie", cookie).body());
        assertThat(token.find()).isTrue();
        Map<String, String> whole = new HashMap<>(form);
        whole.put("csrf", token.group(1));
        return server.post(path, whole, "Cookie", cookie)
                .headers()
                .firstValue("location")
                .orElse("");
    }

    private void posts(Map<String, String> form, Command means) throws Exception {
        String cookie = inside(NORA);
        String path = form.containsKey("name") ? "/account/wait" : "/account/ask";
        told.clear();
        assertThat(ask(cookie, path, form)).endsWith("done=asked");
        assertThat(Told.of(told.getFirst().body().text()).orElseThrow().command())
                .isEqualTo(means);
    }

    private static Command command(Verb verb, String word) {
        return new Command(verb, List.of(word), Locale.ENGLISH);
    }

    @Test
    void whatTheyWishIsToldToTheBot() throws Exception {
        posts(Map.of("wish", "digest", "word", "daily"), command(Verb.DIGEST, "daily"));
        posts(Map.of("wish", "digest", "word", "off"), command(Verb.DIGEST, "off"));
        posts(Map.of("wish", "unfollow", "word", "all"), command(Verb.UNFOLLOW, "all"));
        posts(Map.of("wish", "follow", "name", "@Amal@social.example"), command(Verb.FOLLOW, "amal@social.example"));
        posts(Map.of("wish", "unfollow", "name", "amal@social.example"), command(Verb.UNFOLLOW, "amal@social.example"));
    }

    @Test
    void anythingElseIsRefused() throws Exception {
        String cookie = inside(NORA);
        Matcher token = CSRF.matcher(server.get("/account", "Cookie", cookie).body());
        assertThat(token.find()).isTrue();
        String csrf = token.group(1);
        for (Map<String, String> wrong : List.of(
                Map.of("wish", "digest", "word", "hourly", "csrf", csrf),
                Map.of("wish", "unfollow", "word", "amal", "csrf", csrf))) {
            assertThat(server.post("/account/ask", wrong, "Cookie", cookie).statusCode())
                    .isEqualTo(400);
        }
        for (Map<String, String> wrong : List.of(
                Map.of("wish", "block", "name", "amal", "csrf", csrf),
                Map.of("wish", "follow", "name", "two words", "csrf", csrf),
                Map.of("wish", "follow", "name", "", "csrf", csrf))) {
            assertThat(server.post("/account/wait", wrong, "Cookie", cookie).statusCode())
                    .isEqualTo(400);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void thePageShowsWhatIsCountedAndForHowManyTheyWait() throws Exception {
        String cookie = inside(NORA);
        assertThat(server.get("/account", "Cookie", cookie).body())
                .contains("Nobody counts for you", "not here yet: 0")
                .doesNotContain("Count none, and forget", "I wait for nobody any more");
        var copy = new NativeId(Network.ACTIVITYPUB, "copy");
        var digests = server.ports.digests();
        digests.put(new Digests.Wish(NORA, Digests.Rhythm.WEEKLY, clock.instant()));
        digests.count(NORA, copy, new NativeId(Network.ACTIVITYPUB, "one"), clock.instant());
        digests.count(NORA, copy, new NativeId(Network.ACTIVITYPUB, "two"), clock.instant());
        server.ports
                .follows()
                .put(new Follows.Edge(
                        NORA,
                        new NativeId(Network.BRIDGE, "awaited:ab"),
                        new NativeId(Network.BRIDGE, "wish:1"),
                        Optional.empty(),
                        true));
        assertThat(server.get("/account", "Cookie", cookie).body())
                .contains(
                        "Counted for you every week.",
                        "Answers until now: 2",
                        "https://activitypub.example/copy",
                        "not here yet: 1",
                        "I wait for nobody any more",
                        "the bot writes to you on");
    }

    @Test
    void whoGetsNoLettersIsToldToLookThere() throws Exception {
        var sean = new NativeId(Network.ATPROTO, "did:plc:sean");
        server.ports.digests().put(new Digests.Wish(sean, Digests.Rhythm.DAILY, clock.instant()));
        assertThat(server.get("/account", "Cookie", inside(sean)).body()).contains("so look here");
    }
}
