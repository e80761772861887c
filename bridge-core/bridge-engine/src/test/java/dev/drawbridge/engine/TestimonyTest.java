package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Testimony.Weight;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestimonyTest {
    @ParameterizedTest
    @CsvSource({
        "https://social.example/@alice, @Alice@Social.example",
        "HTTP://www.Social.example/@Alice/, acct:alice@social.example",
        "https://social.example/users/alice, http://social.example/users/alice/#me",
        "did:plc:Abc, did:plc:abc",
        "' nostr:NPUB1abc ', nostr:npub1abc",
        "@Alice.example, @alice.example",
        "https://alice.example, http://www.alice.example/",
    })
    void theSameNameInAnotherForm(String one, String other) {
        assertThat(Testimony.normal(one)).isEqualTo(Testimony.normal(other)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://social.example/users/alice, https://social.example/users/Alice",
        "https://social.example/@alice, https://other.example/@alice",
        "https://social.example/@alice, https://social.example/@alice@other.example",
        "https://bsky.app/profile/alice.example, https://bsky.app/profile/alice.example/post/3k",
        "https://social.example/?user=1, https://social.example/?user=2",
    })
    void anotherName(String one, String other) {
        assertThat(Testimony.normal(one)).isNotEqualTo(Testimony.normal(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void nothingIsNoName(String nothing) {
        assertThat(Testimony.normal(nothing)).isEmpty();
        assertThat(Testimony.normal("a".repeat(501))).isEmpty();
        assertThat(new Testimony.Said(Set.of(nothing), Set.of(nothing)))
                .satisfies(said -> assertThat(said.names(said)).isFalse());
    }

    @Test
    void whatIsClaimedHasToBeWhatTheOtherIsCalled() {
        var alice =
                new Testimony.Said(Set.of("@alice@social.example"), Set.of("https://bsky.app/profile/alice.example"));
        var sky = new Testimony.Said(
                Set.of("did:plc:alice", "https://bsky.app/profile/alice.example"),
                Set.of("https://social.example/@alice"));
        var friend = new Testimony.Said(Set.of("did:plc:friend"), Set.of("https://social.example/@alice"));
        assertThat(alice.names(sky)).isTrue();
        assertThat(sky.names(alice)).isTrue();
        assertThat(friend.names(alice)).isTrue();
        assertThat(alice.names(friend)).isFalse();
    }

    @Test
    void aWordCountsOnlyWithAFirmOne() {
        for (Weight here : Weight.values()) {
            for (Weight there : Weight.values()) {
                var one = new Testimony.Said(Set.of("a.example"), Map.of("b.example", here));
                var other = new Testimony.Said(Set.of("b.example"), Map.of("a.example", there));
                assertThat(one.countsWith(other))
                        .as(here + " with " + there)
                        .isEqualTo(here != Weight.WORD || there == Weight.FIRM);
            }
        }
        var one = new Testimony.Said(Set.of("a.example"), Map.of("b.example", Weight.WORD, "B.example ", Weight.FIELD));
        assertThat(one.claims()).containsExactly(Map.entry("b.example", Weight.FIELD));
        assertThat(one.countsWith(new Testimony.Said(Set.of("c.example"), Set.of("a.example"))))
                .isFalse();
    }

    @Test
    void aFloodOfNamesIsCut() {
        Set<String> flood = Stream.iterate(0, i -> i + 1)
                .limit(5_000)
                .map(i -> "https://flood.example/" + i)
                .collect(java.util.stream.Collectors.toSet());
        assertThat(new Testimony.Said(Set.of("a"), flood).claims()).hasSize(300);
    }
}
