package dev.drawbridge.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.feed.wire.Site;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Reading feeds: what is handed over and when, and what is asked of their servers.
class FeedConnectorTest extends Reading {
    @Test
    void whatWasThereBeforeIsNotHandedOverAndWhatComesIsOldestFirst() {
        site.shows(FEED, rss("b", "a"));
        mirrored();
        pass(SOON);
        assertThat(ids()).isEmpty();
        site.shows(FEED, rss("d", "c", "b", "a"));
        pass(NEXT);
        assertThat(ids()).containsExactly("c", "d");
        pass(NEXT);
        assertThat(ids()).containsExactly("c", "d");
    }

    @Test
    void nobodyIsReadWhoIsNotMirrored() {
        site.shows(FEED, rss("a"));
        start();
        pass(Duration.ofDays(1));
        assertThat(site.asked).isEmpty();
    }

    @Test
    void whoIsNotMirroredAnyMoreIsNotReadAndForgotten() {
        site.shows(FEED, rss("a"));
        mirrored();
        pass(SOON);
        assertThat(cursors.get("feed:" + FEED)).isPresent();
        people.clear();
        changed();
        int before = site.asked.size();
        pass(Duration.ofDays(2));
        assertThat(site.asked).hasSize(before);
        assertThat(cursors.get("feed:" + FEED)).isEmpty();
    }

    @Test
    void whoIsAddedWhileAnotherChangeIsTakenUpIsRead() throws InterruptedException {
        site.shows(FEED, rss("a"));
        start();
        var second = new Thread(() -> {
            people.add(AUTHOR);
            changed();
        });
        watched = () -> {
            watched = () -> people;
            Set<NativeId> before = Set.copyOf(people);
            second.start();
            while (second.isAlive() && second.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            return before;
        };
        changed();
        second.join();
        pass(SOON);
        assertThat(site.asked).hasSize(1);
        assertThat(cursors.get("feed:" + FEED)).isPresent();
    }

    @Test
    void whatEndsAndBeginsAgainWhileItIsReadIsReadOn() {
        site.at(FEED, request -> {
            site.shows(FEED, rss("b", "a"));
            people.clear();
            changed();
            people.add(AUTHOR);
            changed();
            return Site.answer(200, rss("a"));
        });
        mirrored();
        pass(SOON);
        assertThat(cursors.get("feed:" + FEED)).isPresent();
        site.shows(FEED, rss("c", "b", "a"));
        pass(NEXT);
        assertThat(ids()).endsWith("c");
    }

    @Test
    void itIsNotedOnlyAfterItIsDurableAndComesAgainAfterARestart() {
        site.shows(FEED, rss("a"));
        mirrored();
        pass(SOON);
        site.shows(FEED, rss("c", "b", "a"));
        answer = event -> events.size() == 1 ? new Receipt.Busy(Duration.ofSeconds(10)) : new Receipt.Accepted();
        pass(NEXT);
        assertThat(ids()).containsExactly("b");
        restart();
        answer = event -> new Receipt.Accepted();
        pass(SOON);
        assertThat(ids()).as("c was not noted; b was").containsExactly("b", "c");
    }

    @Test
    void aCrashBeforeTheNoteHandsTheSameOverAgainUnderTheSameIdAndTime() {
        site.shows(FEED, rss());
        mirrored();
        pass(SOON);
        site.shows(FEED, "<rss><channel><item><guid>x</guid><title>no time</title></item></channel></rss>");
        answer = event -> {
            throw new IllegalStateException("crash");
        };
        pass(NEXT);
        restart();
        answer = event -> new Receipt.Accepted();
        pass(NEXT);
        assertThat(events).hasSizeGreaterThanOrEqualTo(1);
        var again = events.getFirst();
        assertThat(offered.stream().filter(e -> e.kind() == NativeEvent.Kind.POST))
                .hasSizeGreaterThan(1)
                .allMatch(e -> e.id().equals(again.id()) && e.body().equals(again.body()));
    }

    @Test
    void changedWordsAreAnEditAndAnotherQueryInALinkIsNot() {
        site.shows(FEED, rss());
        mirrored();
        pass(SOON);
        site.shows(FEED, rss("a"));
        pass(NEXT);
        events.clear();
        site.shows(FEED, rss("a").replace("text of a", "text of a, mended"));
        pass(NEXT);
        assertThat(events).singleElement().extracting(NativeEvent::kind).isEqualTo(NativeEvent.Kind.EDIT);
        site.shows(FEED, rss("a").replace("text of a", "text of a, mended").replace("/p/a", "/p/a?session=1"));
        pass(NEXT);
        assertThat(events).hasSize(1);
    }

    @Test
    void whatWasThereBeforeIsNotHandedOverWhenItChangesEither() {
        site.shows(FEED, rss("a"));
        mirrored();
        pass(SOON);
        site.shows(FEED, rss("a").replace("text of a", "text of a, mended"));
        pass(NEXT);
        restart();
        site.shows(FEED, rss("b", "a").replace("text of a", "text of a, mended again"));
        pass(NEXT);
        assertThat(offered).singleElement().extracting(NativeEvent::kind).isEqualTo(NativeEvent.Kind.POST);
        assertThat(ids()).containsExactly("b");
    }

    @Test
    void whatWasThereBeforeAndIsCarriedFromThePastIsHandedOverWhenItChanges() {
        site.shows(FEED, rss("c", "b", "a"));
        mirrored();
        assertThat(connector.history(AUTHOR, 1)).as("before the first look").isPresent();
        pass(SOON);
        assertThat(connector.history(AUTHOR, 2)).as("after it").isPresent();
        restart();
        site.shows(FEED, rss("c", "b", "a").replaceAll("text of (.)", "text of $1, mended"));
        pass(NEXT);
        assertThat(events).extracting(NativeEvent::kind).containsOnly(NativeEvent.Kind.EDIT);
        assertThat(ids()).extracting(id -> id.substring(0, 1)).containsExactly("b", "c");
    }

    @Test
    void whatIsNewWhenThePastIsReadIsHandedOverByTheNextLook() {
        site.shows(FEED, rss("a"));
        mirrored();
        pass(SOON);
        site.shows(FEED, rss("b", "a"));
        assertThat(connector.history(AUTHOR, 9).orElseThrow()).hasSize(2);
        pass(NEXT);
        assertThat(ids()).containsExactly("b");
    }

    @Test
    void aNewTitleIsAProfile() {
        site.shows(FEED, rss("a"));
        mirrored();
        pass(SOON);
        site.shows(FEED, rss("a").replace("The News", "The Newer News"));
        pass(NEXT);
        assertThat(events).singleElement().extracting(NativeEvent::kind).isEqualTo(NativeEvent.Kind.PROFILE);
        assertThat(connector.profile(AUTHOR).orElseThrow().displayName()).isEqualTo("The Newer News");
    }

    @Test
    void onlyWhatChangedIsAskedFor() {
        site.shows(FEED, rss("a"), "etag", "\"1\"", "last-modified", "Sun, 01 Mar 2026 12:00:00 GMT");
        mirrored();
        pass(SOON);
        site.at(FEED, request -> Site.answer(304, ""));
        pass(NEXT);
        assertThat(site.asked).hasSize(2);
        assertThat(site.asked.getLast().headers())
                .containsEntry("if-none-match", "\"1\"")
                .containsEntry("if-modified-since", "Sun, 01 Mar 2026 12:00:00 GMT");
    }

    @Test
    void whatAFeedSaysOfItsPausesIsKnownAfterARestart() {
        String slow = rss("a").replace("<link>https://news.example/</link>", "<ttl>300</ttl>");
        site.at(
                FEED,
                request -> request.headers().containsKey("if-none-match")
                        ? Site.answer(304, "")
                        : Site.answer(200, slow, "etag", "\"1\""));
        mirrored();
        pass(SOON);
        restart();
        pass(SOON);
        assertThat(site.asked).hasSize(2);
        pass(Duration.ofHours(4));
        assertThat(site.asked).as("the feed asks for five hours").hasSize(2);
        pass(Duration.ofHours(2));
        assertThat(site.asked).hasSize(3);
        assertThat(site.asked.getLast().headers()).containsEntry("if-none-match", "\"1\"");
        assertThat(ids()).isEmpty();
    }

    @Test
    void aServerIsLeftAloneAsLongAsItAsks() {
        site.shows(FEED, rss("a"), "cache-control", "public, max-age=7200");
        mirrored();
        pass(SOON);
        pass(Duration.ofMinutes(119));
        assertThat(site.asked).hasSize(1);
        pass(Duration.ofMinutes(20));
        assertThat(site.asked).hasSize(2);
        site.at(FEED, request -> Site.answer(503, "", "retry-after", "36000"));
        pass(Duration.ofHours(3));
        assertThat(site.asked).hasSize(3);
        pass(Duration.ofHours(7));
        assertThat(site.asked).hasSize(3);
        pass(Duration.ofHours(4));
        assertThat(site.asked).hasSize(4);
    }

    @Test
    void failuresDoubleThePauseAndTheOperatorIsTold() {
        mirrored();
        pass(Duration.ofHours(1));
        assertThat(connector.troubles()).isEmpty();
        pass(Duration.ofDays(1));
        assertThat(site.asked).hasSizeBetween(5, 7);
        assertThat(connector.troubles()).singleElement().asString().contains(FEED, "nobody there");
        site.shows(FEED, rss("a"));
        pass(Duration.ofDays(1));
        assertThat(connector.troubles()).isEmpty();
    }

    @Test
    void aMoveForGoodIsRememberedAndAnotherIsNot() {
        site.at(FEED, request -> Site.answer(302, "", "location", "/now.xml"));
        site.shows("https://news.example/now.xml", rss("a"));
        mirrored();
        pass(SOON);
        restart();
        pass(SOON);
        assertThat(site.asked)
                .extracting(r -> r.uri().getPath())
                .containsExactly("/rss.xml", "/now.xml", "/rss.xml", "/now.xml");
        site.at(FEED, request -> Site.answer(301, "", "location", "https://new.example/rss.xml"));
        site.shows("https://new.example/rss.xml", rss("b", "a"));
        pass(NEXT);
        assertThat(ids()).as("its entries keep their names").containsExactly("b");
        site.asked.clear();
        restart();
        pass(SOON);
        assertThat(site.asked)
                .singleElement()
                .extracting(r -> r.uri().getHost())
                .isEqualTo("new.example");
    }

    @Test
    void redirectsInCirclesAndToUnsafeAddressesEnd() {
        site.at(FEED, request -> Site.answer(301, "", "location", FEED));
        mirrored();
        pass(SOON);
        assertThat(site.asked).hasSize(6);
        site.asked.clear();
        site.at(FEED, request -> Site.answer(301, "", "location", "http://news.example/rss.xml"));
        pass(NEXT);
        assertThat(site.asked).as("not from https to http").hasSize(1);
    }

    @Test
    void aFeedThatIsGoneForGoodIsNotAskedAgain() {
        site.at(FEED, request -> Site.answer(410, ""));
        mirrored();
        pass(SOON);
        assertThat(connector.troubles()).singleElement().asString().contains("gone for good");
        pass(Duration.ofDays(3));
        restart();
        pass(Duration.ofDays(3));
        assertThat(site.asked).hasSize(1);
    }

    @Test
    void itsPastIsThereNewestFirstWithTheSameTimesEachTime() {
        site.shows(
                FEED,
                "<rss><channel><item><guid>2</guid><title>b</title></item><item><guid>1</guid><title>a</title></item>"
                        + "</channel></rss>");
        mirrored();
        pass(SOON);
        var once = connector.history(AUTHOR, 9).orElseThrow();
        assertThat(once).extracting(e -> e.id().value()).containsExactly(FEED + "#2", FEED + "#1");
        pass(NEXT);
        restart();
        assertThat(connector.history(AUTHOR, 9).orElseThrow())
                .extracting(NativeEvent::body)
                .containsExactlyElementsOf(once.stream().map(NativeEvent::body).toList());
        assertThat(connector.fetch(once.getLast().id())).isPresent();
        site.at(FEED, request -> Site.answer(500, ""));
        assertThat(connector.history(AUTHOR, 9)).isEmpty();
    }

    @Test
    void twoHundredEntriesSurviveACrashInTheMiddleOnceEachAndInOrder() {
        site.shows(FEED, rss());
        mirrored();
        pass(SOON);
        String[] all = IntStream.range(0, 200).mapToObj(i -> "e" + (1199 - i)).toArray(String[]::new);
        site.shows(FEED, rss(all));
        answer = event -> {
            if (events.size() == 120) {
                throw new IllegalStateException("crash");
            }
            return new Receipt.Accepted();
        };
        pass(NEXT);
        restart();
        answer = event -> new Receipt.Accepted();
        pass(NEXT);
        List<String> expected =
                IntStream.range(1000, 1200).mapToObj(i -> "e" + i).toList();
        assertThat(ids().stream().distinct().toList()).isEqualTo(expected);
        assertThat(ids()).as("only what was not noted yet comes twice").hasSizeLessThan(230);
    }
}
