package dev.drawbridge.testkit.golden;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One topic as a network says it and as the bridge says it.
///
/// Files lie together in a folder of the test resources: `<topic>.<network>.json` is what the network says,
/// `<topic>.canonical.json` what it becomes. Where the way back does not lead to the same, it has its own file,
/// `<topic>.<network>.back.json`.
///
/// @param topic what the pair is about, from the file name
/// @param nativeJson what the network says
/// @param canonicalJson the activity, as [EngineJson] writes it
/// @param backJson what the activity becomes on the network; `nativeJson` if it has no file of its own
public record GoldenPair(String topic, String nativeJson, String canonicalJson, String backJson) {
    private static final String CANONICAL = ".canonical.json";

    /// Every pair of `network` in a folder of the test resources, by topic: for `@MethodSource`.
    ///
    /// @param folder from the root of the class path, for example `golden/nostr`
    /// @throws IllegalStateException if there is none, or a file without its counterpart
    public static List<GoldenPair> in(String folder, Network network) {
        URL found = Thread.currentThread().getContextClassLoader().getResource(folder);
        if (found == null) {
            throw new IllegalStateException("no folder " + folder + " among the test resources");
        }
        try (Stream<Path> files = Files.list(Path.of(found.toURI()))) {
            String suffix = "." + network.name() + ".json";
            List<GoldenPair> pairs = files.filter(f -> name(f).endsWith(suffix))
                    .sorted()
                    .map(f -> read(f, name(f).substring(0, name(f).length() - suffix.length()), network))
                    .toList();
            if (pairs.isEmpty()) {
                throw new IllegalStateException("no *" + suffix + " in " + folder);
            }
            return pairs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GoldenPair read(Path file, String topic, Network network) {
        Path canonical = file.resolveSibling(topic + CANONICAL);
        if (!Files.exists(canonical)) {
            throw new IllegalStateException(name(file) + " has no counterpart " + name(canonical));
        }
        Path back = file.resolveSibling(topic + "." + network.name() + ".back.json");
        String nativeJson = text(file);
        return new GoldenPair(topic, nativeJson, text(canonical), Files.exists(back) ? text(back) : nativeJson);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The activity of the canonical file.
    public Activity activity() {
        return new EngineJson().activity(canonicalJson);
    }

    /// Fails, place by place, unless `actual` is what the canonical file says.
    public void assertBecomes(Activity actual) {
        EngineJson json = new EngineJson();
        assertSame(canonicalJson, json.writePretty(actual), topic + CANONICAL);
    }

    /// Fails, place by place, unless `actualJson` is what the activity becomes on the network.
    public void assertComesBackAs(String actualJson) {
        assertSame(backJson, actualJson, topic + " on the way back");
    }

    private static void assertSame(String expectedJson, String actualJson, String what) {
        JsonMapper mapper = JsonMapper.shared();
        JsonNode actual = mapper.readTree(actualJson);
        List<String> differences = JsonDifference.between(mapper.readTree(expectedJson), actual);
        if (!differences.isEmpty()) {
            throw new AssertionError(what + " differs:\n  " + String.join("\n  ", differences) + "\nwhole answer:\n"
                    + mapper.writerWithDefaultPrettyPrinter().writeValueAsString(actual));
        }
    }

    @Override
    public String toString() {
        return topic;
    }
}
