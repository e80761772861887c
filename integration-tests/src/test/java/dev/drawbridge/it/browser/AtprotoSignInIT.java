package dev.drawbridge.it.browser;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.peers.AtprotoPeer;
import dev.drawbridge.it.peers.Http;
import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.Person;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Signing in by way of the official PDS, with its own pages.
@Timeout(300)
class AtprotoSignInIT {
    private static final String DOMAIN = "bridge.test";

    private AtprotoPeer peer;
    private RunningInstance instance;
    private AtprotoSide atproto;
    private URI pages;

    @BeforeEach
    void start(@TempDir Path home) {
        var setup = RunningInstance.Setup.loopback(home);
        // The network sends people of a machine without a name back to its address only.
        pages = URI.create("http://127.0.0.1:" + setup.port());
        peer = AtprotoPeer.start(Map.of('.' + DOMAIN, setup.base()));
        instance = RunningInstance.start(setup.with("drawbridge.base-url", pages.toString())
                .with("drawbridge.atproto.handle-domain", DOMAIN)
                .with("drawbridge.atproto.plc-directory", peer.plc().toString())
                .with("drawbridge.atproto.firehose", peer.firehose().toString()));
        atproto = new AtprotoSide(peer, setup.base(), DOMAIN);
    }

    @AfterEach
    void stop() {
        if (atproto != null) {
            atproto.close();
        }
        if (instance != null) {
            instance.close();
        }
        if (peer != null) {
            peer.close();
        }
    }

    @Test
    void whoSaysYesAtTheirPdsIsSignedInHere() {
        Person bob = atproto.join("bob-pages");
        eventually(() -> assertThat(atproto.bot("nostr")).isPresent());
        atproto.follow(bob, atproto.bot("nostr").orElseThrow().id());
        var http = new Http();
        String name = "/.well-known/nostr.json?name=" + bob.handle();
        eventually(() -> assertThat(http.get(pages.resolve(name)).text()).contains(bob.handle() + "\":"));
        try (var browser = Browser.start(Browser.Kind.DESKTOP)) {
            browser.open(pages.resolve("/account"));
            String form = "//form[@action='/account/sign-in/server'][input[@value='atproto']]";
            browser.find(form + "//input[@name='name']").sendKeys(bob.id());
            browser.click(form + "//button");
            browser.awaitText("h1", "localhost:" + peer.pds().getPort());
            browser.click("main a.button");
            browser.await("no password is asked for", () -> browser.has("input[name=password]"));
            browser.type("input[name=password]", AtprotoPeer.password("bob-pages"));
            browser.click("button[type=submit]");
            browser.click("//button[contains(., 'Authorize') or contains(., 'Accept')]");
            browser.awaitText("h1", bob.handle());
            assertThat(browser.text("main")).contains("Nostr");
        }
    }
}
