package dev.drawbridge.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Feeds all of whose entries look new at once.
class FloodTest extends Reading {
    private static String[] named(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    private static String[] both(String[] newer, String[] older) {
        return Stream.of(newer, older).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void ofAKnownFeedWhoseEntriesAreAllCalledSomethingElseNoneIsCarriedAndTheOperatorIsTold() {
        site.shows(FEED, rss(named("old", 30)));
        mirrored();
        pass(SOON);
        site.shows(FEED, rss(both(named("other", 27), named("old", 3))));
        pass(NEXT);
        assertThat(offered).isEmpty();
        assertThat(connector.troubles()).singleElement().asString().contains(FEED, "27 entries", "none of them");
        restart();
        site.shows(FEED, rss(both(named("new", 1), named("other", 27))).replace("text of other1", "mended"));
        pass(NEXT);
        assertThat(ids()).as("what is new after it is carried").containsExactly("new0");
    }

    @Test
    void theOperatorIsToldForADay() {
        site.shows(FEED, rss(named("old", 30)));
        mirrored();
        pass(SOON);
        site.shows(FEED, rss(named("other", 30)));
        pass(Duration.ofHours(20));
        assertThat(connector.troubles()).hasSize(1);
        pass(Duration.ofHours(8));
        assertThat(connector.troubles()).isEmpty();
    }

    @Test
    void twentyAreNoFloodNorManyBesideSomeThatAreKnown() {
        site.shows(FEED, rss(named("old", 20)));
        mirrored();
        pass(SOON);
        site.shows(FEED, rss(named("a", 20)));
        pass(NEXT);
        assertThat(ids()).hasSize(20);
        site.shows(FEED, rss(both(named("b", 25), named("a", 4))));
        pass(NEXT);
        assertThat(ids()).hasSize(45);
        assertThat(connector.troubles()).isEmpty();
    }

    @Test
    void theFirstEntriesOfAFeedThatWasEmptyAreNoFlood() {
        site.shows(FEED, rss());
        mirrored();
        pass(SOON);
        site.shows(FEED, rss(named("a", 30)));
        pass(NEXT);
        assertThat(ids()).hasSize(30);
    }
}
