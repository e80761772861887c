package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;

/// The operator's passkeys in a real Chromium, with a device that it makes up for tests.
@Timeout(300)
class PasskeyBrowserIT {
    private static final String PASSWORD = "another long enough password";

    @TempDir
    private Path data;

    private HostileWorld world;

    @BeforeEach
    void start() {
        world = new HostileWorld(data);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void enter(Browser browser) {
        browser.open(world.invitation());
        browser.requireSound("set-up-anew");
        browser.type("#password", PASSWORD);
        browser.click("form[action='/console/set-up'] button");
        browser.await("not set up", () -> browser.has("form[action='/console/sign-in']"));
        browser.type("#name", HostileWorld.OPERATOR);
        browser.type("#password", PASSWORD);
        browser.click("form[action='/console/sign-in'] button");
        browser.await("not signed in", () -> browser.has("nav.desk"));
    }

    private void register(Browser browser, String name) {
        browser.open(world.at("/console/passkeys"));
        browser.type("#name", name);
        browser.click("[data-passkey=add] button");
        browser.await("not registered", () -> browser.has("p.notice[role=status]"));
        assertThat(browser.text("table")).contains(name);
    }

    private static void signOut(Browser browser) {
        browser.click("form[action='/console/sign-out'] button");
        browser.await("not signed out", () -> browser.has("[data-passkey=sign-in]"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITHOUT_SCRIPTS")
    void anOperatorRegistersAPasskeyComesInWithItAndRemovesIt(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            VirtualAuthenticator device = browser.keepPasskeys();
            enter(browser);
            browser.open(world.at("/console/passkeys"));
            browser.requireSound("passkeys-none");
            register(browser, "<b>phone");
            browser.requireSound("passkeys-one");
            assertThat(device.getCredentials())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.isResidentCredential()).isTrue());
            signOut(browser);
            browser.requireSound("passkeys-sign-in");
            browser.click("[data-passkey=sign-in] button");
            browser.await("not signed in", () -> browser.has("nav.desk"));
            browser.open(world.at("/console/audit"));
            assertThat(browser.text("table")).contains("with the passkey “<b>phone”");
            browser.open(world.at("/console/passkeys"));
            browser.click("form[action='/console/passkeys/password'] button");
            browser.await("not switched off", () -> browser.has("p.notice[role=status]"));
            browser.requireSound("passkeys-password-off");
            browser.click("form[action='/console/passkeys/password'] button");
            browser.await(
                    "not switched on",
                    () -> !browser.find("input[name=off]")
                            .getDomAttribute("value")
                            .equals("false"));
            browser.click("form[action='/console/passkeys/remove'] button");
            browser.await("not removed", () -> !browser.has("table"));
            signOut(browser);
            browser.click("[data-passkey=sign-in] button");
            browser.await(
                    "not refused",
                    () -> !browser.text("[data-passkey=sign-in] [role=alert]").isEmpty());
            browser.requireRefused(403);
            browser.requireSound("passkeys-refused");
            assertThat(browser.has("nav.desk")).isFalse();
        }
    }

    private void add(Browser browser, String name) {
        browser.open(world.at("/console/operators"));
        browser.type("#name", name);
        browser.click("form[action='/console/operators/add'] button");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITHOUT_SCRIPTS")
    void whoAddsAnotherAfterAWhileShowsThePasskeyAgain(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            VirtualAuthenticator device = browser.keepPasskeys();
            enter(browser);
            register(browser, "phone");
            world.later(Duration.ofMinutes(6));
            add(browser, "anna");
            browser.await("not asked", () -> browser.has("[data-passkey=again]"));
            browser.requireRefused(403);
            browser.requireSound("again");
            device.setUserVerified(false);
            browser.click("[data-passkey=again] button");
            browser.await(
                    "not declined",
                    () -> !browser.text("[data-passkey=again] [role=alert]").isEmpty());
            device.setUserVerified(true);
            browser.click("[data-passkey=again] button");
            browser.await("no link", () -> browser.has("div.notice code"));
            assertThat(browser.text("div.notice")).contains("anna");
            browser.requireQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoAddsAnotherAfterAWhileShowsThePasswordAgain(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            enter(browser);
            world.later(Duration.ofMinutes(6));
            add(browser, "anna");
            browser.await("not asked", () -> browser.has("#again-password"));
            browser.requireRefused(403);
            browser.type("#again-password", "not my password");
            browser.click("main > form > button");
            browser.await("not refused", () -> browser.has("p.notice.bad"));
            browser.requireRefused(403);
            browser.requireSound("again-refused");
            browser.type("#again-password", PASSWORD);
            browser.click("main > form > button");
            browser.await("no link", () -> browser.has("div.notice code"));
            assertThat(browser.text("div.notice")).contains("anna");
        }
    }

    /// A browser asks for a passkey right after a click only, so there are two.
    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "FRENCH"})
    void whoAddsAPasskeyAfterAWhileShowsWhoTheyAreFirst(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            browser.keepPasskeys();
            enter(browser);
            world.later(Duration.ofMinutes(6));
            browser.open(world.at("/console/passkeys"));
            browser.type("#name", "my phone");
            browser.click("[data-passkey=add] button");
            browser.await("not asked", () -> browser.has("#again-password"));
            browser.requireRefused(403);
            browser.type("#again-password", PASSWORD);
            browser.click("main > form > button");
            browser.await("not led back", () -> browser.has("[data-passkey=add]"));
            browser.requireSound("again-passkeys");
            browser.click("[data-passkey=add] button");
            browser.await("not registered", () -> browser.has("table"));
            assertThat(browser.text("table")).contains("my phone");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "FRENCH"})
    void whomTheDeviceDoesNotKnowIsNotLetIn(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            VirtualAuthenticator device = browser.keepPasskeys();
            enter(browser);
            register(browser, "phone");
            device.setUserVerified(false);
            signOut(browser);
            browser.click("[data-passkey=sign-in] button");
            browser.awaitText(
                    "[data-passkey=sign-in] [role=alert]",
                    kind == Browser.Kind.FRENCH ? "Rien n’a changé" : "Nothing has changed");
            browser.requireSound("passkeys-declined");
            device.setUserVerified(true);
            browser.click("[data-passkey=sign-in] button");
            browser.await("not signed in", () -> browser.has("nav.desk"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "WITHOUT_SCRIPTS")
    void withoutScriptsThePasswordIsTheWay(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            enter(browser);
            browser.open(world.at("/console/passkeys"));
            assertThat(browser.find("[data-passkey=add] button").isDisplayed()).isFalse();
            assertThat(browser.text("noscript")).isNotBlank();
            browser.requireSound("passkeys-without-scripts");
        }
    }
}
