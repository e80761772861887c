package dev.drawbridge.it.crossing;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Side;
import dev.drawbridge.it.sides.Sighting;
import dev.drawbridge.it.sides.Words;

/// What happens between somebody here and somebody there, step by step. Every effect is looked up on the network it is
/// on.
final class Story {
    private static final String LINK = "https://site.example/news?a=1";

    private final Side from;
    private final Side to;
    private final Person anna;
    private final Person ben;
    private Words.Named annasGhost = new Words.Named("", "");
    private Words.Named bensGhost = new Words.Named("", "");
    private String original = "";
    private String copy = "";

    /// @param number makes the names unlike those of other stories
    Story(Side from, Side to, int number) {
        this.from = from;
        this.to = to;
        anna = from.join("anna" + number);
        ben = to.join("ben" + number);
    }

    void nobodyIsBridgedBeforeTheyAsk() {
        from.publish(anna, Words.of("nobody may carry this"));
        assertThat(to.ghost(anna)).isEmpty();
    }

    void followingTheBotMakesAGhost() {
        eventually(() -> assertThat(from.bot(to.network())).isPresent());
        from.follow(anna, from.bot(to.network()).orElseThrow().id());
        eventually(() -> assertThat(to.ghost(anna)).isPresent());
        annasGhost = to.ghost(anna).orElseThrow();
    }

    void aFollowOfTheGhostCrosses() {
        eventually(() -> assertThat(to.bot(from.network())).isPresent());
        to.follow(ben, to.bot(from.network()).orElseThrow().id());
        eventually(() -> assertThat(from.ghost(ben)).isPresent());
        bensGhost = from.ghost(ben).orElseThrow();

        to.follow(ben, annasGhost.id());
        eventually(() -> assertThat(from.follows(bensGhost.id(), anna.id()))
                .as("on %s, %s follows %s", from.network(), bensGhost, anna)
                .isTrue());
    }

    void aPostCrossesOnce() {
        original = from.publish(
                anna,
                Words.of("Crossing over")
                        .mentioning(bensGhost.id(), bensGhost.handle())
                        .linking(LINK)
                        .tagged("Bridges"));
        eventually(() -> assertThat(to.posts(annasGhost.id())).hasSize(1));
        Sighting seen = to.posts(annasGhost.id()).getFirst();
        copy = seen.id();
        assertThat(seen.author()).isEqualTo(annasGhost.id());
        assertThat(seen.text()).startsWith("Crossing over").containsIgnoringCase("#bridges");
        assertThat(seen.mentions()).contains(ben.id());
        assertThat(seen.links()).contains(LINK);
        assertThat(seen.hashtags()).containsExactly("bridges");
        assertThat(seen.original()).as("the mark of a copy").isPresent();
        assertThat(seen.inReplyTo()).isEmpty();
    }

    void aReplyComesBackIntoTheThread() {
        to.reply(ben, copy, Words.of("Welcome here"));
        eventually(() -> assertThat(from.posts(bensGhost.id())).hasSize(1));
        Sighting seen = from.posts(bensGhost.id()).getFirst();
        assertThat(seen.text()).contains("Welcome here");
        assertThat(seen.inReplyTo()).contains(original);
        // the reply itself is not carried back to where it came from
        assertThat(to.posts(annasGhost.id())).hasSize(1);
    }

    void aDeletedPostIsTakenBack() {
        from.delete(anna, original);
        eventually(() -> assertThat(to.deleted(annasGhost.id(), copy))
                .as("on %s, %s was taken back", to.network(), copy)
                .isTrue());
        assertThat(to.posts(annasGhost.id())).isEmpty();
    }

    void unfollowingTheBotTakesEverythingBack() {
        from.publish(anna, Words.of("Still here"));
        eventually(() -> assertThat(to.posts(annasGhost.id())).hasSize(1));
        String last = to.posts(annasGhost.id()).getFirst().id();

        from.unfollow(anna, from.bot(to.network()).orElseThrow().id());

        eventually(() -> {
            assertThat(to.deleted(annasGhost.id(), last))
                    .as("the last post is gone")
                    .isTrue();
            assertThat(to.gone(annasGhost.id())).as("the ghost is gone").isTrue();
        });
        from.publish(anna, Words.of("nobody may carry this either"));
        assertThat(to.posts(annasGhost.id())).isEmpty();
    }
}
