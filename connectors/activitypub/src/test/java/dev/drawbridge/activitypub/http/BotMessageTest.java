package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people write to bots, and bots to people.
class BotMessageTest extends InboxFixture {
    private static final NativeId BOT = Ghost.botOrigin(Network.NOSTR);
    private static final Instant AT = Instant.parse("2026-02-28T10:00:00Z");
    private String bot;

    @BeforeEach
    void bots() {
        bot = bridge.ghost(BOT, "nostr").value();
    }

    private static String note(RemoteServer author, String to, String html) {
        return """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s/activity","type":"Create","actor":"%2$s",
             "to":["%3$s"],"object":{"id":"%1$s","type":"Note","attributedTo":"%2$s","content":"%4$s",
             "published":"2026-03-01T11:59:00Z","to":["%3$s"],"cc":[]}}
            """.formatted(author.note(7), author.actor(), to, html);
    }

    private String mentioning(String words) {
        return "<p><span class=\\\"h-card\\\"><a href=\\\"" + bot
                + "\\\" class=\\\"u-url mention\\\">@<span>nostr</span></a></span> " + words + "</p>";
    }

    private long kept() {
        return database.getCollection("activitypub_pending").countDocuments();
    }

    @Test
    void aNoteForABotAloneIsHandedOnAsTheCommandItGives() {
        meet(ALICE);
        assertThat(post(ALICE, note(ALICE, bot, mentioning("Start bluesky!"))).status())
                .isEqualTo(202);
        assertThat(bridge.received).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(NativeEvent.Kind.COMMAND);
            assertThat(event.author()).isEqualTo(ap(ALICE.actor()));
            assertThat(event.names()).containsExactly(ap(bot));
            assertThat(Told.of(event.body().text()))
                    .contains(new Told(
                            new Command(Verb.START, List.of("atproto"), Locale.ENGLISH), bridge.clock.instant()));
        });
    }

    @Test
    void whatWasSaidLongAgoIsNotDoneAgain() {
        meet(ALICE);
        String start = note(ALICE, bot, mentioning("start"));
        post(ALICE, start);
        assertThat(bridge.received).hasSize(1);
        bridge.clock.advance(Duration.ofDays(7).minusMinutes(2));
        post(ALICE, start);
        assertThat(bridge.received).as("a server that was down").hasSize(2);
        bridge.clock.advance(Duration.ofDays(24));
        assertThat(post(ALICE, start).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(2);
    }

    @Test
    void aRefusalThatComesLateIsHandedOnWithItsOwnTime() {
        meet(ALICE);
        bridge.clock.advance(Duration.ofDays(24));
        post(ALICE, note(ALICE, bot, mentioning("stop")));
        assertThat(bridge.received)
                .singleElement()
                .satisfies(event -> assertThat(told(event).at()).isEqualTo(Instant.parse("2026-03-01T11:59:00Z")));
    }

    @Test
    void aLateRefusalIsLateStillWhenItsAuthorBecomesKnown() {
        bridge.clock.advance(Duration.ofDays(24));
        String body = note(MALLORY, bot, mentioning("stop"));
        bridge.post(INBOX, MALLORY.signed(INBOX, body, bridge.clock.instant()), body);
        bridge.background.run();
        assertThat(bridge.received)
                .singleElement()
                .satisfies(event -> assertThat(told(event).at()).isEqualTo(Instant.parse("2026-03-01T11:59:00Z")));
    }

    @Test
    void whatIsFromTheFutureIsNotDoneButARefusalIsNow() {
        meet(ALICE);
        String later = bridge.clock.instant().plus(Duration.ofMinutes(11)).toString();
        assertThat(post(ALICE, note(ALICE, bot, mentioning("start")).replace("2026-03-01T11:59:00Z", later))
                        .status())
                .isEqualTo(202);
        assertThat(bridge.received).isEmpty();
        post(ALICE, note(ALICE, bot, mentioning("stop")).replace("2026-03-01T11:59:00Z", later));
        assertThat(bridge.received)
                .singleElement()
                .satisfies(event -> assertThat(told(event).at()).isEqualTo(bridge.clock.instant()));
    }

    private static Told told(NativeEvent event) {
        return Told.of(event.body().text()).orElseThrow();
    }

    @Test
    void whatPeopleSayToEachOtherAboutABotIsNoCommand() {
        meet(ALICE);
        String both = note(ALICE, bot, mentioning("stop")).replace("\"cc\":[]", "\"cc\":[\"" + MALLORY.actor() + "\"]");
        assertThat(post(ALICE, both).status()).isEqualTo(202);
        assertThat(bridge.received).isEmpty();
        String herself =
                note(ALICE, bot, mentioning("stop")).replace("\"cc\":[]", "\"cc\":[\"" + ALICE.actor() + "\"]");
        assertThat(post(ALICE, herself).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void nothingOfItsTextIsKeptWhileItsAuthorIsNotKnown() {
        String body = note(MALLORY, bot, mentioning("hello my darling"));
        bridge.post(INBOX, MALLORY.signed(INBOX, body, bridge.clock.instant()), body);
        assertThat(kept()).isEqualTo(1);
        for (Document stored : database.getCollection("activitypub_pending").find()) {
            assertThat(stored.toString()).doesNotContain("darling").doesNotContain("hello");
            assertThat(new String(
                            stored.get("body", org.bson.types.Binary.class).getData(),
                            java.nio.charset.StandardCharsets.UTF_8))
                    .contains("Create")
                    .doesNotContain("darling");
        }
        bridge.background.run();
        assertThat(bridge.received).singleElement().satisfies(event -> {
            assertThat(event.toString()).doesNotContain("darling");
            assertThat(Told.of(event.body().text()).orElseThrow().command().verb())
                    .isEqualTo(Verb.UNKNOWN);
        });
    }

    @Test
    void whatIsKeptUntilItsAuthorIsKnownStillSaysWhatWasMeant() {
        String body = note(MALLORY, bot, mentioning("arrêter tout"));
        bridge.post(INBOX, MALLORY.signed(INBOX, body, bridge.clock.instant()), body);
        bridge.background.run();
        assertThat(bridge.received)
                .singleElement()
                .satisfies(event -> assertThat(
                                Told.of(event.body().text()).orElseThrow().command())
                        .isEqualTo(new Command(Verb.STOP, List.of("all"), Locale.FRENCH)));
    }

    @Test
    void aMessageThatSomebodyElseSignedIsNotTaken() {
        String body = note(ALICE, bot, mentioning("stop"));
        bridge.post(INBOX, MALLORY.signed(INBOX, body, bridge.clock.instant()), body);
        bridge.background.run();
        assertThat(bridge.received).isEmpty();
        HttpReply unsigned = bridge.post(INBOX, Map.of(), ALICE.signedAsLinkedData(body, bridge.clock.instant()));
        bridge.background.run();
        assertThat(unsigned.status()).isEqualTo(202);
        assertThat(kept()).isZero();
        assertThat(bridge.received).isEmpty();
    }

    @Test
    void whatIsForOthersStaysPrivate() {
        meet(ALICE);
        post(ALICE, note(ALICE, "https://social.example/users/bob", "<p>start</p>"));
        assertThat(bridge.received).isEmpty();
        assertThat(kept()).isZero();
    }

    @Test
    void aLetterIsSentToItsReaderAndServedToNobody() {
        net.fix(ALICE.inbox(), HttpReply.of(202));
        var id = new NativeId(Network.BRIDGE, "notice:1");
        Post letter = Post.builder(id, BOT, AT)
                .text(new RichText("@alice You are shown", List.of(new Facet.Mention(0, 6, ap(ALICE.actor())))))
                .visibility(Visibility.DIRECT)
                .build();
        NativeDraft draft = draft(letter);
        assertThat(draft.copy()).isEmpty();

        var outcome = bridge.connector.deliver(draft, new Destination(Network.ACTIVITYPUB, ALICE.inbox()));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Delivered(Optional.empty()));
        As2 sent = Documents.parse(LocalNet.text(net.requests.stream()
                        .filter(r -> r.method().equals("POST"))
                        .findFirst()
                        .orElseThrow()))
                .found()
                .orElseThrow();
        As2 note = sent.object("object").orElseThrow();
        assertThat(note.refs("to")).containsExactly(ALICE.actor());
        assertThat(note.refs("cc")).isEmpty();
        assertThat(sent.refs("to")).containsExactly(ALICE.actor());
        assertThat(sent.toString()).doesNotContain(Vocabulary.PUBLIC).doesNotContain("/followers");
        assertThat(note.text("content").orElseThrow()).contains("You are shown");
        assertThat(note.objects("tag"))
                .anySatisfy(tag -> assertThat(tag.text("href")).contains(ALICE.actor()));
        assertThat(bridge.router
                        .get(note.id().orElseThrow(), "application/activity+json")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void peopleWriteNoLetters() {
        NativeId carol = new NativeId(Network.NOSTR, "ca".repeat(32));
        Post post = Post.builder(new NativeId(Network.NOSTR, "01".repeat(32)), carol, AT)
                .text(RichText.plain("psst"))
                .visibility(Visibility.DIRECT)
                .build();
        assertThat(translated(post)).isEqualTo(Translation.skipped("not public"));
    }

    private NativeDraft draft(Post post) {
        return ((Translation.Translated<NativeDraft>) translated(post)).value();
    }

    private Translation<NativeDraft> translated(Post post) {
        NativeId alice = ap(ALICE.actor());
        var actors = Map.of(
                BOT,
                new Resolved.Actor(BOT, Optional.of(ap(bot)), Optional.empty(), Optional.empty()),
                alice,
                new Resolved.Actor(alice, Optional.of(alice), Optional.of("@alice@social.example"), Optional.empty()));
        var resolved = new Resolved(actors, Map.of(), Map.of(), Set.of());
        var publish = new Activity.Publish(new NativeId(Network.BRIDGE, "write"), AT, post);
        return bridge.connector.translator().fromCanonical(publish, resolved, AT);
    }
}
