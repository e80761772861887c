package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.config.instance.Additions;
import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.it.browser.MisskeyServer.Person;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.fake.FakeNetwork;
import dev.drawbridge.testkit.fake.FakeNetworkFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Signing in by way of a Misskey, with the browser between it, which is another site, and the connector as it runs.
@Timeout(300)
class MisskeyBrowserIT {
    private static final String NOT_OURS = "That is too old, was used already, or began in another browser.";

    private static TestMongo mongo;
    private static Instance instance;
    private static MisskeyServer server;
    private static int browsers;

    @BeforeAll
    static void start(@TempDir Path data) {
        mongo = new TestMongo();
        server = MisskeyServer.start();
        var nostr = new FakeNetwork(Network.NOSTR, false, InstantSource.system());
        List<ConnectorFactory> networks = Stream.concat(
                        Commands.networks().stream().filter(f -> f.network().equals(Network.ACTIVITYPUB)),
                        Stream.of(new FakeNetworkFactory(nostr)))
                .toList();
        var settings = new SettingsReader(networks, Map.of())
                .values(Map.of(
                        "drawbridge.domain", "localhost:0",
                        "drawbridge.dev.loopback", "true",
                        "drawbridge.data-dir", data.toString(),
                        "drawbridge.trusted-proxies", "127.0.0.1, ::1",
                        "drawbridge.store.uri", mongo.uri() + "/misskey",
                        "server.port", "0"));
        instance = Instance.start(settings, networks, Additions.NONE);
        var alice = new NativeId(Network.ACTIVITYPUB, server.actor(Person.ALICE));
        instance.ports().consents().put(new Consent(alice, Network.NOSTR, Consent.State.GIVEN, "asked", Instant.now()));
    }

    @AfterAll
    static void stop() {
        if (instance != null) {
            instance.close();
        }
        server.close();
        mongo.close();
    }

    @BeforeEach
    void asItIs() {
        server.signIn(Person.ALICE);
        server.onTheWay(UnaryOperator.identity());
    }

    private static URI account() {
        return instance.baseUrl().resolve("/account");
    }

    /// A browser at the page that leads to the server, each from an address of its own, as turns are counted.
    private static Browser leaving(Browser.Kind kind) {
        Browser browser = Browser.start(kind);
        browsers++;
        browser.comeFrom("203.0.113." + browsers);
        browser.open(account());
        String form = "//form[@action='/account/sign-in/server'][input[@value='activitypub']]";
        browser.find(form + "//input[@name='name']")
                .sendKeys("@alice@" + URI.create(server.origin()).getAuthority());
        browser.click(form + "//button");
        browser.awaitText("h1", URI.create(server.origin()).getAuthority());
        return browser;
    }

    private static Browser asked(Browser.Kind kind) {
        Browser browser = leaving(kind);
        browser.click("main a.button");
        browser.awaitText("h1", "Allow “Drawbridge at localhost");
        return browser;
    }

    private static void requireRefused(Browser browser, String sentence) {
        browser.await("not refused", () -> browser.has("[role=alert]"));
        browser.requireRefused(403);
        assertThat(browser.text("[role=alert]")).contains(sentence);
        browser.requireSound("misskey-refused");
        browser.open(account());
        assertThat(browser.has("form[action='/account/sign-in/server']"))
                .as("nobody is signed in")
                .isTrue();
        assertThat(server.tokens()).as("given back").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoSaysYesThereIsSignedInHere(Browser.Kind kind) {
        try (var browser = asked(kind)) {
            browser.click("//button[.='Accept']");
            browser.await("not signed in", () -> browser.text("h1").contains("alice"));
            browser.requireSound("misskey-in");
            browser.open(account());
            assertThat(browser.text("h1")).contains("alice");
            assertThat(server.tokens()).as("given back").isEmpty();
        }
    }

    @Test
    void whoSaysNoThereIsNot() {
        int before = server.exchanges();
        try (var browser = asked(Browser.Kind.DESKTOP)) {
            browser.click("//button[.='Deny']");
            requireRefused(browser, "It was declined");
            assertThat(server.exchanges()).isEqualTo(before);
        }
    }

    @Test
    void whoIsSomebodyElseThereIsNot() {
        server.signIn(Person.BOB);
        int before = server.exchanges();
        try (var browser = asked(Browser.Kind.DESKTOP)) {
            browser.click("//button[.='Accept']");
            requireRefused(browser, "You are somebody else there");
            assertThat(server.exchanges()).as("given out, and back").isEqualTo(before + 2);
        }
    }

    private void changed(Map<String, String> change, String sentence, int exchanges) {
        server.onTheWay(answer -> {
            var changed = new HashMap<>(answer);
            changed.putAll(change);
            return changed;
        });
        int before = server.exchanges();
        try (var browser = asked(Browser.Kind.DESKTOP)) {
            browser.click("//button[.='Accept']");
            requireRefused(browser, sentence);
            assertThat(server.exchanges()).isEqualTo(before + exchanges);
        }
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() {
        changed(Map.of("state", "5e".repeat(32)), NOT_OURS, 0);
    }

    @Test
    void anAnswerOfAnotherServerIsRefused() {
        changed(Map.of("iss", "https://evil.example"), "You are somebody else there", 0);
    }

    /// Whose question it was is in the verifier, which leaves this instance for the server alone.
    @Test
    void theCodeOfAnotherQuestionIsRefused() {
        String client;
        String back;
        try (var browser = leaving(Browser.Kind.DESKTOP)) {
            var asked = MisskeyServer.form(URI.create(link(browser)).getRawQuery());
            client = asked.getOrDefault("client_id", "");
            back = asked.getOrDefault("redirect_uri", "");
        }
        changed(Map.of("code", server.codeOfAnother(client, back)), NOT_OURS, 1);
    }

    private static String link(Browser browser) {
        return Objects.requireNonNull(browser.find("main a.button").getDomProperty("href"));
    }

    /// Somebody begins, and has another say yes.
    @Test
    void whatBeganInAnotherBrowserSignsNobodyIn() {
        int before = server.exchanges();
        try (var theirs = leaving(Browser.Kind.DESKTOP);
                var hers = Browser.start(Browser.Kind.DESKTOP)) {
            hers.open(URI.create(link(theirs)));
            hers.click("//button[.='Accept']");
            requireRefused(hers, NOT_OURS);
            theirs.open(account());
            assertThat(theirs.has("form[action='/account/sign-in/server']")).isTrue();
            assertThat(server.exchanges()).isEqualTo(before);
        }
    }
}
