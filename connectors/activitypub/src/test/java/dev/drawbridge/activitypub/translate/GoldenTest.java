package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Pairs of files: what comes in beside what it means, what is meant beside what goes out. With
/// `-Dgolden.write=true` the second of each pair is written anew, to be read before it is committed.
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String BASE = "https://ap.bridge.example";
    private static final CopyIds IDS = new CopyIds(BASE);
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId DAVE = new NativeId(Network.ATPROTO, "did:plc:dave");
    private static final NativeId ALICE = CopyIds.id("https://social.example/users/alice");

    private final ActivityPubTranslator translator = new ActivityPubTranslator(IDS);
    private final EngineJson canonical = new EngineJson();
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @TestFactory
    Stream<DynamicTest> whatComesIn() throws IOException {
        return pairs("in", ".activitypub.json", ".canonical.json", this::in);
    }

    @TestFactory
    Stream<DynamicTest> whatGoesOut() throws IOException {
        return pairs("out", ".canonical.json", ".activitypub.json", this::out);
    }

    private interface Direction {
        JsonNode translate(String given) throws IOException;
    }

    private Stream<DynamicTest> pairs(String folder, String given, String expected, Direction direction)
            throws IOException {
        List<Path> files;
        try (var all = Files.list(GOLDEN.resolve(folder))) {
            files = all.filter(f -> f.toString().endsWith(given)).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    JsonNode actual = direction.translate(Files.readString(file));
                    Path other =
                            file.resolveSibling(file.getFileName().toString().replace(given, expected));
                    if (Boolean.getBoolean("golden.write")) {
                        Files.writeString(other, json.writeValueAsString(actual) + "\n");
                    }
                    assertThat(json.writeValueAsString(actual))
                            .isEqualTo(json.writeValueAsString(json.readTree(Files.readString(other))));
                }));
    }

    private JsonNode in(String document) {
        var event = translator.decode(document, NOW);
        if (!(event instanceof Translation.Translated<NativeEvent>(NativeEvent decoded, var _))) {
            return other(event);
        }
        ObjectNode result = json.createObjectNode();
        ObjectNode seen = result.putObject("event");
        seen.put("id", decoded.id().key())
                .put("author", decoded.author().key())
                .put("kind", decoded.kind().name());
        ArrayNode names = seen.putArray("names");
        decoded.names().stream().sorted().map(NativeId::value).forEach(names::add);
        return switch (translator.toCanonical(decoded, inResolved(translator.needs(decoded)), NOW)) {
            case Translation.Translated<List<Activity>>(List<Activity> activities, List<Loss> losses) -> {
                ArrayNode all = result.putArray("activities");
                activities.forEach(a -> all.add(json.readTree(canonical.write(a))));
                losses(result, losses);
                yield result;
            }
            case Translation<List<Activity>> failed -> other(failed);
        };
    }

    /// One follow and one block that we know only by their ids, and one poll of ours.
    private static Resolved inResolved(Needs asked) {
        var known = CopyIds.id("https://social.example/users/alice#follows/7");
        var edge = new Follows.Edge(ALICE, CAROL, known, Optional.empty(), true);
        var poll = CopyIds.id(BASE + "/ap/objects/nostr/poll");
        var block = CopyIds.id("https://social.example/users/alice#blocks/1");
        var resolved = new Resolved(
                Map.of(),
                asked.objects().contains(poll) ? Map.of(poll, poll(poll, List.of("Tea", "Coffee"))) : Map.of(),
                asked.follows().contains(known) ? Map.of(known, edge) : Map.of(),
                Set.of());
        return asked.follows().contains(block) ? resolved.withBlocks(Map.of(block, CAROL)) : resolved;
    }

    private static Resolved.Post poll(NativeId here, List<String> options) {
        return new Resolved.Post(
                here,
                Optional.empty(),
                Optional.of(ObjectRef.of(here)),
                Optional.empty(),
                Optional.of(ALICE),
                Optional.empty(),
                options,
                Set.of());
    }

    private JsonNode out(String activity) {
        return switch (translator.fromCanonical(canonical.activity(activity), outResolved(), NOW)) {
            case Translation.Translated<NativeDraft>(NativeDraft draft, List<Loss> losses) -> {
                ObjectNode result = json.createObjectNode();
                draft.ghost().ifPresent(g -> result.put("ghost", g.value()));
                draft.copy().ifPresent(c -> result.put("copy", c.id().value()));
                ArrayNode documents = result.putArray("documents");
                draft.documents().forEach(d -> documents.add(json.readTree(d)));
                losses(result, losses);
                yield result;
            }
            case Translation<NativeDraft> failed -> other(failed);
        };
    }

    /// Carol of Nostr and Dave of AT have ghosts, Alice is here, and some of what they said has copies.
    private static Resolved outResolved() {
        var actors = new HashMap<NativeId, Resolved.Actor>();
        actors.put(
                CAROL, actor(CAROL, BASE + "/ap/actors/carol.site.example", "@carol.site.example@ap.bridge.example"));
        actors.put(DAVE, actor(DAVE, BASE + "/ap/actors/dave.example", "@dave.example@ap.bridge.example"));
        actors.put(ALICE, actor(ALICE, ALICE.value(), "@alice@social.example"));
        var bot = new NativeId(Network.BRIDGE, "nostr");
        actors.put(bot, actor(bot, BASE + "/ap/actors/nostr", "@nostr@ap.bridge.example"));
        var elsewhere = new NativeId(Network.NOSTR, "ee".repeat(32));
        actors.put(
                elsewhere,
                new Resolved.Actor(
                        elsewhere,
                        Optional.empty(),
                        Optional.of("eve"),
                        Optional.of(URI.create("https://njump.me/eve"))));
        var objects = new HashMap<NativeId, Resolved.Post>();
        var note = CopyIds.id("https://social.example/users/alice/statuses/1");
        objects.put(note, post(note, ALICE, note, ALICE));
        var mine = new NativeId(Network.NOSTR, "01".repeat(32));
        objects.put(
                mine,
                post(mine, CAROL, CopyIds.id(IDS.note(mine)), CopyIds.id(BASE + "/ap/actors/carol.site.example")));
        var like = new NativeId(Network.NOSTR, "02".repeat(32));
        objects.put(
                like,
                post(like, CAROL, CopyIds.id(IDS.like(like)), CopyIds.id(BASE + "/ap/actors/carol.site.example")));
        var question = CopyIds.id("https://social.example/users/alice/statuses/20");
        objects.put(question, poll(question, List.of("Yes", "No", "Perhaps")));
        return new Resolved(actors, objects, Map.of(), Set.of());
    }

    private static Resolved.Actor actor(NativeId origin, String here, String handle) {
        return new Resolved.Actor(origin, Optional.of(CopyIds.id(here)), Optional.of(handle), Optional.empty());
    }

    private static Resolved.Post post(NativeId original, NativeId author, NativeId here, NativeId authorHere) {
        return new Resolved.Post(
                original,
                Optional.of(author),
                Optional.of(ObjectRef.of(here)),
                Optional.of(ObjectRef.of(here)),
                Optional.of(authorHere),
                Optional.empty());
    }

    private static void losses(ObjectNode result, List<Loss> losses) {
        if (!losses.isEmpty()) {
            ArrayNode lost = result.putArray("losses");
            losses.forEach(l -> lost.addObject().put("field", l.field()).put("reason", l.reason()));
        }
    }

    private JsonNode other(Translation<?> outcome) {
        return switch (outcome) {
            case Translation.Skipped<?>(String reason) ->
                json.createObjectNode().put("skipped", reason);
            case Translation.Malformed<?>(String field, String detail) ->
                json.createObjectNode().put("malformed", field).put("detail", detail);
            case Translation.Translated<?> t -> throw new IllegalStateException("translated: " + t);
        };
    }
}
