package dev.drawbridge.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class TranslateCommandTest {
    private static final Network DOVE = new Network("dove");
    private static final EngineJson JSON = new EngineJson();
    private static final String RESOLVE = """
        {"actors": {"amal": {"here": "ghost-of-amal", "handle": "@amal"}},
         "objects": {"note-1": {"here": "copy-1", "version": "v9", "root": "copy-0", "author": "ghost-of-rosa"}}}
        """;

    @TempDir
    private Path folder;

    private static String post(String id, String text, Optional<String> answers) {
        var post = Post.builder(
                        new NativeId(DOVE, id), new NativeId(DOVE, "amal"), Instant.parse("2026-03-01T12:00:00Z"))
                .text(RichText.plain(text))
                .inReplyTo(answers.map(a -> ObjectRef.of(new NativeId(DOVE, a))))
                .build();
        return JSON.write(new Activity.Publish(new NativeId(DOVE, "do-" + id), post.published(), post));
    }

    private Path resolveFile() throws IOException {
        return Files.writeString(folder.resolve("resolve.json"), RESOLVE);
    }

    private TypedCommand translate(String input, String... more) throws IOException {
        var arguments = new java.util.ArrayList<>(List.of("translate", "--from", "dove", "--to", "pigeon"));
        arguments.addAll(List.of(more));
        return TypedCommand.of(input, arguments.toArray(String[]::new));
    }

    @Test
    void aDocumentBecomesOneOfTheOtherNetwork() throws IOException {
        var done = translate(
                post("note-2", "Low tide 🌊 at Oualidia", Optional.of("note-1")),
                "--resolve",
                resolveFile().toString());
        assertThat(done.err()).isEmpty();
        assertThat(done.exit()).isZero();
        assertThat(done.lines()).singleElement().satisfies(line -> {
            var copy = (Activity.Publish) JSON.activity(line);
            assertThat(copy.author()).hasToString("pigeon|ghost-of-amal");
            assertThat(copy.post().text().text()).isEqualTo("Low tide 🌊 at Oualidia");
            assertThat(copy.post().inReplyTo())
                    .contains(ObjectRef.of(new NativeId(new Network("pigeon"), "copy-1"), "v9"));
            assertThat(copy.post().threadRoot()).contains(ObjectRef.of(new NativeId(new Network("pigeon"), "copy-0")));
        });
    }

    @Test
    void everyLineIsADocumentIfTheFirstOneIs() throws IOException {
        String input = "\n" + post("a", "one", Optional.empty()) + "\n\n" + post("b", "two", Optional.empty()) + "\n";
        var done = translate(input, "--resolve", resolveFile().toString());
        assertThat(done.exit()).isZero();
        assertThat(done.lines()).hasSize(2);
        assertThat(done.out()).contains("one", "two");
    }

    @Test
    void aDocumentMaySpanManyLines() throws IOException {
        var mapper = JsonMapper.shared();
        String pretty = mapper.writerWithDefaultPrettyPrinter()
                .writeValueAsString(mapper.readTree(post("a", "one", Optional.empty())));
        Path file = Files.writeString(folder.resolve("in.json"), pretty);
        var done = translate("", "--resolve", resolveFile().toString(), file.toString());
        assertThat(done.exit()).isZero();
        assertThat(done.lines()).hasSize(1);
    }

    @Test
    void theSameInputGivesTheSameOutput() throws IOException {
        String input = post("a", "one", Optional.empty());
        String resolve = resolveFile().toString();
        assertThat(translate(input, "--resolve", resolve)).isEqualTo(translate(input, "--resolve", resolve));
    }

    @Test
    void whatDoesNotCrossIsSaidOnTheSide() throws IOException {
        var pin = new Activity.Pin(
                new NativeId(DOVE, "r"), new NativeId(DOVE, "amal"), Instant.EPOCH, new NativeId(DOVE, "note"), true);
        var done = translate(JSON.write(pin), "--resolve", resolveFile().toString());
        assertThat(done.exit()).isZero();
        assertThat(done.out()).isEmpty();
        assertThat(done.err()).isEqualTo("{\"skipped\":\"what is pinned is not on pigeon\"}\n");
    }

    @Test
    void badInputIsOneLineAndExitCodeTwo() throws IOException {
        for (String input : List.of("", "   \n", "{", "hello", "{\"type\":\"Unheard\"}", "[1,2]", "{\n\"a\":\n}")) {
            var done = translate(input, "--resolve", resolveFile().toString());
            assertThat(done.exit()).as(input).isEqualTo(2);
            assertThat(done.out()).as(input).isEmpty();
            assertThat(done.err().lines()).as(input).hasSize(1);
            assertThat(done.err()).startsWith("drawbridge translate: ");
        }
    }

    @Test
    void theLineWithTheMistakeIsNamed() throws IOException {
        String good = post("a", "one", Optional.empty());
        var done = translate(
                good + "\n" + good + "\n{broken", "--resolve", resolveFile().toString());
        assertThat(done.exit()).isEqualTo(2);
        assertThat(done.lines()).hasSize(2);
        assertThat(done.err()).contains("line 3");
        assertThat(translate(good + "\n" + good).err()).contains("line 1: author: has no ghost");
    }

    @Test
    void bytesThatAreNotUtf8AreBadInput() {
        var done = TypedCommand.of(new byte[] {'"', (byte) 0xff, '"'}, "translate", "--from", "dove", "--to", "pigeon");
        assertThat(done.exit()).isEqualTo(2);
        assertThat(done.err()).isEqualTo("drawbridge translate: the input is not UTF-8 text\n");
    }

    @Test
    void aWrongResolveFileIsBadInput() throws IOException {
        for (String wrong : List.of(
                "{",
                "[]",
                "{\"actors\":[]}",
                "{\"actors\":{\"a\":1}}",
                "{\"objects\":{\"a\":{\"here\":5}}}",
                "{\"actors\":{\"\":{}}}",
                "{\"choices\":[]}",
                "{\"choices\":{\"edits\":\"never\"}}",
                "{\"choices\":{\"longPosts\":\"whole\"}}")) {
            Path file = Files.writeString(folder.resolve("wrong.json"), wrong);
            var done = translate(post("a", "one", Optional.empty()), "--resolve", file.toString());
            assertThat(done.exit()).as(wrong).isEqualTo(2);
            assertThat(done.err()).as(wrong).contains("resolve file");
        }
    }

    @Test
    void whatIsNotThereIsBadInput() throws IOException {
        assertThat(translate("", folder.resolve("none").toString()).err()).contains("there is no file");
        var unknown = TypedCommand.of("{}", "translate", "--from", "owl", "--to", "pigeon");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("drawbridge translate: there is no network owl; there are dove, pigeon\n");
    }

    @Test
    void helpSaysWhatTheResolveFileIs() {
        var help = TypedCommand.of("", "translate", "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("--resolve", "\"rootVersion\"", "exit code 2");
    }

    @Test
    void wrongOptionsAreExitCodeTwo() {
        assertThat(TypedCommand.of("", "translate", "--from", "dove").exit()).isEqualTo(2);
        assertThat(TypedCommand.of("", "swim").exit()).isEqualTo(2);
        assertThat(TypedCommand.of("").exit()).isEqualTo(2);
        assertThat(TypedCommand.of("", "--version").out()).startsWith("drawbridge 0");
    }
}
