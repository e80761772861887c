package dev.drawbridge.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.peers.Http;
import dev.drawbridge.it.peers.NostrTools;
import dev.drawbridge.it.peers.Verdict;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app that nobody here wrote uses our relay as it is packaged, and talks to a bot.
class NostrRelayIT {
    @TempDir
    private Path home;

    @Test
    void anAppUsesOurRelay() {
        try (var tools = NostrTools.start()) {
            var operator = tools.newPerson();
            var setup = RunningInstance.Setup.loopback(home)
                    .with("drawbridge.nostr.relay-admins", operator.npub())
                    .with("drawbridge.atproto.enabled", "false");
            try (var instance = RunningInstance.start(setup)) {
                URI relay = URI.create(setup.base().toString().replaceFirst("^http", "ws") + "/");
                Verdict driven = tools.drive(relay, operator);
                Verdict told = tools.tell(relay, bot(instance));

                assertThat(driven.failed()).as(driven.report()).isZero();
                assertThat(driven.events()).isEqualTo(13);
                assertThat(told.failed()).as(told.report()).isZero();
                assertThat(told.events()).isEqualTo(5);
                assertThat(instance.metrics())
                        .contains("drawbridge_relay_events_total{network=\"nostr\",reason=\"restricted\"}")
                        .contains("drawbridge_relay_publish_seconds_count{network=\"nostr\"}")
                        .containsPattern("drawbridge_relay_events_total\\{network=\"nostr\",reason=\"accepted\"} [1-9]")
                        .contains("drawbridge_relay_subscriptions{network=\"nostr\"}");
                assertThat(instance.base()).isEqualTo(setup.base());
            }
        }
    }

    private static String bot(RunningInstance instance) {
        return new Http()
                .get(instance.base().resolve("/.well-known/nostr.json?name=activitypub"))
                .json()
                .path("names")
                .path("activitypub")
                .asString();
    }
}
