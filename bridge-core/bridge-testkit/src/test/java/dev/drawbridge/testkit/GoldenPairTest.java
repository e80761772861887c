package dev.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.testkit.golden.GoldenPair;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenPairTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "c0".repeat(32));

    @Test
    void everyTopicOfTheNetworkIsRead() {
        assertThat(GoldenPair.in("golden/sample", Network.NOSTR))
                .extracting(GoldenPair::topic)
                .containsExactly("delete", "follow");
        assertThat(GoldenPair.in("golden/sample", Network.ATPROTO))
                .extracting(GoldenPair::toString)
                .containsExactly("follow");
    }

    @Test
    void anActivityThatSaysTheSameIsFine() {
        GoldenPair follow = pair("follow");
        assertThat(follow.activity()).isInstanceOf(Activity.Follow.class);
        assertThatCode(() -> follow.assertBecomes(follow.activity())).doesNotThrowAnyException();
    }

    @Test
    void anActivityThatDiffersIsToldPlaceByPlace() {
        GoldenPair follow = pair("follow");
        Activity.Follow expected = (Activity.Follow) follow.activity();
        Activity.Follow other =
                new Activity.Follow(expected.id(), CAROL, Instant.parse("2027-01-01T00:00:00Z"), expected.target());
        assertThatThrownBy(() -> follow.assertBecomes(other))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("follow.canonical.json")
                .hasMessageContaining("/author: expected ")
                .hasMessageContaining("/at: expected \"2026-03-01T12:00:00Z\" but was \"2027-01-01T00:00:00Z\"")
                .hasMessageNotContaining("/target: ");
    }

    @Test
    void anotherKindOfActivityDiffers() {
        GoldenPair follow = pair("follow");
        assertThatThrownBy(() -> follow.assertBecomes(pair("delete").activity()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/type: expected \"Follow\" but was \"Delete\"");
    }

    @Test
    void theWayBackLeadsToTheSameFileUnlessItHasItsOwn() {
        GoldenPair follow = pair("follow");
        assertThatCode(() -> follow.assertComesBackAs("{\"tags\": [[\"p\", \"bob\"]], \"kind\": 3.0}"))
                .doesNotThrowAnyException();
        GoldenPair delete = pair("delete");
        assertThatCode(() -> delete.assertComesBackAs("{\"kind\": 5, \"content\": \"taken back\"}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> delete.assertComesBackAs(delete.nativeJson()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/content: expected \"taken back\" but is missing");
    }

    @Test
    void missingAndSurplusElementsAndMembersAreTold() {
        GoldenPair follow = pair("follow");
        assertThatThrownBy(() -> follow.assertComesBackAs("{\"kind\": 3, \"tags\": [[\"p\", \"bob\", \"wss\"], []]}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/tags/0/2: not expected, but was \"wss\"")
                .hasMessageContaining("/tags/1: not expected, but was []");
        assertThatThrownBy(() -> follow.assertComesBackAs("[]"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the whole: expected");
    }

    @Test
    void anEmptyOrIncompleteFolderFailsInsteadOfTestingNothing() {
        assertThatThrownBy(() -> GoldenPair.in("golden/none", Network.NOSTR)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> GoldenPair.in("golden/sample", Network.ACTIVITYPUB))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no counterpart");
        assertThatThrownBy(() -> GoldenPair.in("golden/sample", new Network("feed")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("*.feed.json");
    }

    private static GoldenPair pair(String topic) {
        List<GoldenPair> pairs = GoldenPair.in("golden/sample", Network.NOSTR);
        return pairs.stream().filter(p -> p.topic().equals(topic)).findFirst().orElseThrow();
    }
}
