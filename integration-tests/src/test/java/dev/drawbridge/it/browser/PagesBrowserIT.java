package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.browser.Pages.Door;
import dev.drawbridge.it.browser.Pages.Page;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page, with everything that people look with, full of what strangers wrote to do harm. [PageListTest] sees to
/// it that none is missing.
@Timeout(600)
class PagesBrowserIT {
    @TempDir
    private static Path data;

    private static HostileWorld world;
    private static HostileGhosts ghosts;
    private static List<HostileGhosts.GhostPage> ghostPages = List.of();

    @BeforeAll
    static void start() {
        world = new HostileWorld(data.resolve("world"));
        ghosts = new HostileGhosts(data.resolve("ghosts"));
        ghostPages = ghosts.pages();
    }

    @AfterAll
    static void stop() {
        world.close();
        ghosts.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsUsableAndWhatStrangersWroteIsInert(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            look(browser, kind, Door.NONE);
            browser.open(world.at("/account"));
            browser.type("#code", world.code());
            browser.click("form[action='/account/sign-in'] button");
            browser.awaitText("h1", "amal");
            look(browser, kind, Door.ACCOUNT);
            operator(browser);
            look(browser, kind, Door.CONSOLE);
        }
    }

    private static void look(Browser browser, Browser.Kind kind, Door door) {
        for (Page page : world.pages().behind(door)) {
            browser.open(world.at(page.address()), page.status());
            look(browser, kind, page.address(), page.name());
        }
    }

    private static void look(Browser browser, Browser.Kind kind, String address, String name) {
        assertThat(browser.text("h1")).as(address).isNotBlank();
        assertThat(browser.find("html").getDomAttribute("lang")).as(address).isEqualTo(kind.language());
        browser.requireInert();
        assertThat(browser.text("body")).as(address).doesNotContain("\u202e", "\u2066", "\u200b");
        browser.requireSound(name);
    }

    /// Those at the addresses of actors and posts, which the network serves itself.
    @ParameterizedTest
    @EnumSource
    void pagesOfStandInsAreUsableAndInertToo(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            for (HostileGhosts.GhostPage page : ghostPages) {
                browser.open(ghosts.at(page.path()), page.status());
                look(browser, kind, page.path(), page.name());
                assertThat(browser.find("header a.home").getDomProperty("href"))
                        .isEqualTo(ghosts.at("/").toString());
            }
        }
    }

    /// Strangers' HTML is on them: there not even a script of ours runs, and nothing can be sent.
    @Test
    void pagesOfStandInsRunNothing() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            for (HostileGhosts.GhostPage page : ghostPages) {
                var question = HttpRequest.newBuilder(ghosts.at(page.path()))
                        .header("Accept", "text/html")
                        .build();
                var answer = client.send(question, HttpResponse.BodyHandlers.discarding());
                assertThat(answer.statusCode()).as(page.path()).isEqualTo(page.status());
                assertThat(answer.headers().allValues("content-security-policy"))
                        .as(page.path())
                        .containsExactly("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none';"
                                + " base-uri 'none'; frame-ancestors 'none'");
            }
        }
    }

    private static void operator(Browser browser) {
        browser.open(world.at("/console/sign-in"));
        browser.type("#name", HostileWorld.OPERATOR);
        browser.type("#password", HostileWorld.PASSWORD);
        browser.click("form[action='/console/sign-in'] button");
        browser.await("not signed in", () -> browser.has("nav.desk"));
    }

    @ParameterizedTest
    @EnumSource
    void whatGoesWrongIsAPageLikeTheOthers(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            for (Page wrong : List.of(
                    Page.open("/nowhere").answering(404),
                    Page.open("/fails").answering(500),
                    Page.open("/account/ask").answering(405))) {
                browser.open(world.at(wrong.address()), wrong.status());
                assertThat(browser.text("h1")).contains(Integer.toString(wrong.status()));
                assertThat(browser.text("body")).doesNotContain("Exception", "Secret", "Whitelabel", " at dev.");
                browser.requireSound("error-" + wrong.status());
            }
            browser.open(world.at("/account"));
            browser.type("#code", world.code());
            browser.click("form[action='/account/sign-in'] button");
            browser.awaitText("h1", "amal");
            browser.forgetCookies();
            browser.click("form[action='/account/sign-out'] button");
            browser.awaitText("h1", "403");
            browser.requireRefused(403);
            browser.requireSound("error-403");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksTooMuchIsToldSo(Browser.Kind kind) throws Exception {
        String address = "203.0.113." + (10 + kind.ordinal());
        var question = HttpRequest.newBuilder(world.at("/lookup?q=%40nobody"))
                .header("X-Forwarded-For", address)
                .build();
        try (var client = HttpClient.newHttpClient();
                var browser = Browser.start(kind)) {
            int status = 0;
            for (int i = 0; i < 60 && status != 429; i++) {
                status = client.send(question, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
            assertThat(status).isEqualTo(429);
            browser.comeFrom(address);
            browser.open(world.at("/person?network=activitypub&id=x"), 429);
            assertThat(browser.text("main p")).contains(kind.language().equals("fr") ? "minute" : "a minute");
            browser.requireSound("error-429");
        }
    }

    /// First their name, then what the page says beside it; and a handle begins left, whatever it is written in.
    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "FRENCH_PHONE"})
    void aNameFromRightToLeftTurnsNothingAround(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            for (Page page : world.speakers()) {
                browser.open(world.at(page.address()));
                assertThat(browser.script("""
                    const [name, network] = document.querySelector("h2").children;
                    const beside = network.getBoundingClientRect();
                    const last = [...name.getClientRects()].at(-1);
                    return last.right <= beside.left + 1 || last.bottom <= beside.top + 1;
                    """)).as(page.address()).isEqualTo(true);
                assertThat(browser.script("""
                    const handle = document.querySelector("h1 bdi");
                    const range = document.createRange();
                    const at = (i) => {
                        range.setStart(handle.firstChild, i);
                        range.setEnd(handle.firstChild, i + 1);
                        return range.getBoundingClientRect();
                    };
                    const first = at(0);
                    const last = at(handle.textContent.length - 1);
                    return first.left < last.left || first.top < last.top;
                    """)).as(page.address()).isEqualTo(true);
            }
        }
    }

    @Test
    void aReaderChoosesTheLanguageOnceAndStaysWhereTheyAre() {
        try (var browser = Browser.start(Browser.Kind.DESKTOP)) {
            browser.open(world.at("/status"));
            browser.click(".languages a[lang=fr]");
            browser.awaitText("h1", "État");
            browser.open(world.at("/"));
            assertThat(browser.text("h1")).startsWith("Restez où vous êtes");
            browser.open(world.at("/lookup?q=%40nobody+%26lang%3D%22%3E"), 404);
            browser.click(".languages a[lang=en]");
            browser.awaitText("h1", "Who is that");
            assertThat(browser.find("#q").getDomProperty("value")).isEqualTo("@nobody &lang=\">");
        }
    }

    @Test
    void theFirstTabLeadsPastTheNavigation() {
        try (var browser = Browser.start(Browser.Kind.DESKTOP)) {
            browser.open(world.at("/status"));
            browser.tabTo(".skip");
            assertThat(browser.find(".skip").getRect().getX()).isGreaterThanOrEqualTo(0);
        }
    }
}
