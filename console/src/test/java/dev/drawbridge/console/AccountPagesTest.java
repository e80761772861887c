package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.MovingOut;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What somebody who signed in sees and asks for.
class AccountPagesTest extends AccountScene {
    private static final String ATTACK = "\u202e\u2066<script>alert('x')</script>";

    @BeforeEach
    void amalIsCarriedToNostr() {
        var ports = server.ports;
        server.fedi.profile(Profile.builder(AMAL, "@amal" + ATTACK).build());
        ports.identities()
                .putIfAbsent(new Ghost(
                        Ghost.botOrigin(Network.NOSTR),
                        new NativeId(Network.ACTIVITYPUB, "bot"),
                        "@nostr@bridge.example",
                        true,
                        clock.instant()));
        ports.consents().put(new Consent(AMAL, Network.NOSTR, Consent.State.GIVEN, "followed", clock.instant()));
        ports.identities()
                .putIfAbsent(new Ghost(
                        AMAL, new NativeId(Network.NOSTR, "ab".repeat(32)), "amal_at", true, clock.instant()));
        ports.crossings()
                .record(new Crossings.Crossing(
                        "c1",
                        "Publish",
                        AMAL,
                        new NativeId(Network.ACTIVITYPUB, "javascript:alert(1)"),
                        Network.NOSTR,
                        Optional.empty(),
                        Crossings.State.WAITING,
                        ATTACK,
                        List.of(),
                        Duration.ofMillis(41),
                        clock.instant()));
    }

    private String inside() throws Exception {
        return inside(AMAL);
    }

    private HttpResponse<String> ask(String cookie, String wish, String word) throws Exception {
        return form(cookie, "/account/ask", Map.of("wish", wish, "word", word));
    }

    private Told last() {
        return Told.of(told.getLast().body().text()).orElseThrow();
    }

    @Test
    void whoHasACodeSeesHowTheyStand() throws Exception {
        assertThat(server.get("/account").body())
                .contains("signin", "@nostr@bridge.example")
                .doesNotContain("amal");
        var answer = signIn(signIns.issue(AMAL));
        assertThat(answer.headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .startsWith("__Host-drawbridge-account=")
                        .contains("HttpOnly", "Secure", "SameSite=Strict"));
        var page = server.get("/account", "Cookie", cookie(answer));
        assertThat(page.body())
                .contains("amal_at", "waiting", "Leave everywhere", "say start, or follow this account")
                .doesNotContain("<script>alert", "href=\"javascript:", "\u202e", "\u2066");
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void botsThatCannotWriteAreNotAskedForCodes() throws Exception {
        server.ports
                .identities()
                .putIfAbsent(new Ghost(
                        Ghost.botOrigin(Network.NOSTR),
                        new NativeId(Network.ATPROTO, "did:plc:bot"),
                        "nostr-bot.sky.example",
                        true,
                        clock.instant()));
        assertThat(server.get("/account").body())
                .contains("@nostr@bridge.example")
                .doesNotContain("nostr-bot.sky.example");
    }

    @Test
    void aCodeIsGoodOnceAndGuessesAreFew() throws Exception {
        String code = signIns.issue(AMAL);
        assertThat(signIn(code).headers().firstValue("location")).contains("/account");
        assertThat(signIn(code).headers().firstValue("location")).contains("/account?done=wrong");
        for (int i = 0; i < 12; i++) {
            signIn("guess-" + i);
        }
        assertThat(signIn(signIns.issue(AMAL)).headers().firstValue("set-cookie"))
                .as("too many attempts")
                .isEmpty();
        assertThat(server.get("/account?done=wrong").body()).contains("That code is not good");
    }

    @Test
    void whatTheyAskForGoesIntoTheInbox() throws Exception {
        String cookie = inside();
        assertThat(ask(cookie, "start", "atproto").headers().firstValue("location"))
                .contains("/account?done=asked");
        assertThat(told.getLast().author()).isEqualTo(AMAL);
        assertThat(told.getLast().names()).containsExactly(new NativeId(Network.ACTIVITYPUB, "bot"));
        assertThat(last().command().verb()).isEqualTo(Verb.START);
        assertThat(last().command().words()).containsExactly("atproto");
        ask(cookie, "unlisted", "on");
        assertThat(last().command().verb()).isEqualTo(Verb.UNLISTED);
        ask(cookie, "delete", "");
        assertThat(last().command().verb()).isEqualTo(Verb.DELETE);
        assertThat(told.stream().map(NativeEvent::id)).doesNotHaveDuplicates();
    }

    private HttpResponse<String> takeBack(String cookie, String post) throws Exception {
        return form(cookie, "/account/take-back", Map.of("post", post));
    }

    private void crossed(NativeId author, NativeId post, NativeId copy) {
        var ledger = server.ports.ledger();
        ledger.recordOriginal(new Ledger.Original(ObjectRef.of(post), author, Optional.empty(), clock.instant()));
        ledger.recordCopy(new Ledger.Copy(
                post, author, ObjectRef.of(copy), Set.of(new Destination(Network.NOSTR, "own")), clock.instant()));
        for (String place : List.of("own", "wss://relay@relay.example")) {
            server.ports
                    .crossings()
                    .record(new Crossings.Crossing(
                            post.key() + " > nostr|" + place,
                            "Publish",
                            author,
                            post,
                            Network.NOSTR,
                            Optional.of(copy),
                            place.equals("own") ? Crossings.State.CROSSED : Crossings.State.REFUSED,
                            "",
                            List.of(),
                            Duration.ofMillis(41),
                            clock.instant()));
        }
    }

    @Test
    void aPostIsShownPlaceByPlaceAndTakenBackByItsAuthorOnly() throws Exception {
        var post = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal/1");
        var copy = new NativeId(Network.NOSTR, "cd".repeat(32));
        crossed(AMAL, post, copy);
        var zoe = new NativeId(Network.ACTIVITYPUB, "https://social.example/zoe");
        var other = new NativeId(Network.ACTIVITYPUB, "https://social.example/zoe/1");
        crossed(zoe, other, new NativeId(Network.NOSTR, "ef".repeat(32)));
        String cookie = inside();
        assertThat(server.get("/account", "Cookie", cookie).body())
                .contains("relay.example", "Where it went: 2", "refused", "Take this back", post.value())
                .doesNotContain(other.value());
        for (String not : List.of(other.value(), "ef".repeat(32), "", "x".repeat(3_000), "https://nowhere.example/")) {
            assertThat(takeBack(cookie, not).headers().firstValue("location"))
                    .as(not)
                    .contains("/account?done=no-such-post");
        }
        assertThat(told).isEmpty();
        assertThat(takeBack(cookie, copy.value()).headers().firstValue("location"))
                .contains("/account?done=taken-back");
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.author()).isEqualTo(AMAL);
            assertThat(event.body().text()).startsWith("take-back ").endsWith(post.value());
        });
        server.ports.ledger().tombstone(post, AMAL, clock.instant());
        String button = "name=\"post\" value=\"" + post.value() + "\"";
        assertThat(server.get("/account?done=taken-back", "Cookie", cookie).body())
                .as("a copy is left: once more")
                .contains("Its copies are taken back", ">taken back<", button);
        server.ports.ledger().takenBack(copy, new Destination(Network.NOSTR, "own"));
        assertThat(server.get("/account", "Cookie", cookie).body())
                .contains(">taken back<")
                .doesNotContain(button);
        assertThat(server.post("/account/take-back", Map.of("post", post.value()), "Cookie", cookie)
                        .statusCode())
                .as("without its token")
                .isEqualTo(403);
        assertThat(told).hasSize(1);
    }

    @Test
    void howFarTheirPastIsCarriedIsShown() throws Exception {
        server.ports
                .cursors()
                .put("backfill:" + AMAL.key(), "{\"wanted\":50,\"done\":2,\"posts\":[\"a\",\"b\",\"c\"]}");
        assertThat(server.get("/account", "Cookie", inside()).body()).contains("max=\"3\" value=\"2\"", "2 of 3");
    }

    @Test
    void everythingIsOneFileForTheOwnerAlone() throws Exception {
        String cookie = inside();
        var form = Map.of("password", "", "csrf", token(cookie));
        var file = server.post("/account/export", form, "Cookie", cookie);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-type")).contains("application/zip");
        assertThat(file.headers().firstValue("cache-control")).contains("no-store");
        assertThat(file.body()).startsWith("PK").contains("account.json", "copies.ndjson");
        assertThat(server.post("/account/export", form).statusCode()).isEqualTo(403);
        assertThat(server.post("/account/export", Map.of("password", ""), "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
        int answer = 200;
        for (int i = 0; i < 20 && answer == 200; i++) {
            answer = server.post("/account/export", form, "Cookie", cookie).statusCode();
        }
        assertThat(answer).as("a key costs time and memory").isEqualTo(429);
    }

    @Test
    void whatIsNoWishIsRefused() throws Exception {
        String cookie = inside();
        for (String[] wish : List.of(
                new String[] {"start", "myspace"},
                new String[] {"start", "activitypub"},
                new String[] {"unlisted", "maybe"},
                new String[] {"delete", "nostr"},
                new String[] {"signin", ""})) {
            assertThat(ask(cookie, wish[0], wish[1]).statusCode()).as(wish[0]).isEqualTo(400);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void formsOfOtherSitesAndOfStrangersAreRefused() throws Exception {
        String cookie = inside();
        var wish = new HashMap<>(Map.of("wish", "delete", "word", ""));
        assertThat(server.post("/account/ask", wish).statusCode()).isEqualTo(403);
        assertThat(server.post("/account/ask", wish, "Cookie", cookie).statusCode())
                .isEqualTo(403);
        wish.put("csrf", "0".repeat(64));
        assertThat(server.post("/account/ask", wish, "Cookie", cookie).statusCode())
                .isEqualTo(403);
        assertThat(server.post("/account/sign-in", Map.of("code", signIns.issue(AMAL)), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.get("/account", "Cookie", "__Host-drawbridge-account=" + "0".repeat(64))
                        .body())
                .doesNotContain("amal");
        assertThat(told).isEmpty();
    }

    private HttpResponse<String> moveOut(String cookie, String network) throws Exception {
        return form(cookie, "/account/move-out", Map.of("network", network));
    }

    @Test
    void whatItTakesToMoveIsShownOnceToWhoeverSignedIn() throws Exception {
        String cookie = inside();
        assertThat(server.get("/account", "Cookie", cookie).body()).doesNotContain("/account/move-out");
        assertThat(moveOut(cookie, "nostr").statusCode())
                .as("it lets nobody go")
                .isEqualTo(400);
        server.nostr.lettingMoveOut(new MovingOut(
                URI.create("https://at.bridge.example"), "amal<b>", "pass-word", "co-de", clock.instant()));
        assertThat(server.get("/account", "Cookie", cookie).body()).containsOnlyOnce("/account/move-out");
        var page = moveOut(cookie, "nostr");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("https://at.bridge.example", "amal&lt;b&gt;", "pass-word", "co-de", "shown once")
                .doesNotContain("amal<b>");
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(server.get("/account", "Cookie", cookie).body()).doesNotContain("pass-word", "co-de");
        for (String other : List.of("atproto", "activitypub", "myspace")) {
            assertThat(moveOut(cookie, other).statusCode()).as(other).isEqualTo(400);
        }
        assertThat(server.post("/account/move-out", Map.of("network", "nostr"), "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.post("/account/move-out", Map.of("network", "nostr")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aSessionEnds() throws Exception {
        String cookie = inside();
        form(cookie, "/account/sign-out", Map.of());
        assertThat(server.get("/account", "Cookie", cookie).body()).doesNotContain("amal");
        String other = inside();
        clock.advance(Duration.ofMinutes(61));
        assertThat(server.get("/account", "Cookie", other).body()).doesNotContain("amal");
    }
}
