package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.config.demo.Demo;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page, with everything that people look with.
@Timeout(300)
class PagesBrowserIT {
    /// A page that is not in this list is not tested.
    private static final List<String> PAGES =
            List.of("/", "/lookup", "/feed", "/privacy", "/age", "/status", "/demo", "/console/sign-in");

    private static Demo demo;

    @BeforeAll
    static void start() {
        demo = Demo.start(Commands.networks(), DemoBrowserIT.PATIENT);
        demo.play(_ -> {});
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsUsable(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            for (String page : PAGES) {
                browser.open(demo.page().resolve(page));
                assertThat(browser.text("h1")).as(page).isNotBlank();
                assertThat(browser.find("html").getDomAttribute("lang"))
                        .as(page)
                        .isEqualTo(kind == Browser.Kind.FRENCH ? "fr" : "en");
                browser.requireSound("page" + (page.equals("/") ? "-first" : page.replaceAll("[^a-z]", "-")));
            }
        }
    }

    @Test
    void aReaderChoosesTheLanguageOnce() {
        try (var browser = Browser.start(Browser.Kind.DESKTOP)) {
            browser.open(demo.page().resolve("/status"));
            browser.click(".languages a[lang=fr]");
            browser.awaitText("h1", "État");
            browser.open(demo.page().resolve("/"));
            assertThat(browser.text("h1")).startsWith("Restez où vous êtes");
            browser.open(demo.page());
            assertThat(browser.text("h1")).startsWith("Écrivez sur une rive");
        }
    }

    @Test
    void theFirstTabLeadsPastTheNavigation() {
        try (var browser = Browser.start(Browser.Kind.DESKTOP)) {
            browser.open(demo.page().resolve("/status"));
            browser.tabTo(".skip");
            assertThat(browser.find(".skip").getRect().getX()).isGreaterThanOrEqualTo(0);
        }
    }
}
