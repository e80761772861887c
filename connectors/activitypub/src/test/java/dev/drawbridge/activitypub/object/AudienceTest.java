package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Audience.Reach;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceTest {
    private static final String ALICE = "https://social.example/users/alice";
    private static final String BOB = "https://other.example/users/bob";

    private static Reach reach(List<String> to, List<String> cc) {
        return new Audience(to, cc).reach(ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
    void everybodyHasThreeNames(String everybody) {
        assertThat(reach(List.of(everybody), List.of())).isEqualTo(Reach.PUBLIC);
        assertThat(reach(List.of(ALICE + "/followers"), List.of(everybody))).isEqualTo(Reach.UNLISTED);
    }

    @Test
    void aCollectionOfTheAuthorsIsForFollowers() {
        assertThat(reach(List.of(ALICE + "/followers"), List.of(BOB))).isEqualTo(Reach.FOLLOWERS);
        assertThat(reach(List.of("https://social.example/u/1/followers/"), List.of()))
                .isEqualTo(Reach.FOLLOWERS);
    }

    @Test
    void anythingElseIsDirect() {
        assertThat(reach(List.of(BOB), List.of())).isEqualTo(Reach.DIRECT);
        assertThat(reach(List.of(), List.of())).isEqualTo(Reach.DIRECT);
        assertThat(reach(List.of(BOB + "/followers"), List.of())).isEqualTo(Reach.DIRECT);
    }

    @Test
    void theObjectDecidesBeforeTheActivity() {
        var activity = Documents.parse("{\"to\":\"as:Public\"}").found().orElseThrow();
        var direct = Documents.parse("{\"to\":\"" + BOB + "\"}").found().orElseThrow();
        var silent = Documents.parse("{}").found().orElseThrow();
        assertThat(Audience.of(activity, direct).reach(ALICE)).isEqualTo(Reach.DIRECT);
        assertThat(Audience.of(activity, silent).reach(ALICE)).isEqualTo(Reach.PUBLIC);
    }
}
