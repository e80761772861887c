package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.InteractionPolicy.Group;
import dev.drawbridge.model.InteractionPolicy.Kind;
import dev.drawbridge.model.InteractionPolicy.People;
import dev.drawbridge.model.InteractionPolicy.Relation;
import dev.drawbridge.model.InteractionPolicy.Rule;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InteractionPolicyTest {
    private static final NativeId ME = new NativeId(Network.NOSTR, "me");
    private static final NativeId MY_GHOST = new NativeId(Network.ACTIVITYPUB, "https://bridge.example/me");

    /// Who asks.
    private static final Map<String, Relation> WHO = Map.of(
            "stranger", relation(false, false, false, false),
            "author", relation(true, false, false, false),
            "follower", relation(false, true, false, false),
            "followed", relation(false, false, true, false),
            "mentioned", relation(false, false, false, true));

    private static Relation relation(boolean author, boolean follower, boolean followed, boolean mentioned) {
        return new Relation(Set.of(ME, MY_GHOST), author, follower, followed, mentioned);
    }

    private static People people(String word) {
        return switch (word) {
            case "nobody" -> People.NOBODY;
            case "me" -> new People(Set.of(), Set.of(MY_GHOST));
            default -> new People(Set.of(Group.valueOf(word.toUpperCase(java.util.Locale.ROOT))), Set.of());
        };
    }

    private static InteractionPolicy only(Kind kind, Rule rule) {
        return new InteractionPolicy(
                kind == Kind.REPLY ? Optional.of(rule) : Optional.empty(),
                kind == Kind.LIKE ? Optional.of(rule) : Optional.empty(),
                kind == Kind.REPOST ? Optional.of(rule) : Optional.empty(),
                kind == Kind.QUOTE ? Optional.of(rule) : Optional.empty());
    }

    /// Automatic, manual, who asks, and the answer; the same for a like, a repost and a quote.
    @ParameterizedTest
    @CsvSource({
        "everybody, nobody, stranger, Allowed",
        "everybody, everybody, stranger, Allowed",
        "nobody, nobody, stranger, Refused",
        "nobody, nobody, author, Allowed",
        "nobody, nobody, follower, Refused",
        "nobody, nobody, mentioned, Refused",
        "nobody, everybody, stranger, Ask",
        "nobody, everybody, author, Allowed",
        "nobody, followers, stranger, Refused",
        "nobody, followers, follower, Ask",
        "followers, nobody, follower, Allowed",
        "followers, nobody, stranger, Refused",
        "followers, nobody, followed, Refused",
        "followers, everybody, stranger, Ask",
        "following, nobody, followed, Allowed",
        "following, nobody, follower, Refused",
        "mentioned, nobody, mentioned, Allowed",
        "mentioned, nobody, stranger, Refused",
        "me, nobody, stranger, Allowed",
        "nobody, me, stranger, Ask",
    })
    void theTable(String automatic, String manual, String who, String answer) {
        var rule = new Rule(people(automatic), people(manual));
        for (Kind kind : new Kind[] {Kind.LIKE, Kind.REPOST, Kind.QUOTE}) {
            assertThat(only(kind, rule)
                            .of(kind, WHO.getOrDefault(who, relation(false, false, false, false)))
                            .getClass()
                            .getSimpleName())
                    .as("%s by %s", kind, who)
                    .isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRuleThatWasNotMadeForbidsNothing(Kind kind) {
        var stranger = relation(false, false, false, false);
        assertThat(InteractionPolicy.UNSAID.of(kind, stranger)).isInstanceOf(InteractionPolicy.Allowed.class);
        for (Kind other : Kind.values()) {
            var answer = only(other, Rule.NOBODY).of(kind, stranger);
            assertThat(answer instanceof InteractionPolicy.Refused).isEqualTo(other == kind);
        }
    }

    @Test
    void whoeverIsMentionedMayAnswerWhateverTheRule() {
        assertThat(only(Kind.REPLY, Rule.NOBODY).of(Kind.REPLY, relation(false, false, false, true)))
                .isInstanceOf(InteractionPolicy.Allowed.class);
        assertThat(only(Kind.REPLY, Rule.NOBODY).of(Kind.REPLY, relation(false, true, true, false)))
                .isEqualTo(new InteractionPolicy.Refused("the author does not want it to be answered by everybody"));
    }
}
