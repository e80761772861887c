package dev.drawbridge.it.browser;

import static dev.drawbridge.it.browser.DemoCards.awaitCard;
import static dev.drawbridge.it.browser.DemoCards.awaitNoCard;
import static dev.drawbridge.it.browser.DemoCards.card;
import static dev.drawbridge.it.browser.DemoCards.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.config.demo.Demo;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/// News of the demo come while somebody types, and between what they send and the answer.
@Timeout(300)
class DemoTypingBrowserIT {
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

    private static Browser open() {
        Browser browser = Browser.start(Browser.Kind.DESKTOP);
        browser.open(demo.page());
        return browser;
    }

    private enum Until {
        SENT,
        READ
    }

    /// The next form that is sent waits until it is let through: before it goes out, or before its answer is read.
    private static void hold(Browser browser, Until until) {
        browser.script("""
            const send = XMLHttpRequest.prototype.send;
            window.letThrough = undefined;
            XMLHttpRequest.prototype.send = function (...body) {
                XMLHttpRequest.prototype.send = send;
                const read = this.onload;
                if ("%s" === "sent") {
                    window.letThrough = () => send.apply(this, body);
                    return;
                }
                this.onload = () => { window.letThrough = () => read.call(this); };
                send.apply(this, body);
            };
            return true;
            """.formatted(until.name().toLowerCase(Locale.ROOT)));
    }

    private static void letThrough(Browser browser) {
        browser.await(
                "nothing is held", () -> Boolean.TRUE.equals(browser.script("return window.letThrough !== undefined")));
        browser.script("window.letThrough(); return true");
    }

    /// Something that was wrong before is said until a form is taken.
    private static void sendTooMuch(Browser browser) {
        browser.script("arguments[0].value = 'x'.repeat(300); return true", browser.find("#pen-nostr"));
        browser.click("#nostr .pen button");
        browser.awaitText("#problem", "280");
        browser.forgetWhatItSaid();
    }

    @Test
    void anAnswerThatComesAfterTheNewsIsRead() {
        try (var browser = open()) {
            write(browser, "activitypub", "High water at nine");
            awaitCard(browser, "activitypub", "High water at nine");
            sendTooMuch(browser);
            String own = card("activitypub", "High water at nine");
            browser.click(own + "//summary[.='Edit']");
            browser.find(own + "//form[@action='/demo/edit']//input[@name='text']")
                    .sendKeys(", not ten");
            hold(browser, Until.READ);
            browser.click(own + "//form[@action='/demo/edit']//button");
            awaitCard(browser, "activitypub", "High water at nine, not ten");
            letThrough(browser);
            assertThat(browser.text("#problem")).isEmpty();
            browser.requireQuiet();
        }
    }

    @Test
    void aRefusalIsSaidWhenItsFormIsGone() {
        try (var browser = open()) {
            write(browser, "nostr", "Gone in a moment");
            awaitCard(browser, "activitypub", "Gone in a moment");
            String copy = card("activitypub", "Gone in a moment");
            browser.click(copy + "//summary[starts-with(.,'Answer as')]");
            hold(browser, Until.SENT);
            browser.find(copy + "//input[starts-with(@aria-label,'Answer')]").sendKeys("Too late" + Keys.ENTER);
            browser.click(card("nostr", "Gone in a moment") + "//button[.='Delete']");
            awaitNoCard(browser, "activitypub", "Gone in a moment");
            letThrough(browser);
            browser.awaitText("#problem", "not here any more");
        }
    }

    @Test
    void whatSomebodyTypesIsKeptWhenTheirCardIsRenewed() {
        try (var browser = open()) {
            write(browser, "activitypub", "Tide tables");
            awaitCard(browser, "nostr", "Tide tables");
            String own = card("activitypub", "Tide tables");
            String field = own + "//form[@action='/demo/edit']//input[@name='text']";
            browser.click(own + "//summary[.='Edit']");
            browser.find(field).sendKeys(" (not");
            String like = card("nostr", "Tide tables") + "//button[.='Like']";
            browser.script("arguments[0].click(); return true", browser.find(like));
            browser.awaitText(own, "♥ Rosa");
            browser.press(" yet)");
            assertThat(browser.find(field).getDomProperty("value")).isEqualTo("Tide tables (not yet)");
        }
    }

    @Test
    void whatSomebodyTypesOnIsKeptWhenTheAnswerComes() {
        try (var browser = open()) {
            hold(browser, Until.READ);
            browser.type("#pen-nostr", "Low water" + Keys.ENTER);
            browser.press(" again");
            letThrough(browser);
            assertThat(browser.find("#pen-nostr").getDomProperty("value")).isEqualTo("Low water again");
            awaitCard(browser, "activitypub", "Low water");
            browser.press(Keys.ENTER);
            awaitCard(browser, "activitypub", "Low water again");
            browser.await(
                    "the pen keeps what was sent",
                    () -> String.valueOf(browser.find("#pen-nostr").getDomProperty("value"))
                            .isEmpty());
        }
    }
}
