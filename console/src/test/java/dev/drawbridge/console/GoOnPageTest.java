package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sending those who follow a stand-in to an account of one's own, on the account page.
class GoOnPageTest extends AccountScene {
    private static final NativeId NORA = new NativeId(Network.NOSTR, "ab".repeat(32));
    private static final NativeId STAND_IN = new NativeId(Network.ACTIVITYPUB, "nora here");
    private static final NativeId OWN = new NativeId(Network.ACTIVITYPUB, "nora there");

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

    private String goOn(String cookie, String account) throws Exception {
        return form(cookie, "/account/go-on", Map.of("account", account))
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
