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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What other projects write: read, or refused with a reason, never a reason to fall over.
class ForeignDocumentsTest {
    private static final Path VECTORS = Path.of("../../../shared/vectors/activitypub");
    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final String MESSAGE = "a message to one of ours is not for others";
    private static final Pattern PUBLISHED =
            Pattern.compile("\"published\": *\"(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z)\"");
    private final ActivityPubTranslator translator = new ActivityPubTranslator(new CopyIds("https://bridge.example"));

    @TestFactory
    Stream<DynamicTest> everyDocumentIsReadOrRefusedWithAReason() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "no documents of others here");
        var files = files();
        assertThat(files).hasSizeGreaterThan(400);
        var counts = new TreeMap<String, Integer>();
        var documents = files.stream()
                .map(f -> DynamicTest.dynamicTest(VECTORS.relativize(f).toString(), () -> {
                    for (String text : documents(f)) {
                        String judgement = judgement(text);
                        assertThat(judgement).isNotBlank();
                        counts.merge(judgement.matches("[A-Z]\\w+") ? judgement : "refused", 1, Integer::sum);
                        Documents.parse(text)
                                .found()
                                .ifPresent(d -> Actor.read(d)
                                        .found()
                                        .ifPresent(actor -> assertThat(ProfileReader.read(actor)
                                                        .actor())
                                                .isEqualTo(CopyIds.id(actor.id()))));
                    }
                }));
        return Stream.concat(documents, Stream.of(DynamicTest.dynamicTest("how many were what", () -> {
            assertThat(counts.keySet()).contains("Publish", "React", "Repost", "Follow", "Delete", "ProfileUpdate");
            System.out.println("documents of others by what they became: " + counts);
        })));
    }

    private static List<Path> files() throws IOException {
        try (var all = Files.walk(VECTORS)) {
            return all.filter(f -> f.toString().matches(".*\\.json(ld)?"))
                    .sorted()
                    .toList();
        }
    }

    /// The file, and what is inside of it where it is the capture of a request or of an answer.
    private static List<String> documents(Path file) throws IOException {
        var found = new ArrayList<>(List.of(text(file)));
        Documents.parse(found.getFirst()).found().ifPresent(capture -> {
            Stream.of("body", "document").flatMap(f -> capture.text(f).stream()).forEach(found::add);
            Stream.of("body", "document", "request")
                    .flatMap(f -> capture.objects(f).stream())
                    .forEach(inner -> {
                        found.add(Documents.write(inner.node()));
                        inner.text("body").ifPresent(found::add);
                        inner.text("bodyBase64")
                                .map(ForeignDocumentsTest::decoded)
                                .ifPresent(found::add);
                    });
        });
        return found;
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /// Some captures had their hosts replaced by names that cannot be hosts.
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("_domain/", "-domain.example/");
    }

    /// As if it had come when it was sent: what people tell bots is not done later.
    private static Instant sent(String text) {
        return PUBLISHED
                .matcher(text)
                .results()
                .map(found -> Instant.parse(found.group(1)))
                .findFirst()
                .orElse(NOW);
    }

    private String judgement(String text) {
        return judgement(text, NOW);
    }

    private String judgement(String text, Instant receivedAt) {
        return switch (translator.decode(text, receivedAt)) {
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
            Map.entry("synthetic/mastodon-direct-note.json", MESSAGE),
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
            Map.entry("synthetic/wordpress-article.json", "Publish"),
            Map.entry("synthetic/peertube-video.json", "Publish"),
            Map.entry("synthetic/mobilizon-event.json", "Publish"),
            Map.entry("synthetic/mastodon-4.5-quoterequest.json", "InteractionRequest"),
            Map.entry("synthetic/mastodon-poll-update.json", "Tally"),
            Map.entry("synthetic/misskey-flag.json", "Report"),
            Map.entry("synthetic/pleroma-chatmessage.json", MESSAGE),
            Map.entry(
                    "synthetic/lemmy-announce-create-page.json",
                    "passed on by a group: to be confirmed at its origin, https://lemmy.example/post/1"),
            Map.entry("synthetic/lemmy-announce-dislike.json", "an announce of an activity: Dislike"),
            Map.entry("bovine/mitra_follow.json", "Follow"));

    @TestFactory
    Stream<DynamicTest> knownDialectsAreUnderstood() {
        assumeTrue(Files.isDirectory(VECTORS), "no documents of others here");
        return EXPECTED.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    String text = text(VECTORS.resolve(e.getKey()));
                    Instant at = e.getValue().equals(MESSAGE) ? sent(text) : NOW;
                    assertThat(judgement(text, at)).isEqualTo(e.getValue());
                }));
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
