package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Servers know whom a post mentions by the actor's id, readers' programs by the person's page.
class MentionTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId ALICE = CopyIds.id("https://social.example/users/alice");
    private static final String PAGE = "https://social.example/@alice";

    private static As2 note(Optional<URI> page) {
        var me = new Resolved.Actor(
                CAROL,
                Optional.of(CopyIds.id("https://ap.bridge.example/ap/actors/carol")),
                Optional.empty(),
                Optional.empty());
        var alice = new Resolved.Actor(ALICE, Optional.of(ALICE), Optional.of("@alice@social.example"), page);
        var post = Post.builder(new NativeId(Network.NOSTR, "01".repeat(32)), CAROL, AT)
                .text(new RichText("hi alice", List.of(new Facet.Mention(3, 8, ALICE))))
                .build();
        var translator = new ActivityPubTranslator(new CopyIds("https://ap.bridge.example"));
        var resolved = new Resolved(Map.of(CAROL, me, ALICE, alice), Map.of(), Map.of(), Set.of());
        var draft = ((Translation.Translated<NativeDraft>)
                        translator.fromCanonical(new Activity.Publish(post.id(), AT, post), resolved, AT))
                .value();
        return Documents.parse(draft.documents().getFirst())
                .found()
                .flatMap(create -> create.object("object"))
                .orElseThrow();
    }

    @Test
    void theTagHasTheIdAndTheLinkLeadsToThePage() {
        As2 note = note(Optional.of(URI.create(PAGE)));
        assertThat(note.objects("tag")).singleElement().satisfies(tag -> {
            assertThat(tag.text("href")).contains(ALICE.value());
            assertThat(tag.text("name")).contains("@alice@social.example");
        });
        assertThat(note.refs("cc")).contains(ALICE.value()).doesNotContain(PAGE);
        assertThat(note.text("content").orElseThrow()).contains("href=\"" + PAGE + "\"");
    }

    @Test
    void withoutAPageTheLinkHasTheIdToo() {
        assertThat(note(Optional.empty()).text("content").orElseThrow()).contains("href=\"" + ALICE.value() + "\"");
    }
}
