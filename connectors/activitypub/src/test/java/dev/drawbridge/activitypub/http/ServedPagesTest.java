package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.store.Presentations;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.page.PagePolicy;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pages at the addresses of actors and posts, for people with a browser.
@ExtendWith(TestMongo.class)
class ServedPagesTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final String HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none';"
            + " base-uri 'none'; frame-ancestors 'none'";
    private static final String LINKED_DATA = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
    private MongoDatabase database;
    private Bridge bridge;
    private Speech carol;

    @BeforeEach
    void start(MongoDatabase opened) {
        database = opened;
        bridge = new Bridge(database, new LocalNet());
        carol = Speech.of(bridge, CAROL, "carol@site.example");
    }

    private String page(String address, int status) {
        HttpReply reply = bridge.router.get(address, HTML);
        assertThat(reply.status()).as(address).isEqualTo(status);
        assertThat(reply.headers())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("Vary", "Accept, Signature, Signature-Input, Accept-Language, Cookie")
                .containsAllEntriesOf(PagePolicy.STILL_HEADERS)
                .containsEntry("Content-Security-Policy", POLICY)
                .doesNotContainKey("Access-Control-Allow-Origin");
        return Router.text(reply);
    }

    private String ghost(String value, String name, RichText bio, Optional<URI> url, Optional<URI> avatar) {
        var origin = new NativeId(Network.ATPROTO, value);
        var profile = Profile.builder(origin, value + ".example")
                .displayName(name)
                .bio(bio)
                .url(url)
                .avatar(avatar)
                .build();
        var outcome = (GhostOutcome.Ready) bridge.connector.ensureGhost(new GhostRequest(origin, profile));
        return outcome.ghost().id().value();
    }

    @Test
    void aProfileSaysWhoItIsAndWhereTheyReallyAre() {
        String dave = ghost(
                "dave",
                "Dave",
                RichText.plain("Hello & welcome"),
                Optional.of(URI.create("https://bsky.app/profile/dave")),
                Optional.of(URI.create("https://cdn.example/dave.png")));
        String html = page(dave, 200);
        assertThat(html)
                .contains("<h1>Dave</h1>", "@dave.example@ap.bridge.example", "Hello &amp; welcome")
                .contains("Bridged from Bluesky (AT Protocol) by ap.bridge.example.")
                .contains("<a href=\"https://bsky.app/profile/dave\"", "See the original")
                .contains("<link rel=\"canonical\" href=\"https://bsky.app/profile/dave\">")
                .contains("<link rel=\"alternate\" type=\"application/activity+json\" href=\"" + dave + "\">")
                .as("nothing is taken from elsewhere")
                .doesNotContain("cdn.example");
        assertThat(bridge.router.get(dave, HTML).headers())
                .containsEntry("Link", "<" + dave + ">; rel=\"alternate\"; type=\"application/activity+json\"");
        assertThat(html).contains("href=\"" + PagePolicy.STYLESHEET + "\"");
    }

    private HttpReply read(String address, Map<String, String> headers) {
        var all = new HashMap<String, List<String>>(Map.of("accept", List.of(HTML)));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return bridge.router.call("GET", URI.create(address), all, new byte[0]);
    }

    @Test
    void aPageIsInTheLanguageOfWhoeverLooks() {
        String note = carol.say(1, "bonjour", Optional.empty());
        String french = Router.text(read(note, Map.of("accept-language", "fr-CA,en;q=0.5")));
        assertThat(french).contains("<html lang=\"fr\">", "Relayé depuis Nostr par", "Vers le contenu");
        HttpReply asked = read(note + "?a=%22b&lang=fr", Map.of("accept-language", "en"));
        assertThat(Router.text(asked)).contains("<html lang=\"fr\">", "href=\"?a=%22b&amp;lang=en\"");
        assertThat(asked.headers().get("Set-Cookie")).startsWith("lang=fr;");
        assertThat(Router.text(read(note, Map.of("cookie", "x=y; lang=fr")))).contains("<html lang=\"fr\">");
        assertThat(page(note, 200)).contains("<html lang=\"en\">");
        carol.delete(1);
        assertThat(Router.text(read(note, Map.of("accept-language", "fr")))).contains("Disparu");
    }

    @Test
    void everythingIsSaidInBothLanguages() {
        var none = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT);
        var english = ResourceBundle.getBundle(PageWords.BUNDLE, Locale.ENGLISH, none);
        var french = ResourceBundle.getBundle(PageWords.BUNDLE, Locale.FRENCH, none);
        assertThat(french.getLocale()).isEqualTo(Locale.FRENCH);
        assertThat(Collections.list(english.getKeys())).isNotEmpty().allSatisfy(key -> {
            String sentence = english.getString(key);
            String other = french.getString(key);
            assertThat(sentence + other).as(key).doesNotContain("'");
            assertThat(other.contains("{0}")).as(key).isEqualTo(sentence.contains("{0}"));
            assertThat(other.contains("{1}")).as(key).isEqualTo(sentence.contains("{1}"));
            if (!key.equals("frame.home")) {
                assertThat(other).as(key).isNotEqualTo(sentence);
            }
        });
    }

    /// What looks like a part of ours is not: neither by what it is called, nor by turning around what is beside it.
    @Test
    void whatPeopleWriteLooksLikeNothingOfOurs() {
        new Presentations(database).show(CAROL, """
            {"type":"Person","name":"Carol‮","summary":"<p>a<span class='skip mention'>b</span>            <a class='button main' href='https://x.example/'>c</a>⁦d</p><pre>e</pre>"}\
            """);
        String html = page(carol.ghost().value(), 200);
        assertThat(html).doesNotContain("‮", "⁦");
        var card = Jsoup.parse(html).selectFirst("article");
        assertThat(card.select(".skip, .button, .main")).isEmpty();
        assertThat(card.select("span.mention").text()).isEqualTo("b");
        assertThat(card.select("pre").attr("tabindex")).isEqualTo("0");
    }

    @Test
    void aPostShowsItsTextAndItsOriginal() {
        String note = carol.say(1, "first line\nsecond < line", Optional.of(URI.create("https://njump.me/1")));
        assertThat(page(note, 200))
                .contains("second &lt; line", "@carol.site.example@ap.bridge.example")
                .contains("Bridged from Nostr by ap.bridge.example.", "<a href=\"https://njump.me/1\"");
        String answer = carol.answer(2, "indeed", carol.source(1), note);
        assertThat(page(answer, 200)).contains("Answers <a href=\"" + note + "\"");
        String share = carol.share(3, carol.source(1), note);
        assertThat(page(share, 200)).contains("shares <a href=\"" + note + "\"");
    }

    @Test
    void oneAddressHasThreeForms() {
        String note = carol.say(1, "hello", Optional.empty());
        for (String address : List.of(note, carol.ghost().value())) {
            HttpReply linked = bridge.router.get(address, LINKED_DATA);
            assertThat(linked.headers())
                    .containsEntry("content-type", LINKED_DATA)
                    .containsEntry("Vary", "Accept, Signature, Signature-Input");
            HttpReply activity = bridge.router.get(address, "application/activity+json");
            assertThat(activity.headers())
                    .containsEntry("content-type", "application/activity+json; charset=utf-8")
                    .containsEntry("Cache-Control", "private, max-age=180");
            assertThat(Router.text(linked)).isEqualTo(Router.text(activity));
            page(address, 200);
        }
    }

    @Test
    void searchEnginesAreKeptAwayUnlessTheOwnerInvitesThem() {
        String note = carol.say(1, "hello", Optional.empty());
        for (String address : List.of(note, carol.ghost().value())) {
            assertThat(page(address, 200)).contains("<meta name=\"robots\" content=\"noindex\">");
            assertThat(bridge.router.get(address, HTML).headers()).containsEntry("X-Robots-Tag", "noindex");
        }
        new Presentations(database).show(CAROL, "{\"type\":\"Person\",\"name\":\"Carol\",\"indexable\":true}");
        for (String address : List.of(note, carol.ghost().value())) {
            assertThat(page(address, 200)).doesNotContain("noindex");
            assertThat(bridge.router.get(address, HTML).headers()).doesNotContainKey("X-Robots-Tag");
        }
        assertThat(Router.text(bridge.get("/ap/actors/carol.site.example"))).contains("\"indexable\":true");
    }

    @Test
    void whatPeopleCallThemselvesCannotBreakAPage() {
        String eve = ghost(
                "eve",
                "<script>alert(1)</script>\"'",
                RichText.plain("<img src=x onerror=alert(1)>"),
                Optional.of(URI.create("javascript:alert(1)")),
                Optional.of(URI.create("https://x.example/?a=%22%3E'onload=1")));
        String html = page(eve, 200);
        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script", "<img src=x", "href=\"javascript");
        assertThat(Jsoup.parse(html).select("img")).isEmpty();
        String tag = page(Bridge.BASE + "/ap/tags/%3Cscript%3E", 200);
        assertThat(tag).contains("#&lt;script&gt;").doesNotContain("<script");
    }

    /// What is stored was written by us; a page does not rely on it.
    @Test
    void whatIsStoredCannotBreakAPageEither() {
        new Presentations(database).show(CAROL, """
            {"type":"Person","name":"Carol","summary":"<p onclick='x()'>a<script>b()</script>\
            <a href='javascript:c()'>d</a><iframe src='https://x.example/'></iframe></p>",
            "attachment":[{"type":"PropertyValue","name":"<b>","value":"<object>e</object>"}]}\
            """);
        var body = Jsoup.parse(page(carol.ghost().value(), 200)).body();
        assertThat(body.select("script, iframe, object, [onclick], b")).isEmpty();
        assertThat(body.select("a[href^=javascript]")).isEmpty();
        assertThat(body.text()).contains("d");
    }

    @Test
    void whatIsDeletedIsATombstoneForServersAndAWordForPeople() {
        String note = carol.say(1, "a secret", Optional.empty());
        carol.delete(1);
        HttpReply reply = bridge.router.get(note, "application/activity+json");
        assertThat(reply.status()).isEqualTo(410);
        As2 tombstone = Documents.parse(Router.text(reply)).found().orElseThrow();
        assertThat(tombstone.type()).isEqualTo("Tombstone");
        assertThat(tombstone.id()).contains(note);
        assertThat(tombstone.text("formerType")).contains("Note");
        assertThat(page(note, 410)).contains("Gone").doesNotContain("secret");
        for (String part : List.of("/create", "/replies", "/likes", "/shares")) {
            assertThat(bridge.router.get(note + part, "*/*").status()).as(part).isEqualTo(410);
        }
        assertThat(bridge.router.get(note, HTML).headers()).containsEntry("X-Robots-Tag", "noindex");
    }

    @Test
    void whoLeavesTakesEverythingAlong() {
        String note = carol.say(1, "a secret", Optional.empty());
        String like = carol.like(2, carol.source(1), note);
        carol.leave();
        String actor = carol.ghost().value();
        for (String address :
                List.of(actor, actor + "/outbox", actor + "/followers", actor + "/featured", note, like)) {
            HttpReply reply = bridge.router.get(address, "application/activity+json");
            assertThat(reply.status()).as(address).isEqualTo(410);
            assertThat(Router.text(reply)).contains("Tombstone");
        }
        assertThat(page(actor, 410)).doesNotContain("carol");
        assertThat(database.getCollection("activitypub_objects").find())
                .allSatisfy(stored -> assertThat(stored.toJson()).doesNotContain("secret"));
        // Back again, with nothing of what was taken back.
        bridge.ghost(CAROL, "carol@site.example");
        page(actor, 200);
        assertThat(bridge.router.get(note, "*/*").status()).isEqualTo(410);
    }
}
