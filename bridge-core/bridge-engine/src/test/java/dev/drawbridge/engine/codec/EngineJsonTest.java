package dev.drawbridge.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
        var post = new Post(
                NOTE,
                Optional.of("v1"),
                ALICE,
                text,
                Optional.of(new ContentWarning("spoiler")),
                Optional.of(ObjectRef.of(id, "cid")),
                Optional.of(ObjectRef.of(id)),
                List.of("en"),
                AT,
                Optional.of(URI.create("https://social.example/@alice/1")),
                Visibility.PUBLIC);
        return List.of(
                new Activity.Publish(id, AT, post),
                new Activity.Edit(id, AT, post),
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
                new Activity.Vote(id, ALICE, AT, NOTE, List.of(0, 2)));
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
