package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Follows;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Waiting for people, and hearing of answers that are not carried, on the account page.
class WishPageTest extends AccountScene {
    private static final NativeId NORA = new NativeId(Network.NOSTR, "ab".repeat(32));

    @BeforeEach
    void noraAndTheBot() {
        var bot = new NativeId(Network.NOSTR, "bot");
        server.ports
                .identities()
                .putIfAbsent(new Ghost(Ghost.botOrigin(Network.ACTIVITYPUB), bot, "@bot", true, clock.instant()));
        server.nostr.profile(Profile.bare(NORA, "nora"));
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
        posts(Map.of("wish", "ask", "name", "@Amal@social.example"), command(Verb.ASK, "amal@social.example"));
        posts(Map.of("wish", "unfollow", "name", "amal@social.example"), command(Verb.UNFOLLOW, "amal@social.example"));
    }

    @Test
    void anythingElseIsRefused() throws Exception {
        String cookie = inside(NORA);
        String csrf = token(cookie);
        for (Map<String, String> wrong : List.of(
                Map.of("wish", "digest", "word", "hourly", "csrf", csrf),
                Map.of("wish", "unfollow", "word", "amal", "csrf", csrf))) {
            assertThat(server.post("/account/ask", wrong, "Cookie", cookie).statusCode())
                    .isEqualTo(400);
        }
        for (Map<String, String> wrong : List.of(
                Map.of("wish", "block", "name", "amal", "csrf", csrf),
                Map.of("wish", "follow", "name", "two words", "csrf", csrf),
                Map.of("wish", "ask", "name", "two words", "csrf", csrf),
                Map.of("wish", "demander", "name", "amal", "csrf", csrf),
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
