package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.HostedFile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Files on their way to a network that shows only those it keeps.
class FileScenariosTest extends Scenario {
    private static final URI BOAT = URI.create("https://files.example/boat.png");
    private static final FileOutcome KEPT =
            new FileOutcome.Ready(new HostedFile("boat", "image/png", 5, Optional.empty()), Optional.of("one frame"));

    private Activity.Publish picture() {
        var plain = post(alice, "look", Optional.empty());
        Post post = plain.post().toBuilder()
                .media(List.of(Media.of(BOAT, Media.Kind.IMAGE)))
                .build();
        return new Activity.Publish(plain.id(), plain.at(), post);
    }

    private List<URI> shown() {
        return only(Activity.Publish.class, nostr.all()).stream()
                .flatMap(publish -> publish.post().media().stream())
                .map(Media::url)
                .toList();
    }

    private void posted() {
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(picture());
        bridge.settle();
    }

    @Test
    void whereFilesAreLinkedNothingIsAsked() {
        posted();
        assertThat(shown()).containsExactly(BOAT);
    }

    @Test
    void aFileThatIsKeptIsShownFromThere() {
        nostr.keepingFiles(_ -> KEPT);
        posted();
        assertThat(shown()).containsExactly(URI.create("kept:boat"));
    }

    @Test
    void aFileThatIsRefusedStaysALink() {
        nostr.keepingFiles(_ -> new FileOutcome.Refused("too large"));
        posted();
        assertThat(shown()).containsExactly(BOAT);
    }

    @Test
    void aPostWaitsForTheServerOfItsFile() {
        nostr.keepingFiles(_ -> new FileOutcome.Retry(Optional.of(Duration.ofMinutes(1)), "busy"));
        posted();
        assertThat(shown()).isEmpty();
        nostr.keepingFiles(_ -> KEPT);
        bridge.after(Duration.ofMinutes(5));
        assertThat(shown()).containsExactly(URI.create("kept:boat"));
        assertThat(ports.parking().count()).isZero();
    }

    @Test
    void afterTenMinutesItGoesWithout() {
        nostr.keepingFiles(_ -> new FileOutcome.Retry(Optional.of(Duration.ofMinutes(1)), "busy"));
        posted();
        assertThat(shown()).isEmpty();
        bridge.after(Duration.ofMinutes(30));
        assertThat(shown()).containsExactly(BOAT);
        assertThat(ports.parking().count()).isZero();
    }
}
