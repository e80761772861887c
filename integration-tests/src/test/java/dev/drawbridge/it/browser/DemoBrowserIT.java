package dev.drawbridge.it.browser;

import static dev.drawbridge.it.browser.DemoCards.awaitCard;
import static dev.drawbridge.it.browser.DemoCards.awaitNoCard;
import static dev.drawbridge.it.browser.DemoCards.card;
import static dev.drawbridge.it.browser.DemoCards.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.config.demo.Demo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/// The page of the demo, as a newcomer uses it.
@Timeout(300)
class DemoBrowserIT {
    static final Demo.Options PATIENT = new Demo.Options(0, Duration.ofMinutes(4), Set.of(), Map.of());

    private static Demo demo;

    @BeforeAll
    static void start() {
        demo = Demo.start(Commands.networks(), PATIENT);
        demo.play(_ -> {});
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    private static Browser open(Browser.Kind kind) {
        Browser browser = Browser.start(kind);
        browser.open(demo.page());
        return browser;
    }

    @Test
    void aPostCrossesIsChangedAndDeletedWhileOneWatches() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            write(browser, "activitypub", "Spring tide tonight");
            for (String there : List.of("nostr", "atproto")) {
                awaitCard(browser, there, "Spring tide tonight");
            }
            assertThat(browser.find("#pen-activitypub").getDomProperty("value")).isEmpty();
            browser.awaitText(card("activitypub", "Spring tide tonight"), "on Bluesky");
            browser.awaitText(card("activitypub", "Spring tide tonight"), "on Nostr");
            assertThat(browser.text(card("nostr", "Spring tide tonight"))).contains("from the Fediverse");
            browser.click(card("nostr", "Spring tide tonight") + "//summary[contains(.,'has it')]");
            assertThat(browser.text(card("nostr", "Spring tide tonight") + "//pre"))
                    .contains("\"kind\" : 1");
            browser.requireSound("demo-crossed");

            String own = card("activitypub", "Spring tide tonight");
            browser.click(own + "//summary[.='Edit']");
            browser.find(own + "//form[@action='/demo/edit']//input[@name='text']")
                    .sendKeys(", and fog");
            browser.click(own + "//form[@action='/demo/edit']//button");
            for (String there : List.of("nostr", "atproto")) {
                awaitCard(browser, there, "Spring tide tonight, and fog");
            }
            browser.click(card("activitypub", "and fog") + "//button[.='Delete']");
            for (String there : List.of("activitypub", "nostr", "atproto")) {
                awaitNoCard(browser, there, "Spring tide tonight");
            }
            browser.requireQuiet();
        }
    }

    @Test
    void whatIsWrittenWhileThePlugIsPulledWaitsAndCrossesThen() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            browser.click("#plug-activitypub");
            browser.awaitText("#plug-activitypub", "plug pulled");
            write(browser, "atproto", "The ferry is late");
            awaitCard(browser, "nostr", "The ferry is late");
            browser.awaitText(card("atproto", "The ferry is late"), "waits for the Fediverse");
            browser.await(
                    "nothing is counted as waiting",
                    () -> !browser.text("#waiting").equals("0"));
            assertThat(browser.has(card("activitypub", "The ferry is late"))).isFalse();
            browser.requireSound("demo-pulled");
            browser.click("#plug-activitypub");
            browser.awaitText("#plug-activitypub", "connected");
            awaitCard(browser, "activitypub", "The ferry is late");
            browser.awaitText(card("atproto", "The ferry is late"), "on the Fediverse");
            browser.await(
                    "something waits still", () -> browser.text("#waiting").equals("0"));
        }
    }

    /// Apps of Nostr and Bluesky fetch by themselves: what they have not fetched waits on our own relay and host.
    @Test
    void whoFetchesForThemselvesMissesNothing() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            for (String shore : List.of("nostr", "atproto")) {
                browser.click("#plug-" + shore);
                browser.awaitText("#plug-" + shore, "plug pulled");
            }
            write(browser, "activitypub", "Nobody reads this yet");
            browser.awaitText(card("activitypub", "Nobody reads this yet"), "on Nostr");
            browser.awaitText(card("activitypub", "Nobody reads this yet"), "on Bluesky");
            for (String shore : List.of("nostr", "atproto")) {
                assertThat(browser.has(card(shore, "Nobody reads this yet"))).isFalse();
                browser.click("#plug-" + shore);
                awaitCard(browser, shore, "Nobody reads this yet");
            }
        }
    }

    @Test
    void answersQuotesLikesAndSharesGoBack() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            write(browser, "nostr", "Who has seen the ferry?");
            awaitCard(browser, "activitypub", "Who has seen the ferry?");
            String copy = card("activitypub", "Who has seen the ferry?");
            browser.click(copy + "//button[.='Like']");
            browser.click(copy + "//button[.='Share']");
            browser.awaitText(card("nostr", "Who has seen the ferry?"), "♥ Amal Benali");
            browser.awaitText(card("nostr", "Who has seen the ferry?"), "⟳ Amal Benali");
            browser.click(copy + "//summary[starts-with(.,'Answer as')]");
            browser.find(copy + "//input[starts-with(@aria-label,'Answer')]")
                    .sendKeys("Behind the island" + Keys.ENTER);
            awaitCard(browser, "nostr", "Behind the island");
            assertThat(browser.text(card("nostr", "Behind the island"))).contains("answers Rosa");
            awaitCard(browser, "atproto", "Who has seen the ferry?");
            String third = card("atproto", "Who has seen the ferry?");
            browser.click(third + "//summary[starts-with(.,'Quote as')]");
            browser.find(third + "//input[starts-with(@aria-label,'Quote')]")
                    .sendKeys("Asking for a friend" + Keys.ENTER);
            awaitCard(browser, "nostr", "Asking for a friend");
            awaitCard(browser, "activitypub", "Asking for a friend");
            browser.requireSound("demo-answers");
        }
    }

    @Test
    void aPictureCrossesWithItsDescription() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            browser.click("#activitypub .pen summary");
            browser.click("#activitypub .pen input[name=picture]");
            write(browser, "activitypub", "Look who stands there");
            for (String there : List.of("nostr", "atproto")) {
                String picture = card(there, "Look who stands there") + "//img";
                browser.await("no picture on " + there, () -> browser.has(picture));
                assertThat(browser.find(picture).getDomAttribute("alt"))
                        .isEqualTo("a grey heron in a lagoon at low tide");
                browser.script("arguments[0].scrollIntoView(); return true", browser.find(picture));
                browser.await(
                        "the picture is not shown on " + there,
                        () -> "480".equals(browser.find(picture).getDomProperty("naturalWidth")));
            }
            assertThat(browser.text(card("atproto", "Look who stands there"))).contains("focal point");
            browser.requireSound("demo-picture");
        }
    }

    /// Bluesky has no label for a warning in words: what it covers is not shown there, and that is a loss.
    @Test
    void whatIsCoveredStaysCovered() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            browser.click("#activitypub .pen summary");
            browser.click("#activitypub .pen input[name=picture]");
            browser.type("#activitypub .pen input[name=warning]", "birds");
            write(browser, "activitypub", "For those who like herons");
            String veil = "//*[@id='posts-nostr']//details[contains(@class,'veil') and contains(.,'birds')]";
            browser.await("no warning on Nostr", () -> browser.has(veil));
            assertThat(browser.find(veil).getDomProperty("open")).isEqualTo("false");
            browser.click(veil + "/summary");
            browser.await(
                    "the warning cannot be opened",
                    () -> "true".equals(browser.find(veil).getDomProperty("open")));
            assertThat(browser.has(veil + "//img")).isTrue();
            String there = card("atproto", "For those who like herons");
            browser.awaitText(there, "[birds]");
            assertThat(browser.has(there + "//img")).isFalse();
            assertThat(browser.text(there)).contains("media: carried as a link");
            browser.requireSound("demo-warning");
        }
    }

    @Test
    void aPollCrosses() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            browser.click("#nostr .pen summary");
            browser.type("#nostr .pen input[aria-label='Choice 1']", "by boat");
            browser.type("#nostr .pen input[aria-label='Choice 2']", "on foot");
            write(browser, "nostr", "How do we get there?");
            awaitCard(browser, "activitypub", "How do we get there?");
            assertThat(browser.text(card("activitypub", "How do we get there?") + "//ul"))
                    .contains("by boat", "on foot");
            awaitCard(browser, "atproto", "How do we get there?");
            assertThat(browser.text(card("atproto", "How do we get there?"))).contains("by boat", "on foot");
            browser.requireQuiet();
        }
    }

    @Test
    void aKeyboardIsEnough() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            browser.tabTo("#pen-atproto");
            browser.press("By hand", Keys.ENTER);
            awaitCard(browser, "nostr", "By hand");
            browser.tabTo("#plug-activitypub, #posts-nostr button[id^=like]");
            assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }
    }

    @Test
    void aBadFormSaysWhatIsWrongAndKeepsWhatWasTyped() {
        try (var browser = open(Browser.Kind.DESKTOP)) {
            browser.click("#nostr .pen summary");
            browser.type("#nostr .pen input[aria-label='Choice 1']", "only one");
            write(browser, "nostr", "A poll of one");
            browser.awaitText("#problem", "two or three choices");
            assertThat(browser.find("#pen-nostr").getDomProperty("value")).isEqualTo("A poll of one");
        }
    }

    @Test
    void withoutScriptsTheFormsLeadBack() {
        try (var browser = open(Browser.Kind.WITHOUT_SCRIPTS)) {
            write(browser, "nostr", "Written without a script");
            assertThat(browser.text(card("nostr", "Written without a script"))).contains("Rosa");
            browser.await("no copy on the Fediverse", () -> {
                browser.open(demo.page());
                return browser.has(card("activitypub", "Written without a script"));
            });
            browser.requireSound("demo-written");
        }
    }

    @Test
    void itSpeaksFrench() {
        try (var browser = open(Browser.Kind.FRENCH)) {
            assertThat(browser.text("#activitypub h2")).contains("Fédivers");
            write(browser, "activitypub", "Marée basse");
            awaitCard(browser, "nostr", "Marée basse");
            assertThat(browser.text(card("nostr", "Marée basse")))
                    .contains("depuis le Fédivers")
                    .doesNotContain("??");
        }
    }

    @Test
    void whatPeopleWriteIsInert() {
        List<String> attacks = List.of(
                "<script>document.title='taken'</script> hostile-0",
                "\"><img src=x onerror=\"document.title='taken'\"> hostile-1",
                "javascript:document.title='taken' hostile-2",
                "\u202Egnihton si siht\u2066 hostile-3",
                "</pre></details><iframe src=//evil.example></iframe> hostile-4",
                "{{7*7}} ${7*7} [[${7*7}]] #{7*7} hostile-5");
        try (var browser = open(Browser.Kind.PHONE)) {
            for (String attack : attacks) {
                browser.script("arguments[0].value = arguments[1]; return true", browser.find("#pen-nostr"), attack);
                browser.click("#nostr .pen button");
                String end = attack.substring(attack.lastIndexOf(' ') + 1);
                awaitCard(browser, "activitypub", end);
                awaitCard(browser, "atproto", end);
            }
            assertThat(browser.script("return document.title")).isEqualTo("Demo · Drawbridge");
            assertThat(browser.has("main script, main iframe, main img[src=x]")).isFalse();
            assertThat(browser.text(card("activitypub", "hostile-5") + "//p[contains(@class,'said')]"))
                    .isEqualTo("{{7*7}} ${7*7} [[${7*7}]] #{7*7} hostile-5");
            browser.requireSound("demo-hostile");
        }
    }
}
