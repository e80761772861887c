package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What everybody may see: who somebody is, what crossed, whether it works.
@Timeout(120)
class PublicPagesTest {
    private static final String ATTACK = "<script>alert('x')</script>\"'&\u202e<img src=x onerror=alert(1)>";
    private static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");
    private static final NativeId POST = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal/1");
    private static final NativeId GHOST = new NativeId(Network.NOSTR, "ab".repeat(32));
    private static final NativeId COPY = new NativeId(Network.NOSTR, "cd".repeat(32));

    private final PageServer server =
            new PageServer(new PageTexts("", "", List.of("spam.example")), "203.0.113.7", List.of(), (_, _) -> {});

    @AfterEach
    void stop() {
        server.close();
    }

    private void says(Consent.State state, int minute) {
        server.ports
                .consents()
                .put(new Consent(
                        AMAL,
                        Network.NOSTR,
                        state,
                        "said so",
                        server.clock.instant().plus(Duration.ofMinutes(minute))));
    }

    private void amalIsCarried(String handle, String name) {
        server.fedi.profile(Profile.builder(AMAL, handle)
                .displayName(name)
                .bio(RichText.plain(ATTACK))
                .build());
        says(Consent.State.GIVEN, 0);
        server.ports
                .identities()
                .putIfAbsent(new Ghost(AMAL, GHOST, "amal_at_social.example", true, server.clock.instant()));
    }

    private void crossed(boolean listed) {
        var ledger = server.ports.ledger();
        ledger.recordOriginal(new Ledger.Original(ObjectRef.of(POST), AMAL, Optional.empty(), server.clock.instant()));
        ledger.recordCopy(new Ledger.Copy(
                POST, AMAL, ObjectRef.of(COPY), Set.of(new Destination(Network.NOSTR, "own")), server.clock.instant()));
        server.ports
                .crossings()
                .record(new Crossings.Crossing(
                        "c1",
                        "Publish",
                        AMAL,
                        POST,
                        Network.NOSTR,
                        Optional.of(COPY),
                        Crossings.State.CROSSED,
                        "",
                        List.of(),
                        Duration.ofMillis(41),
                        server.clock.instant(),
                        listed));
    }

    private static String query(NativeId id) {
        return "?network=" + id.network() + "&id=" + PageServer.encoded(id.value());
    }

    @Test
    void whoIsCarriedIsShownWithTheirAddressesAndACode() throws Exception {
        amalIsCarried("@amal@social.example", "Amal");
        var page = server.get("/lookup?q=" + PageServer.encoded("@amal@social.example"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Amal", "carried by this bridge", "amal_at_social.example", "class=\"qr\"", "viewBox=\"0 0 ")
                .contains("Not there: they did not ask to be carried to Bluesky.");
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(server.get("/api/v1/lookup?q=" + PageServer.encoded("@amal@social.example"))
                        .body())
                .contains(
                        "\"outcome\":\"people\"",
                        "\"carried\":true",
                        "\"code\":\"NOT_ASKED\"",
                        "\"handle\":\"amal_at_social.example\"");
    }

    @Test
    void aLookUpSpeaksTheLanguageOfTheReader() throws Exception {
        amalIsCarried("@amal@social.example", "Amal");
        assertThat(server.get("/lookup?q=" + PageServer.encoded("@amal@social.example"), "Accept-Language", "fr")
                        .body())
                .contains("portée par ce pont", "n’a pas demandé à être portée vers Bluesky");
    }

    @Test
    void whatIsNoNameOrNobodyGetsASentence() throws Exception {
        assertThat(server.get("/lookup").statusCode()).isEqualTo(200);
        assertThat(server.get("/lookup?q=+").body()).doesNotContain("role=\"status\"");
        assertThat(server.get("/lookup?q=what").body()).contains("no name on any network");
        assertThat(server.get("/lookup?q=what").statusCode()).isEqualTo(400);
        assertThat(server.get("/lookup?q=@nobody").statusCode()).isEqualTo(404);
        assertThat(server.get("/lookup?q=@silent").body())
                .contains("does not answer at the moment", "Fediverse", "Nostr");
        assertThat(server.get("/lookup?q=" + "x".repeat(501)).body())
                .contains("too long")
                .doesNotContain("x".repeat(501));
        assertThat(server.get("/api/v1/lookup").statusCode()).isEqualTo(400);
        assertThat(server.get("/lookup?q=%00%ff%fe").statusCode()).isEqualTo(400);
    }

    @Test
    void aPrivateKeyIsNotRepeated() throws Exception {
        var page = server.get("/lookup?q=nsec1secretsecret");
        assertThat(page.body()).contains("That is a private key").doesNotContain("secretsecret");
        assertThat(server.get("/api/v1/lookup?q=nsec1secretsecret").body())
                .contains("\"outcome\":\"secret\"")
                .doesNotContain("secretsecret");
    }

    @Test
    void whoAsksForTooMuchIsAskedToWait() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertThat(server.get("/lookup?q=@nobody").statusCode()).isEqualTo(404);
        }
        assertThat(server.get("/lookup?q=@nobody").statusCode()).isEqualTo(429);
        assertThat(server.get("/lookup").statusCode()).isEqualTo(200);
    }

    @Test
    void aPersonIsAskedForAsOftenAsANameAndNoMore() throws Exception {
        amalIsCarried("@amal@social.example", "Amal");
        for (int i = 0; i < 10; i++) {
            assertThat(server.get("/lookup?q=@nobody").statusCode()).isEqualTo(404);
            assertThat(server.get("/person" + query(AMAL)).statusCode()).isEqualTo(200);
            assertThat(server.get("/api/v1/person" + query(AMAL)).statusCode()).isEqualTo(200);
        }
        assertThat(server.get("/person" + query(AMAL)).statusCode()).isEqualTo(429);
        assertThat(server.get("/person" + query(AMAL)).body()).contains("Ask again in a minute");
        assertThat(server.get("/api/v1/person" + query(AMAL)).statusCode()).isEqualTo(429);
        assertThat(server.get("/person?network=x&id=").statusCode()).isEqualTo(404);
    }

    @Test
    void whatPeopleCallThemselvesIsNeverMarkup() throws Exception {
        amalIsCarried("@" + ATTACK, ATTACK);
        crossed(true);
        for (String path : List.of(
                "/lookup?q=" + PageServer.encoded("@" + ATTACK),
                "/lookup?q=" + PageServer.encoded(ATTACK),
                "/person" + query(AMAL),
                "/post" + query(POST),
                "/feed")) {
            assertThat(server.get(path).body()).as(path).doesNotContain("<script>alert", "<img", "onerror=alert(1)>");
        }
        assertThat(server.get("/person" + query(AMAL)).body()).contains("&lt;script&gt;");
    }

    @Test
    void aPostLeadsToItsOriginalAndItsCopies() throws Exception {
        amalIsCarried("@amal@social.example", "Amal");
        crossed(true);
        assertThat(server.get("/post" + query(POST)).body())
                .contains("https://nostr.example/cd", "class=\"chip ok\">there<");
        assertThat(server.get("/post" + query(COPY)).statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/post" + query(POST)).body())
                .contains("\"there\":true", "\"id\":\"" + COPY.value());
        assertThat(server.get("/feed").body()).contains("/post?network=activitypub");
        assertThat(server.get("/person" + query(AMAL)).body()).contains("What crossed lately");
    }

    @Test
    void whatIsNotInPublicTimelinesIsNotInTheFeed() throws Exception {
        amalIsCarried("@amal@social.example", "Amal");
        crossed(false);
        assertThat(server.get("/api/v1/feed").body()).isEqualTo("[]");
    }

    @Test
    void whoLeftIsGoneFromEveryPageAtOnce() throws Exception {
        amalIsCarried("@amal@social.example", "Amal");
        crossed(true);
        assertThat(server.get("/api/v1/feed").body()).contains("social.example/amal");
        says(Consent.State.WITHDRAWN, 1);
        for (String path : List.of(
                "/person" + query(AMAL), "/person" + query(GHOST), "/post" + query(POST), "/post" + query(COPY))) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(server.get("/api/v1/feed").body()).isEqualTo("[]");
        assertThat(server.get("/feed").body()).doesNotContain("amal");
    }

    @Test
    void whatWasDeletedIsNotShown() throws Exception {
        amalIsCarried("@amal@social.example", "Amal");
        crossed(true);
        server.ports.ledger().tombstone(POST, AMAL, server.clock.instant());
        assertThat(server.get("/post" + query(POST)).statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/feed").body()).isEqualTo("[]");
    }

    @Test
    void idsThatAreNoneAreNothing() throws Exception {
        for (String path : List.of(
                "/person",
                "/post",
                "/person?network=../x&id=a",
                "/post?network=nostr&id=",
                "/person?network=feed&id=x",
                "/post?network=nostr&id=" + "x".repeat(3_000))) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void statusSaysWhatWaitsAndWhatWentWrongAndNotWhy() throws Exception {
        server.depths.put("outbox.nostr", 7L);
        server.nostr.troubled("wss://secret.example refuses us");
        assertThat(server.get("/status").body())
                .contains("in trouble", "spam.example", "<dd>7</dd>")
                .doesNotContain("secret.example");
        server.nostr.troubled();
        server.clock.advance(Duration.ofMinutes(5));
        String json = server.get("/api/v1/status").body();
        assertThat(json)
                .contains("\"denied\":[\"spam.example\"]", "\"connected\":true")
                .doesNotContain("secret.example");
        assertThat(Pattern.compile("\"incident\":\\{\"began\":\"[^\"]+\",\"ended\":\"")
                        .matcher(json)
                        .find())
                .isTrue();
    }

    @Test
    void policiesAreTheOperatorsOrOurs() throws Exception {
        assertThat(server.get("/privacy").body()).contains("Nothing of anybody is stored");
        assertThat(server.get("/age", "Accept-Language", "fr").body()).contains("13 ans");
        try (var own = new PageServer(
                new PageTexts("First.\n\n<b>Second</b>.", "", List.of()), "203.0.113.7", List.of(), (_, _) -> {})) {
            assertThat(own.get("/privacy").body())
                    .contains("<p>First.</p>", "&lt;b&gt;Second&lt;/b&gt;.")
                    .doesNotContain("Nothing of anybody is stored");
        }
    }

    @Test
    void pagesCanBeReadByMethodsThatReadOnly() throws Exception {
        assertThat(server.post("/lookup", Map.of("q", "x")).statusCode()).isEqualTo(405);
    }
}
