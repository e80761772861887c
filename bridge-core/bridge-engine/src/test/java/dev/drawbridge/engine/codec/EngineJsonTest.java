package dev.drawbridge.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.LinkCard;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineJsonTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    private static final NativeId NOTE = new NativeId(Network.ACTIVITYPUB, "https://social.example/notes/1|odd");
    private final EngineJson json = new EngineJson();

    static List<Activity> oneOfEach() {
        var id = new NativeId(Network.NOSTR, "ab".repeat(32));
        var text = new RichText(
                "Hi @bob #tag x",
                List.of(
                        new Facet.Mention(3, 7, id),
                        new Facet.Hashtag(8, 12, "tag"),
                        new Facet.Link(13, 14, URI.create("https://x.example/"))));
        var post = Post.builder(NOTE, ALICE, AT)
                .version(Optional.of("v1"))
                .text(text)
                .warning(Optional.of(new ContentWarning("spoiler")))
                .inReplyTo(Optional.of(ObjectRef.of(id, "cid")))
                .threadRoot(Optional.of(ObjectRef.of(id)))
                .languages(List.of("en"))
                .url(Optional.of(URI.create("https://social.example/@alice/1")))
                .build();
        return List.of(
                new Activity.Publish(id, AT, post),
                new Activity.Edit(id, AT, post),
                new Activity.Tally(id, AT, full()),
                new Activity.Delete(id, ALICE, AT, NOTE),
                new Activity.DeleteAccount(id, ALICE, AT),
                new Activity.React(id, ALICE, AT, ObjectRef.of(NOTE), Optional.of("🔥")),
                new Activity.Repost(id, ALICE, AT, ObjectRef.of(NOTE)),
                new Activity.Follow(id, ALICE, AT, NOTE),
                new Activity.Unfollow(id, ALICE, AT, NOTE, Optional.empty()),
                new Activity.FollowAnswer(id, ALICE, AT, NOTE, id, true),
                new Activity.ProfileUpdate(id, AT, Profile.bare(ALICE, "@alice@social.example")),
                new Activity.Block(id, ALICE, AT, NOTE),
                new Activity.Unblock(id, ALICE, AT, NOTE),
                new Activity.Report(id, ALICE, AT, NOTE, Optional.of(id), "spam"),
                new Activity.Move(id, ALICE, AT, NOTE),
                new Activity.Vote(id, ALICE, AT, NOTE, List.of(0, 2)),
                new Activity.Pin(id, ALICE, AT, NOTE, true),
                new Activity.InteractionRequest(
                        id, ALICE, AT, InteractionPolicy.Kind.QUOTE, ObjectRef.of(NOTE), Optional.of(id)),
                new Activity.InteractionAnswer(
                        id,
                        ALICE,
                        AT,
                        NOTE,
                        id,
                        InteractionPolicy.Kind.LIKE,
                        ObjectRef.of(NOTE),
                        Optional.empty(),
                        true));
    }

    /// A post with everything a post can have.
    private static Post full() {
        var blob = new CustomEmoji("blob", URI.create("https://social.example/blob.png"), Optional.of("image/png"));
        var picture = Media.of(URI.create("https://files.example/1.png"), Media.Kind.IMAGE)
                .withMediaType("image/png")
                .withAlt("a boat")
                .withFocalPoint(new Media.FocalPoint(-0.5, 0.25))
                .withBlurhash("UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH")
                .withDimensions(new Media.Dimensions(640, 480))
                .withDuration(Duration.ofMillis(61_500))
                .withPreview(URI.create("https://files.example/1-small.png"));
        var rule = new InteractionPolicy.Rule(
                new InteractionPolicy.People(
                        Set.of(InteractionPolicy.Group.FOLLOWERS, InteractionPolicy.Group.MENTIONED), Set.of(ALICE)),
                InteractionPolicy.People.EVERYBODY);
        return Post.builder(NOTE, ALICE, AT)
                .text(RichText.plain("hello :blob:"))
                .media(List.of(picture))
                .quote(Optional.of(new Quote(ObjectRef.of(ALICE, "v"), Optional.of(URI.create("https://a.example/1")))))
                .poll(Optional.of(new Poll(
                        List.of(new Poll.Option("yes", 3), new Poll.Option("no", 0)),
                        true,
                        Optional.of(AT),
                        Optional.of(AT.plusSeconds(1)),
                        Optional.of(3L))))
                .article(Optional.of(new Article("Title", "In short")))
                .emoji(List.of(blob))
                .interactions(Optional.of(new InteractionPolicy(
                        Optional.of(rule),
                        Optional.empty(),
                        Optional.of(InteractionPolicy.Rule.NOBODY),
                        Optional.empty())))
                .warning(Optional.of(new ContentWarning(
                        "blood", Set.of(ContentWarning.Label.GRAPHIC_MEDIA, ContentWarning.Label.NUDITY))))
                .card(Optional.of(new LinkCard(
                        URI.create("https://news.example/1"),
                        "News",
                        "What happened",
                        Optional.of(URI.create("https://news.example/1.jpg")))))
                .build();
    }

    @Test
    void aWarningWithoutLabelsIsWrittenAsBefore() {
        var post = Post.builder(NOTE, ALICE, AT)
                .warning(Optional.of(new ContentWarning("spoiler")))
                .build();
        String written = json.write(new Activity.Publish(NOTE, AT, post));
        assertThat(written).contains("\"warning\":{\"reason\":\"spoiler\"}").doesNotContain("card");
        assertThat(json.activity(written)).isEqualTo(new Activity.Publish(NOTE, AT, post));
    }

    private static Profile fullProfile() {
        return Profile.builder(ALICE, "@alice@social.example")
                .header(Optional.of(URI.create("https://files.example/wide.png")))
                .fields(List.of(new Profile.Field("Pronouns", RichText.plain("she"))))
                .pins(Optional.of(List.of(NOTE)))
                .emoji(full().emoji())
                .signals(Set.of(ConsentSignal.NO_BOTS, ConsentSignal.NOT_INDEXABLE))
                .movedTo(Optional.of(NOTE))
                .aliases(List.of(URI.create("did:plc:abc"), URI.create("https://old.example/alice")))
                .build();
    }

    @Test
    void everyPartOfAPostAndAProfileSurvivesTheQueue() {
        var publish = new Activity.Publish(NOTE, AT, full());
        assertThat(json.activity(json.write(publish))).isEqualTo(publish);
        var update = new Activity.ProfileUpdate(NOTE, AT, fullProfile());
        assertThat(json.activity(json.write(update))).isEqualTo(update);
        var none = new Activity.ProfileUpdate(
                NOTE, AT, fullProfile().toBuilder().pins(Optional.of(List.of())).build());
        assertThat(json.activity(json.write(none))).isEqualTo(none);
        var react = new Activity.React(
                NOTE,
                ALICE,
                AT,
                ObjectRef.of(NOTE),
                Optional.of(":blob:"),
                Optional.of(full().emoji().getFirst()));
        assertThat(json.activity(json.write(react))).isEqualTo(react);
        assertThat(full().toBuilder().build()).isEqualTo(full());
        assertThat(fullProfile().toBuilder().build()).isEqualTo(fullProfile());
    }

    @Test
    void whatAnOlderInstanceQueuedIsStillRead() {
        var post = ((Activity.Publish) json.activity("""
            {"type":"Publish","id":"nostr|ab","at":"2026-11-21T10:00:00Z","post":{"id":"nostr|ab",
             "author":"nostr|cd","text":{"text":"hi","facets":[]},"languages":["en"],
             "published":"2026-11-21T10:00:00Z","visibility":"PUBLIC"}}\
            """)).post();
        assertThat(post.text().text()).isEqualTo("hi");
        assertThat(post.media()).isEmpty();
        assertThat(post.quote()).isEmpty();
        assertThat(post.emoji()).isEmpty();
        assertThat(post.interactions()).isEmpty();
        var profile = ((Activity.ProfileUpdate) json.activity("""
            {"type":"ProfileUpdate","id":"nostr|ab","at":"2026-11-21T10:00:00Z","profile":{"actor":"nostr|cd",
             "handle":"carol","displayName":"Carol","bio":{"text":"","facets":[]},"automated":false,"locked":true,
             "refusesBridging":false}}\
            """)).profile();
        assertThat(profile.locked()).isTrue();
        assertThat(profile.fields()).isEmpty();
        assertThat(profile.signals()).isEmpty();
        assertThat(profile.aliases()).isEmpty();
        assertThat(json.activity("""
            {"type":"React","id":"nostr|ab","author":"nostr|cd","at":"2026-11-21T10:00:00Z",
             "target":{"id":"nostr|ef"},"emoji":"+"}\
            """)).isInstanceOf(Activity.React.class);
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void whatIsWrittenIsReadBackEqual(Activity activity) {
        assertThat(json.activity(json.write(activity))).isEqualTo(activity);
        assertThat(json.activity(json.writePretty(activity))).isEqualTo(activity);
    }

    @Test
    void everyKindOfActivityIsCovered() {
        assertThat(oneOfEach().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(Activity.class.getPermittedSubclasses());
    }

    @Test
    void idsAreOneStringAndAbsentValuesAreLeftOut() {
        assertThat(json.write(new Activity.Unfollow(NOTE, ALICE, AT, NOTE, Optional.empty())))
                .contains("\"author\":\"activitypub|https://social.example/users/alice\"")
                .doesNotContain("follow\":");
    }

    @Test
    void eventsAndDeliveriesSurviveTheQueue() {
        var event = new NativeEvent(NOTE, ALICE, NativeEvent.Kind.POST, Set.of(ALICE), "{\"a\":\"é\"}", AT);
        assertThat(json.event(json.write(event))).isEqualTo(event);
        var delivery =
                Delivery.of(oneOfEach().getFirst(), ALICE, new Destination(Network.NOSTR, "wss://relay.example"), AT);
        assertThat(json.delivery(json.write(delivery))).isEqualTo(delivery);
        assertThat(json.delivery(json.writeText(delivery))).isEqualTo(delivery);
    }

    @Test
    void anUnreadableItemIsToldLoudly() {
        assertThatThrownBy(() -> json.activity("{\"type\":\"Nonsense\"}"))
                .isInstanceOf(EngineJson.UnreadableItemException.class);
        assertThatThrownBy(() -> json.event("[".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EngineJson.UnreadableItemException.class);
        assertThatThrownBy(() -> json.delivery("{}")).isInstanceOf(EngineJson.UnreadableItemException.class);
    }
}
