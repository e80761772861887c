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
import dev.drawbridge.model.port.Links;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

/// Saying on the account page that an account of another network is one's own.
class LinkPageTest {
    private static final NativeId NORA = new NativeId(Network.NOSTR, "ab".repeat(32));
    private static final NativeId OWN = new NativeId(Network.ACTIVITYPUB, "nora there");
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
        server.fedi.profile(Profile.bare(OWN, "@nora@fedi.example"));
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

    private String link(String cookie, String account) throws Exception {
        return ask(cookie, "/account/link", Map.of("account", account));
    }

    private void names(NativeId account, NativeId other) {
        var profile = Profile.builder(account, account.equals(OWN) ? "@nora@fedi.example" : "nora")
                .aliases(List.of(FakeNetwork.alias(other)))
                .build();
        (account.equals(OWN) ? server.fedi : server.nostr).profile(profile);
    }

    @Test
    void anAccountIsLinkedThatNamesThisOneAndIsNamedByIt() throws Exception {
        String cookie = inside(NORA);
        for (String nobody : List.of("", "two words", "@nobody@fedi.example")) {
            assertThat(link(cookie, nobody)).as(nobody).endsWith("done=link-nobody");
        }
        assertThat(link(cookie, "@nora@fedi.example")).endsWith("done=link-unsaid-here");
        assertThat(server.get("/account?done=link-unsaid-here", "Cookie", cookie)
                        .body())
                .contains("does not name the other one");
        names(NORA, OWN);
        assertThat(link(cookie, "@nora@fedi.example")).endsWith("done=link-unsaid-there");
        names(OWN, NORA);
        server.fedi.unanswering(OWN);
        assertThat(link(cookie, "@nora@fedi.example")).endsWith("done=link-silent");
        server.fedi.answering();
        assertThat(told).isEmpty();
        assertThat(link(cookie, " @Nora@fedi.example ")).endsWith("done=asked");
        assertThat(Told.of(told.getFirst().body().text()).orElseThrow().command())
                .isEqualTo(new Command(Verb.LINK, List.of("nora@fedi.example"), Locale.ENGLISH));
        String answer = "";
        for (int i = 0; i < 20 && !answer.endsWith("done=move-later"); i++) {
            answer = link(cookie, "@nora@fedi.example");
        }
        assertThat(answer).as("servers of others are asked").endsWith("done=move-later");
    }

    @Test
    void theirOwnAccountIsShownInThePlaceOfAStandInAndCanBeUnlinked() throws Exception {
        String cookie = inside(NORA);
        assertThat(server.get("/account", "Cookie", cookie).body()).doesNotContain("value=\"unlink\"");
        server.ports.links().put(new Links.Link(NORA, OWN, clock.instant(), clock.instant(), clock.instant()));
        assertThat(server.get("/account", "Cookie", cookie).body())
                .contains("@nora@fedi.example", "you have an account of your own there")
                .containsOnlyOnce("value=\"unlink\"");
        assertThat(ask(cookie, "/account/ask", Map.of("wish", "unlink", "word", "activitypub")))
                .endsWith("done=asked");
        assertThat(Told.of(told.getFirst().body().text()).orElseThrow().command())
                .isEqualTo(new Command(Verb.UNLINK, List.of("activitypub"), Locale.ENGLISH));
    }

    @Test
    void whoDidNotSignInLinksNobody() throws Exception {
        assertThat(server.post("/account/link", Map.of("account", "@nora@fedi.example"))
                        .statusCode())
                .isBetween(400, 403);
        assertThat(told).isEmpty();
    }
}
