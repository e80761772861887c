package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Preferences;
import dev.drawbridge.model.port.Preferences.PinsBefore;
import dev.drawbridge.model.port.Preferences.Preference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Preferences] must do.
public abstract class PreferencesContract {
    private static final NativeId BLOCK = new NativeId(Network.ATPROTO, "at://did:plc:a/app.bsky.graph.block/$a.b");
    private Preferences preferences = none();

    /// An implementation that holds nothing.
    protected abstract Preferences none();

    @BeforeEach
    void startEmpty() {
        preferences = none();
    }

    @Test
    void whoChoseNothingHasTheDefaults() {
        assertThat(preferences.of(ALICE)).isEqualTo(new Preference(ALICE, false, true, Optional.empty(), Choices.NONE));
    }

    @Test
    void aChoiceIsKeptAndReplacedAndIsNobodyElses() {
        var first = new Preference(
                ALICE,
                true,
                false,
                Optional.of("fr"),
                Choices.NONE.withLongPosts(Choices.LongPosts.THREAD).withEdits(Choices.Edits.IN_PLACE));
        preferences.put(first);
        assertThat(preferences.of(ALICE)).isEqualTo(first);
        assertThat(preferences.of(BOB)).isEqualTo(Preference.byDefault(BOB));

        var second =
                new Preference(ALICE, false, false, Optional.empty(), Choices.NONE.withEdits(Choices.Edits.REPLACE));
        preferences.put(second);
        assertThat(preferences.of(ALICE)).isEqualTo(second);
    }

    @Test
    void whomTheyShunIsKept() {
        var shunning = Preference.byDefault(ALICE).withMuted(Set.of(BOB)).withBlocked(Map.of(ALICE, BOB, BOB, BLOCK));
        preferences.put(shunning);
        assertThat(preferences.of(ALICE)).isEqualTo(shunning);
        assertThat(preferences.of(ALICE).shuns(BOB)).isTrue();
        preferences.put(preferences.of(ALICE).withMuted(Set.of()).withBlocked(Map.of()));
        assertThat(preferences.of(ALICE)).isEqualTo(Preference.byDefault(ALICE));
    }

    @Test
    void whatTheyPutFirstIsKeptInItsOrder() {
        var first = new NativeId(Network.NOSTR, "22".repeat(32));
        var second = new NativeId(Network.NOSTR, "11".repeat(32));
        preferences.put(Preference.byDefault(ALICE).withPins(List.of(first, second)));
        assertThat(preferences.of(ALICE).pins()).containsExactly(first, second);
        preferences.put(preferences.of(ALICE).withPins(List.of(second, first)).withUnlisted(true));
        assertThat(preferences.of(ALICE).pins()).containsExactly(second, first);
        preferences.put(preferences.of(ALICE).withPins(List.of()).withUnlisted(false));
        assertThat(preferences.of(ALICE)).isEqualTo(Preference.byDefault(ALICE));
    }

    @Test
    void whatTheyPutFirstBeforeIsKeptWithWhatChangedIt() {
        var first = new NativeId(Network.ATPROTO, "at://did:plc:a/app.bsky.feed.post/$a.b");
        var before = new PinsBefore(BLOCK, List.of(first));
        preferences.put(Preference.byDefault(ALICE).withPins(List.of(), Optional.of(before)));
        assertThat(preferences.of(ALICE).pinsBefore()).contains(before);
        preferences.put(preferences.of(ALICE).withUnlisted(true));
        assertThat(preferences.of(ALICE).pinsBefore()).contains(before);
        var none = new PinsBefore(BLOCK, List.of());
        preferences.put(preferences.of(ALICE).withPins(List.of(first), Optional.of(none)));
        assertThat(preferences.of(ALICE).pinsBefore()).contains(none);
        preferences.put(preferences.of(ALICE).withPins(List.of()).withUnlisted(false));
        assertThat(preferences.of(ALICE)).isEqualTo(Preference.byDefault(ALICE));
    }

    @Test
    void whatIsForgottenIsAsIfItNeverWas() {
        preferences.put(Preference.byDefault(ALICE).withUnlisted(true).withLanguage(Optional.of("fr")));
        preferences.put(Preference.byDefault(BOB).withUnlisted(true));
        preferences.remove(ALICE);
        preferences.remove(ALICE);
        assertThat(preferences.of(ALICE)).isEqualTo(Preference.byDefault(ALICE));
        assertThat(preferences.of(BOB).unlisted()).isTrue();
    }
}
