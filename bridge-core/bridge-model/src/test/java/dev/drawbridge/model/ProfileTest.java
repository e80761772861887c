package dev.drawbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    private static Profile.Builder carol() {
        return Profile.builder(new NativeId(Network.NOSTR, "carol"), "carol")
                .displayName("Carol")
                .bio(RichText.plain("I write of nobridge and of nobot"))
                .fields(List.of(new Profile.Field("Pronouns", RichText.plain("she/her"))));
    }

    /// Wherever in a profile a word can stand.
    private static List<Profile> saying(String word) {
        return List.of(
                carol().displayName("Carol " + word).build(),
                carol().bio(RichText.plain("I write.\n(" + word + ")")).build(),
                carol().fields(List.of(new Profile.Field(word, RichText.EMPTY))).build(),
                carol().fields(List.of(new Profile.Field("Note", RichText.plain("please: " + word))))
                        .build(),
                carol().alsoSaying(List.of("carol", "carol " + word)).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#nobridge",
                "#NoBridge",
                "\uFF03nobridge",
                "#nobridges",
                "(#nobridge)",
                "##nobridge",
                "#nobridge.",
                "#nobridge-please",
                "#fedi#nobridge",
                "#fedi/#nobridge",
                "#nobridge/#fedi",
                "\uD83D\uDEAB#nobridge\uD83D\uDEAB"
            })
    void aWordAgainstBridgesRefusesWhereverItStands(String word) {
        assertThat(saying(word)).allSatisfy(profile -> {
            assertThat(profile.refusesBridging()).isTrue();
            assertThat(ConsentPolicy.refusal(profile)).contains(Reason.PROFILE_REFUSES);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"#nobot", "#NoBot", "#nobots", "#nobot,#art", "#art#nobot"})
    void aWordAgainstBotsIsASignalWhereverItStands(String word) {
        assertThat(saying(word)).allSatisfy(profile -> {
            assertThat(profile.signals()).containsExactly(ConsentSignal.NO_BOTS);
            assertThat(profile.refusesBridging()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#nobridgerton",
                "#nobotany",
                "#nobot_army",
                "#nobridge2",
                "#nobridg\u00E9",
                "#nobridge\u00E9",
                "https://x.org/#nobridge-faq",
                "https://x.org/#nobridge",
                "https://x.org/page#nobridge",
                "https://x.org/#/nobot",
                "carol#nobot",
                "# nobridge",
                "nobridge#",
                "#no-bridge",
                "#nobridgess"
            })
    void whatIsNoWholeHashtagRefusesNothing(String word) {
        assertThat(saying(word)).allSatisfy(profile -> {
            assertThat(profile.refusesBridging()).isFalse();
            assertThat(profile.signals()).isEmpty();
        });
    }

    @Test
    void whatIsSaidBesideTheProfileIsNotShown() {
        Profile profile = carol().alsoSaying(List.of("#nobridge")).build();
        assertThat(profile)
                .isEqualTo(carol().refusesBridging(true).build())
                .isEqualTo(profile.toBuilder().build());
    }

    @Test
    void aLongProfileIsReadInNoTime() {
        String hard = "#nobot_".repeat(100_000) + "#/".repeat(100_000) + "a#nobot".repeat(100_000);
        Profile profile = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> carol().bio(RichText.plain(hard)).build());
        assertThat(profile.signals()).containsExactly(ConsentSignal.NO_BOTS);
    }

    @Test
    void whoSaysNothingOfItRefusesNothing() {
        assertThat(carol().build().refusesBridging()).isFalse();
        assertThat(carol().build().signals()).isEmpty();
        assertThat(ConsentPolicy.refusal(carol().build())).isEqualTo(Optional.empty());
    }

    @Test
    void aDeclarationIsAReasonOfItsOwn() {
        Profile declared = carol().refusesBridging(true)
                .signals(Set.of(ConsentSignal.DECLARES_NO_BRIDGING))
                .build();
        assertThat(ConsentPolicy.refusal(declared)).contains(Reason.DECLARED_AGAINST);
    }
}
