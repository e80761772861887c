package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.port.Links;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Saying on the account page that an account of another network is one's own.
class LinkPageTest extends AccountScene {
    private static final NativeId NORA = new NativeId(Network.NOSTR, "ab".repeat(32));
    private static final NativeId OWN = new NativeId(Network.ACTIVITYPUB, "nora there");

    @BeforeEach
    void noraAndTheBot() {
        var bot = new NativeId(Network.NOSTR, "bot");
        server.ports
                .identities()
                .putIfAbsent(new Ghost(Ghost.botOrigin(Network.ACTIVITYPUB), bot, "@bot", true, clock.instant()));
        server.fedi.profile(Profile.bare(OWN, "@nora@fedi.example"));
        server.nostr.profile(Profile.bare(NORA, "nora"));
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
