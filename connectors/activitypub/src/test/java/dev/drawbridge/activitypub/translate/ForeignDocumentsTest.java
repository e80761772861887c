package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What other projects write: read, or refused with a reason, never a reason to fall over.
class ForeignDocumentsTest {
    private static final Path VECTORS = Path.of("../../../shared/vectors/activitypub");
    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private final ActivityPubTranslator translator = new ActivityPubTranslator(new CopyIds("https://bridge.example"));

    @TestFactory
    Stream<DynamicTest> everyDocumentIsReadOrRefusedWithAReason() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "no documents of others here");
        List<Path> files;
        try (var all = Files.walk(VECTORS)) {
            files = all.filter(f -> f.toString().matches(".*\\.json(ld)?"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(400);
        return files.stream()
                .map(f -> DynamicTest.dynamicTest(VECTORS.relativize(f).toString(), () -> {
                    String text = text(f);
                    assertThat(judgement(text)).isNotBlank();
                    Documents.parse(text).found().ifPresent(Actor::read);
                }));
    }

    /// Some captures had their hosts replaced by names that cannot be hosts.
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("_domain/", "-domain.example/");
    }

    private String judgement(String text) {
        return switch (translator.decode(text, NOW)) {
            case Translation.Malformed<NativeEvent>(String field, String detail) -> field + ": " + detail;
            case Translation.Skipped<NativeEvent>(String reason) -> reason;
            case Translation.Translated<NativeEvent>(NativeEvent event, var _) -> {
                assertThat(translator.needs(event)).isNotNull();
                yield switch (translator.toCanonical(event, Resolved.NOTHING, NOW)) {
                    case Translation.Malformed<List<Activity>>(String field, String detail) -> field + ": " + detail;
                    case Translation.Skipped<List<Activity>>(String reason) -> reason;
                    case Translation.Translated<List<Activity>>(List<Activity> activities, var _) -> {
                        assertThat(activities)
                                .allSatisfy(a -> assertThat(a.author()).isEqualTo(event.author()));
                        yield activities.isEmpty()
                                ? ""
                                : activities.getFirst().getClass().getSimpleName();
                    }
                };
            }
        };
    }

    /// What each of the documents written for this project, and of the captured ones, is expected to be.
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("synthetic/edge-array-of-one.json", "Publish"),
            Map.entry("synthetic/edge-no-id-like.json", "React"),
            Map.entry("synthetic/misskey-like-reaction.json", "React"),
            Map.entry("synthetic/pleroma-emojireact.json", "React"),
            Map.entry("synthetic/threads-create.json", "Publish"),
            Map.entry("synthetic/threads-like.json", "React"),
            Map.entry("synthetic/gotosocial-create-policy.json", "Publish"),
            Map.entry("synthetic/mastodon-4.5-create-quote-note.json", "Publish"),
            Map.entry("synthetic/mastodon-actor-consent.json", "ProfileUpdate"),
            Map.entry("synthetic/mastodon-delete-actor-ld.json", "DeleteAccount"),
            Map.entry("synthetic/mastodon-unlisted-note.json", "Publish"),
            Map.entry("synthetic/pleroma-note-null-emoji-id.json", "Publish"),
            Map.entry("synthetic/pixelfed-create.json", "Publish"),
            Map.entry("synthetic/misskey-create-quote.json", "Publish"),
            Map.entry("synthetic/edge-string-actor-object.json", "FollowAnswer"),
            Map.entry("synthetic/fep-fffd-proxy-note.json", "made by this bridge"),
            Map.entry("synthetic/mastodon-direct-note.json", "not public"),
            Map.entry("synthetic/mastodon-followers-only-note.json", "not public"),
            Map.entry("synthetic/edge-actor-mismatch.json", "object: an actor updates itself and nobody else"),
            Map.entry("synthetic/edge-cross-origin-object.json", "object.id: a note needs an id on its author's host"),
            Map.entry("bovine/mastodon_announce_1.json", "Repost"),
            Map.entry("bovine/mastodon_announce_1_undo.json", "object.actor: somebody else did what is undone"),
            Map.entry("bovine/mastodon_delete_actor_1.json", "DeleteAccount"),
            Map.entry("bovine/mastodon_flow_1_create_note.json", "Publish"),
            Map.entry("bovine/mastodon_flow_1_update_note.json", "Edit"),
            Map.entry("bovine/mastodon_flow_2_delete_note.json", "Delete"),
            Map.entry("bovine/mastodon_follow_1.json", "Follow"),
            Map.entry("bovine/mastodon_like_1.json", "React"),
            Map.entry("bovine/mastodon_like_1_undo.json", "Delete"),
            Map.entry("bovine/mitra_follow.json", "Follow"));

    @TestFactory
    Stream<DynamicTest> knownDialectsAreUnderstood() {
        assumeTrue(Files.isDirectory(VECTORS), "no documents of others here");
        return EXPECTED.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> assertThat(judgement(text(VECTORS.resolve(e.getKey()))))
                                .isEqualTo(e.getValue())));
    }

    @Test
    void whatIsNoDocumentAtAllIsMalformed() {
        for (String text : List.of("", "null", "[1]", "{", "{\"@graph\":[]}", "\u0000", "{\"type\":{}}")) {
            assertThat(translator.decode(text, NOW)).as(text).isInstanceOf(Translation.Malformed.class);
        }
    }

    @Test
    void theFrameIsReadBeforeTheRest() {
        var like = (As2) Documents.parse("{\"type\":\"Like\",\"actor\":\"https://a.example/1\",\"object\":\"x\"}")
                .found()
                .orElseThrow();
        assertThat(translator.decode(like, "", NOW)).isInstanceOf(Translation.Malformed.class);
    }
}
