package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whatever is more than is carried is told.
class CutsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ALICE = "https://social.example/users/alice";
    private final ActivityPubTranslator translator =
            new ActivityPubTranslator(new CopyIds("https://ap.bridge.example"));

    private Translation.Translated<List<Activity>> read(ObjectNode document) {
        NativeEvent event = ((Translation.Translated<NativeEvent>) translator.decode(document.toString(), NOW)).value();
        return (Translation.Translated<List<Activity>>) translator.toCanonical(event, Resolved.NOTHING, NOW);
    }

    private static ObjectNode activity(String type) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.put("@context", "https://www.w3.org/ns/activitystreams")
                .put("id", ALICE + "/statuses/1/activity")
                .put("type", type)
                .put("actor", ALICE);
        activity.putArray("to").add("https://www.w3.org/ns/activitystreams#Public");
        return activity;
    }

    private Translation.Translated<List<Activity>> create(Consumer<ObjectNode> changes) {
        ObjectNode create = activity("Create");
        ObjectNode note = create.putObject("object")
                .put("id", ALICE + "/statuses/1")
                .put("type", "Note")
                .put("attributedTo", ALICE)
                .put("content", "<p>hi</p>")
                .put("published", "2026-03-01T11:00:00Z");
        note.putArray("to").add("https://www.w3.org/ns/activitystreams#Public");
        changes.accept(note);
        return read(create);
    }

    private List<String> lost(Consumer<ObjectNode> changes) {
        return create(changes).losses().stream().map(Loss::field).distinct().toList();
    }

    private static Consumer<ObjectNode> files(int count) {
        return note -> {
            var all = note.putArray("attachment");
            IntStream.range(0, count)
                    .forEach(n ->
                            all.addObject().put("type", "Image").put("url", "https://files.example/" + n + ".png"));
        };
    }

    @Test
    void filesBeyondTheThirtySecondAreTold() {
        assertThat(lost(files(32))).isEmpty();
        var read = create(files(40));
        assertThat(read.losses()).containsExactly(new Loss("media", "8 files more than fit into one post"));
        assertThat(((Activity.Publish) read.value().getFirst()).post().media()).hasSize(32);
    }

    @Test
    void picturesInTheTextOfAnArticleCountAsFiles() {
        String pictures = IntStream.range(0, 20)
                .mapToObj(n -> "<p><img src=\"https://files.example/in" + n + ".png\"></p>")
                .collect(Collectors.joining());
        assertThat(lost(note -> {
                    files(13).accept(note);
                    note.put("type", "Article").put("name", "Pictures").put("content", pictures);
                }))
                .containsExactly("media");
    }

    @Test
    void aDescriptionThatIsCutIsTold() {
        assertThat(lost(note -> note.putArray("attachment")
                        .addObject()
                        .put("type", "Image")
                        .put("url", "https://files.example/1.png")
                        .put("summary", "x".repeat(10_001))))
                .containsExactly("media");
    }

    private static Consumer<ObjectNode> tags(String type, int count) {
        return note -> {
            var tags = note.putArray("tag");
            IntStream.range(0, count).forEach(n -> {
                ObjectNode tag = tags.addObject().put("type", type).put("name", ":n" + n + ":");
                tag.put("href", "https://social.example/users/n" + n);
                tag.putObject("icon").put("type", "Image").put("url", "https://files.example/" + n + ".png");
            });
        };
    }

    @Test
    void whatATextSaysAboutItselfBeyondMeasureIsTold() {
        assertThat(lost(tags("Mention", 100))).isEmpty();
        assertThat(lost(tags("Mention", 101))).containsExactly("mention");
        assertThat(lost(tags("Hashtag", 101))).containsExactly("hashtag");
        assertThat(lost(tags("Emoji", 101))).containsExactly("emoji");
    }

    @Test
    void optionsBeyondMeasureAreTold() {
        assertThat(lost(note -> {
                    note.put("type", "Question");
                    var options = note.putArray("oneOf");
                    IntStream.range(0, 501)
                            .forEach(
                                    n -> options.addObject().put("type", "Note").put("name", "o" + n));
                }))
                .containsExactly("poll");
    }

    @Test
    void linksOfAPlainTextBeyondMeasureAreTold() {
        String links =
                IntStream.range(0, 501).mapToObj(n -> "https://a.example/" + n).collect(Collectors.joining(" "));
        assertThat(lost(note -> note.put("mediaType", "text/plain").put("content", links)))
                .containsExactly("link");
    }

    @Test
    void factsOfAProfileBeyondMeasureAreTold() {
        ObjectNode update = activity("Update");
        ObjectNode person = update.putObject("object")
                .put("id", ALICE)
                .put("type", "Person")
                .put("preferredUsername", "alice")
                .put("inbox", ALICE + "/inbox");
        var facts = person.putArray("attachment");
        IntStream.range(0, 51)
                .forEach(n -> facts.addObject()
                        .put("type", "PropertyValue")
                        .put("name", "n" + n)
                        .put("value", "v"));
        assertThat(read(update).losses()).containsExactly(new Loss("fields", "1 more than fit"));
    }

    @Test
    void aComplaintThatIsCutIsTold() {
        ObjectNode flag = activity("Flag");
        flag.put("object", "https://ap.bridge.example/ap/actors/carol.site.example")
                .put("content", "x".repeat(5_001));
        assertThat(read(flag).losses()).extracting(Loss::field).containsExactly("reason");
    }
}
