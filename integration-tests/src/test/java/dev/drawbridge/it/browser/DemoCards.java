package dev.drawbridge.it.browser;

/// The columns of the demo's page, as a newcomer finds their way in them.
final class DemoCards {
    private DemoCards() {}

    /// The card of a post within a column.
    static String card(String shore, String text) {
        return "//*[@id='posts-%s']//article[.//p[contains(@class,'said') and contains(.,'%s')]]"
                .formatted(shore, text);
    }

    static void write(Browser browser, String shore, String text) {
        browser.type("#pen-" + shore, text);
        browser.click("#" + shore + " .pen button");
    }

    static void awaitCard(Browser browser, String shore, String text) {
        browser.await("“" + text + "” is not on " + shore, () -> browser.has(card(shore, text)));
    }

    static void awaitNoCard(Browser browser, String shore, String text) {
        browser.await("“" + text + "” is still on " + shore, () -> !browser.has(card(shore, text)));
    }
}
