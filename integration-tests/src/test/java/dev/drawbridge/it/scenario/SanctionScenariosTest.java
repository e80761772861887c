package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the operator decides about people, and what these hear of it.
class SanctionScenariosTest extends Scenario {
    private void decided(boolean removes, String reason) {
        clock.advance(Duration.ofSeconds(1));
        bridge.decided(new Sanction(removes, reason, clock.instant()).about(alice));
        bridge.settle();
    }

    private List<String> letters() {
        return only(Activity.Publish.class, fedi.at(fedi.inbox(alice))).stream()
                .map(Activity.Publish::post)
                .filter(p -> p.visibility() == Visibility.DIRECT)
                .map(p -> p.text().text())
                .toList();
    }

    private void carried() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(alice, fedi, Network.ATPROTO);
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
    }

    @Test
    void whoIsRemovedLosesEveryCopyIsToldWhyOnceAndStaysAway() {
        carried();
        decided(true, "three reports of spam");
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(only(Activity.Delete.class, sky.all())).hasSize(1);
        assertThat(letters()).singleElement().asString().contains("do not carry you any more: three reports of spam.");
        assertThat(fedi.happens(post(alice, "again", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);

        clock.advance(Duration.ofSeconds(1));
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        assertThat(letters()).last().asString().contains("those who run this bridge do not carry your account");
    }

    @Test
    void sayingStopDoesNotOpenTheDoorAgain() {
        carried();
        decided(true, "spam");
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "delete");
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "start all");
        bridge.settle();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        assertThat(wants(alice, Network.ATPROTO)).isFalse();
    }

    @Test
    void whoIsLetInAgainHasToAskAgain() {
        carried();
        decided(true, "spam");
        decided(false, "a mistake");
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isTrue();
        assertThat(ports.consents().audit(alice))
                .extracting(c -> c.how())
                .contains("removed by the operator: spam", "the operator lets them ask again: a mistake");
    }

    @Test
    void aDecisionThatComesTwiceIsOne() {
        carried();
        clock.advance(Duration.ofSeconds(1));
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(alice));
        bridge.redeliver();
        bridge.settle();
        assertThat(letters()).hasSize(1);
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
    }

    @Test
    void aReasonIsOneLine() {
        for (String reason : List.of("", "  ", "a\nb", "x".repeat(501))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Sanction(true, reason, clock.instant()));
        }
    }
}
