package dev.drawbridge.feed.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.object.FeedReader;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever is more than is carried is told, from the feed as it is read to the post.
class CutsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
    private static final URI ADDRESS = URI.create("https://news.example/rss.xml");
    private static final InstanceInfo INSTANCE =
            new InstanceInfo(URI.create("https://bridge.example"), "bridge.example", "Drawbridge", "test", "", false);

    private static Feed feed(String title, String description, String item) {
        String document = "<rss version='2.0'><channel><title>" + title + "</title><description>" + description
                + "</description><item><guid>1</guid><link>https://news.example/1</link>" + item
                + "</item></channel></rss>";
        return FeedReader.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty(), ADDRESS);
    }

    private static Translation.Translated<List<Activity>> read(NativeEvent event) {
        return (Translation.Translated<List<Activity>>)
                new FeedTranslator(INSTANCE).toCanonical(event, Resolved.NOTHING, NOW);
    }

    private static Translation.Translated<List<Activity>> item(String item) {
        Entry entry = feed("News", "", item).entries().getFirst();
        return read(EntryEvents.published(ADDRESS, entry.at(NOW, Optional.empty()), NOW));
    }

    private static Post post(String item) {
        return ((Activity.Publish) item(item).value().getFirst()).post();
    }

    private static List<String> lost(String item) {
        return item(item).losses().stream().map(Loss::field).toList();
    }

    private static String many(int count, String each) {
        return IntStream.range(0, count).mapToObj(each::formatted).collect(Collectors.joining());
    }

    @Test
    void filesBeyondTheSixteenthAreTold() {
        String file = "<enclosure url='https://news.example/%d.mp3' type='audio/mpeg'/>";
        assertThat(lost("<title>t</title>" + many(16, file))).isEmpty();
        assertThat(lost("<title>t</title>" + many(40, file))).containsExactly("media");
        assertThat(post("<title>t</title>" + many(40, file)).media()).hasSize(16);
    }

    @Test
    void picturesInTheTextBeyondTheFourthAreTold() {
        String picture = "&lt;img src='https://news.example/%d.png'&gt;";
        assertThat(lost("<title>t</title><description>" + many(4, picture) + "</description>"))
                .isEmpty();
        assertThat(lost("<title>t</title><description>" + many(7, picture) + "</description>"))
                .containsExactly("media");
        assertThat(post("<title>t</title><description>" + many(7, picture) + "</description>")
                        .media())
                .hasSize(4);
    }

    @Test
    void hashtagsBeyondTheFifthAreTold() {
        String tag = "<category>tag%d</category>";
        assertThat(lost("<title>t</title>" + many(5, tag))).isEmpty();
        assertThat(lost("<title>t</title>" + many(6, tag))).containsExactly("hashtag");
    }

    @Test
    void aTitleThatIsCutIsTold() {
        assertThat(lost("<title>" + "x".repeat(500) + "</title>")).isEmpty();
        assertThat(lost("<title>" + "x".repeat(501) + "</title>")).containsExactly("text");
    }

    @Test
    void aTextThatIsTooLongIsToldAndItsPageIsLinked() {
        String item = "<title>t</title><description>" + "x".repeat(300_001) + "</description>";
        assertThat(lost(item)).containsExactly("text");
        assertThat(post(item).text().text()).contains("…").contains("https://news.example/1");
    }

    @Test
    void aProfileThatIsCutIsTold() {
        NativeEvent shown = EntryEvents.profile(ADDRESS, feed("n".repeat(201), "d".repeat(2_001), ""), NOW);
        assertThat(read(shown).losses()).extracting(Loss::field).containsExactly("displayName", "description");
        NativeEvent whole = EntryEvents.profile(ADDRESS, feed("n".repeat(200), "d".repeat(2_000), ""), NOW);
        assertThat(read(whole).losses()).isEmpty();
    }
}
