package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.OpenIdPeer;
import dev.drawbridge.it.peers.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Operators sign in at a provider that nobody here wrote, which is another site.
@Timeout(300)
class OidcBrowserIT {
    @TempDir
    private Path data;

    private OpenIdPeer provider;
    private HostileWorld world;

    @BeforeEach
    void start() {
        int port = Ports.free();
        URI ours = URI.create("http://localhost:" + port);
        provider = OpenIdPeer.start(
                ours.resolve("/console/sign-in/oidc/back"), ours.resolve("/console/sign-in/oidc/sign-out"));
        world = new HostileWorld(
                data,
                Map.of(
                        "drawbridge.domain",
                        "localhost:" + port,
                        "server.port",
                        Integer.toString(port),
                        "drawbridge.console.oidc.issuer",
                        provider.issuer().toString(),
                        "drawbridge.console.oidc.client-id",
                        OpenIdPeer.CLIENT,
                        "drawbridge.console.oidc.client-secret",
                        OpenIdPeer.SECRET,
                        "drawbridge.console.oidc.allow",
                        "email:" + OpenIdPeer.MAIL));
    }

    @AfterEach
    void stop() {
        if (world != null) {
            world.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    private void leave(Browser browser) {
        browser.open(world.at("/console/sign-in"));
        browser.click("form[action='/console/sign-in/oidc'] button");
        browser.awaitText("h1", provider.issuer().getAuthority());
        browser.requireSound("oidc-leaving");
        browser.click("main a.button");
    }

    private static void sayYes(Browser browser, String name) {
        browser.await("no name is asked for", () -> browser.has("input[name=login]"));
        browser.type("input[name=login]", name);
        browser.type("input[name=password]", "anything");
        browser.click("button[type=submit]");
        browser.await("not asked for a yes", () -> browser.has("form input[name=prompt][value=consent]"));
        browser.click("button[type=submit]");
    }

    @ParameterizedTest
    @EnumSource
    void whomTheProviderKnowsIsInWithTheirOwnName(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            browser.open(world.at("/console/sign-in"));
            browser.requireSound("oidc-sign-in");
            leave(browser);
            sayYes(browser, OpenIdPeer.NAME);
            browser.await("not signed in", () -> browser.has("nav.desk"));
            assertThat(browser.text("nav.desk")).contains("oidc:email:" + OpenIdPeer.MAIL);
            browser.open(world.at("/console/audit"));
            assertThat(browser.text("table")).contains("oidc:email:" + OpenIdPeer.MAIL, "by way of 127.0.0.1");
            browser.open(world.at("/console/passkeys"));
            assertThat(browser.has("[data-passkey=add]")).isFalse();
            browser.requireSound("oidc-passkeys");
        }
    }

    private void enter(Browser browser) {
        leave(browser);
        sayYes(browser, OpenIdPeer.NAME);
        browser.await("not signed in", () -> browser.has("nav.desk"));
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "WITHOUT_SCRIPTS"})
    void whoSignsOutThereIsSignedOutHere(Browser.Kind kind) {
        try (var browser = Browser.start(kind);
                var elsewhere = Browser.start(kind)) {
            enter(browser);
            enter(elsewhere);
            browser.open(provider.signOut());
            browser.click("button[name=logout]");
            browser.awaitText("h1", "Sign-out Success");
            browser.open(world.at("/console"));
            assertThat(browser.has("nav.desk")).isFalse();
            elsewhere.open(world.at("/console/audit"));
            assertThat(elsewhere.text("table")).contains("ended the sessions that it let begin", OpenIdPeer.NAME);
        }
    }

    /// The provider knows them, and asks all the same.
    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "FRENCH"})
    void whatCannotBeTakenBackAsksThemThereAgain(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            enter(browser);
            decide(browser);
            browser.await("not asked", () -> browser.has("form[action='/console/sign-in/oidc'] input[name=again]"));
            browser.requireRefused(403);
            browser.requireSound("oidc-again");
            browser.click("main > form[action='/console/sign-in/oidc'] button");
            browser.awaitText("h1", provider.issuer().getAuthority());
            browser.click("main a.button");
            browser.await("no name is asked for", () -> browser.has("input[name=login]"));
            browser.type("input[name=login]", OpenIdPeer.NAME);
            browser.type("input[name=password]", "anything");
            browser.click("button[type=submit]");
            browser.await("not signed in", () -> browser.has("nav.desk"));
            decide(browser);
            browser.await("not done", () -> browser.has("p.notice[role=status]"));
        }
    }

    private void decide(Browser browser) {
        browser.open(world.account());
        browser.type("#reason", "they asked for it");
        browser.click("//button[@formaction='/console/account/readmit']");
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "FRENCH"})
    void nobodyElseIsLetIn(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            leave(browser);
            sayYes(browser, "mallory");
            browser.await("not refused", () -> browser.has("p.notice.bad"));
            browser.requireRefused(403);
            assertThat(browser.text("p.notice.bad")).contains("drawbridge.console.oidc.allow");
            browser.requireSound("oidc-refused");
            browser.open(world.at("/console"));
            assertThat(browser.has("nav.desk")).isFalse();
        }
    }
}
