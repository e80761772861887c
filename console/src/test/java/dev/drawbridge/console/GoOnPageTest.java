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
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
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

/// Sending those who follow a stand-in to an account of one's own, on the account page.
class GoOnPageTest {
    private static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");
    private static final NativeId NORA = new NativeId(Network.NOSTR, "ab".repeat(32));
    private static final NativeId STAND_IN = new NativeId(Network.ACTIVITYPUB, "nora here");
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
    void noraIsShownInTheFediverse() {
        var bot = new NativeId(Network.NOSTR, "bot");
        var identities = server.ports.identities();
        identities.putIfAbsent(new Ghost(NORA, STAND_IN, "@nora@bridge.example", true, clock.instant()));
        identities.putIfAbsent(new Ghost(Ghost.botOrigin(Network.ACTIVITYPUB), bot, "@bot", true, clock.instant()));
        server.ports
                .consents()
                .put(new Consent(NORA, Network.ACTIVITYPUB, Consent.State.GIVEN, "asked", clock.instant()));
        server.fedi.profile(Profile.bare(OWN, "@nora@fedi.example"));
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

    private String goOn(String cookie, String account) throws Exception {
        Matcher token = CSRF.matcher(server.get("/account", "Cookie", cookie).body());
        assertThat(token.find()).isTrue();
        return server.post("/account/go-on", Map.of("account", account, "csrf", token.group(1)), "Cookie", cookie)
                .headers()
                .firstValue("location")
                .orElse("");
    }

    @Test
    void thoseWhoFollowAreSentToAnAccountThatNamesTheStandInAndNowhereElse() throws Exception {
        String amal = inside(AMAL);
        assertThat(server.get("/account", "Cookie", amal).body())
                .as("there is nobody to send anywhere")
                .doesNotContain("/account/go-on");
        assertThat(goOn(amal, "@nora@fedi.example")).endsWith("done=move-nothing-moves");
        String cookie = inside(NORA);
        assertThat(server.get("/account", "Cookie", cookie).body()).containsOnlyOnce("/account/go-on");
        assertThat(goOn(cookie, "@nora@fedi.example")).endsWith("done=move-unproven");
        assertThat(server.get("/account?done=move-unproven", "Cookie", cookie).body())
                .contains("does not say that this one is yours");
        for (String nobody : List.of("", "nora", "@nobody@fedi.example", "https://fedi.example/@nora")) {
            assertThat(goOn(cookie, nobody)).as(nobody).endsWith("done=move-nobody");
        }
        assertThat(told).isEmpty();
        server.fedi.profile(Profile.builder(OWN, "@nora@fedi.example")
                .aliases(List.of(FakeNetwork.alias(STAND_IN)))
                .build());
        assertThat(goOn(cookie, " @Nora@fedi.example ")).endsWith("done=asked");
        assertThat(told)
                .singleElement()
                .satisfies(event -> assertThat(event.author()).isEqualTo(NORA));
        assertThat(Told.of(told.getFirst().body().text()).orElseThrow().command())
                .isEqualTo(new Command(Verb.MIGRATE, List.of("nora@fedi.example"), Locale.ENGLISH));
        assertThat(server.post("/account/go-on", Map.of("account", "@nora@fedi.example"), "Cookie", cookie)
                        .statusCode())
                .as("without its token")
                .isEqualTo(403);
        String answer = "";
        for (int i = 0; i < 20 && !answer.endsWith("done=move-later"); i++) {
            answer = goOn(cookie, "@nora@fedi.example");
        }
        assertThat(answer).as("servers of others are asked").endsWith("done=move-later");
    }
}
