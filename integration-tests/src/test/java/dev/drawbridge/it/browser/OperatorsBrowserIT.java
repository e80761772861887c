package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An operator brings in another, who has a name of their own, and takes the first one out.
@Timeout(300)
class OperatorsBrowserIT {
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

    private void signIn(Browser browser, String name) {
        browser.open(world.at("/console/sign-in"));
        browser.type("#name", name);
        browser.type("#password", HostileWorld.PASSWORD);
        browser.click("form[action='/console/sign-in'] button");
        browser.await("not signed in", () -> browser.has("nav.desk"));
    }

    @ParameterizedTest
    @EnumSource
    void somebodyIsAddedByALinkAndTheLastStays(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            signIn(browser, HostileWorld.OPERATOR);
            browser.open(world.at("/console/operators"));
            browser.requireSound("operators-one");
            assertThat(browser.has("form[action='/console/operators/remove']")).isFalse();
            browser.type("#name", "anna");
            browser.click("form[action='/console/operators/add'] button");
            browser.await("no link", () -> browser.has("div.notice code"));
            browser.requireSound("operators-link");
            URI link = URI.create(browser.text("div.notice code"));
            browser.click("form[action='/console/sign-out'] button");
            browser.await("not signed out", () -> browser.has("form[action='/console/sign-in']"));
            browser.open(link);
            browser.requireSound("operators-set-up");
            browser.type("#password", HostileWorld.PASSWORD);
            browser.click("form[action='/console/set-up'] button");
            browser.await("not set up", () -> browser.has("form[action='/console/sign-in']"));
            signIn(browser, "anna");
            assertThat(browser.text("nav.desk")).contains("anna");
            browser.open(world.at("/console/operators"));
            browser.requireSound("operators-two");
            browser.click("//tr[th='op']//form[@action='/console/operators/remove']/button");
            browser.await("not removed", () -> browser.has("p.notice[role=status]"));
            assertThat(browser.text("table")).contains("anna");
            assertThat(browser.has("form[action='/console/operators/remove']")).isFalse();
        }
    }
}
