package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Renaming;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Under which handle people are shown, and want to be.
class HandleScenariosTest extends Scenario {
    @Test
    void aHandleOfTheirOwnIsTakenWhereItCanBeChosenAndShown() {
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example"))
                .contains("shown nowhere where a name can be chosen");
        tell(alice, fedi, Network.NOSTR, "start all");
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example"))
                .as("no network lets choose")
                .contains("shown nowhere where a name can be chosen");
        sky.lettingChooseHandles(name -> new Renaming.Renamed(name.isEmpty() ? "alice.bridge.example" : name));
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example"))
                .contains("Bluesky: shown as alice.example from now on")
                .doesNotContain("Nostr:");
        assertThat(tell(alice, fedi, Network.NOSTR, "handle")).contains("Bluesky: shown as alice.example");
        assertThat(tell(alice, fedi, Network.NOSTR, "adresse premier"))
                .contains("visible sous le nom alice.bridge.example");
        assertThat(tell(alice, fedi, Network.NOSTR, "handle")).contains("Bluesky: shown as alice.bridge.example");
        clock.advance(Duration.ofSeconds(1));
        tell(alice, fedi, Network.NOSTR, "stop bluesky");
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example"))
                .as("who left is not shown")
                .contains("shown nowhere where a name can be chosen");
    }

    @Test
    void aHandleThatIsNotTheirsIsNotTaken() {
        tell(alice, fedi, Network.NOSTR, "start all");
        sky.lettingChooseHandles(name ->
                new Renaming.Unproven(name, "_atproto." + name, "did=x", URI.create("https://" + name + "/who"), "x"));
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example"))
                .contains("TXT record _atproto.alice.example with did=x")
                .contains("https://alice.example/who answer with x")
                .contains("say handle alice.example again");
        sky.lettingChooseHandles(_ -> new Renaming.NoName());
        assertThat(tell(alice, fedi, Network.NOSTR, "handle bridge.example")).contains("Nobody can be called that");
        sky.lettingChooseHandles(_ -> new Renaming.Taken());
        assertThat(tell(alice, fedi, Network.NOSTR, "adresse bob.example"))
                .contains("Quelqu’un d’autre s’appelle bob.example");
        sky.lettingChooseHandles(_ -> new Renaming.Failed("the directory is down"));
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example"))
                .contains("in an hour")
                .doesNotContain("directory");
        sky.lettingChooseHandles(Renaming.Coming::new);
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example"))
                .contains("done by itself", "You are alice.example then");
        sky.lettingChooseHandles(_ -> new Renaming.TooOften());
        assertThat(tell(alice, fedi, Network.NOSTR, "handle alice.example")).contains("too often");
        assertThat(tell(alice, fedi, Network.NOSTR, "handle"))
                .doesNotContain("alice.example")
                .contains("@ghost of");
    }
}
