package dev.drawbridge.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.peers.NostrTools;
import dev.drawbridge.it.peers.Verdict;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app that nobody here wrote uses our relay as it is packaged.
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
                Verdict verdict = tools.drive(relay, operator);

                assertThat(verdict.failed()).as(verdict.report()).isZero();
                assertThat(verdict.events()).isEqualTo(13);
                assertThat(instance.base()).isEqualTo(setup.base());
            }
        }
    }
}
