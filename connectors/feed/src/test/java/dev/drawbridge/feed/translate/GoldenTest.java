package dev.drawbridge.feed.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.object.FeedReader;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Feeds of every format, and what their entries become.
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/in");
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
    private static final URI ADDRESS = URI.create("https://news.example/feeds/rss.xml");
    private static final InstanceInfo INSTANCE =
            new InstanceInfo(URI.create("https://bridge.example"), "bridge.example", "Drawbridge", "test", "", false);

    static List<Path> feeds() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().matches(".*\\.(xml|json)"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void aFeedBecomesPosts(Path file) throws IOException {
        String name = file.getFileName().toString();
        Feed feed = FeedReader.read(Files.readAllBytes(file), Optional.empty(), ADDRESS);
        var translator = new FeedTranslator(INSTANCE);
        var lines = new ArrayList<String>();
        lines.add(json(translator, EntryEvents.profile(ADDRESS, feed, NOW)));
        for (Entry entry : feed.entries()) {
            Entry dated = entry.at(entry.published().orElse(NOW), entry.updated());
            lines.add(json(translator, EntryEvents.published(ADDRESS, dated, NOW)));
        }
        Path expected = FOLDER.resolve(name.replaceFirst("\\..*", "") + ".canonical.txt");
        String actual = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String json(FeedTranslator translator, NativeEvent event) {
        var read = translator.toCanonical(event, Resolved.NOTHING, NOW);
        assertThat(read).isInstanceOf(Translation.Translated.class);
        List<Activity> activities = ((Translation.Translated<List<Activity>>) read).value();
        return new EngineJson().writePretty(activities.getFirst());
    }
}
