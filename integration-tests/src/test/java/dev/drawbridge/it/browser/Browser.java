package dev.drawbridge.it.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/// Chromium as the machine has it, without a window. Pictures of what it shows are left in
/// `target/screenshots`.
///
/// ```java
/// try (var browser = Browser.start(Browser.Kind.DESKTOP)) {
///     browser.open(page);
///     browser.requireSound("landing");
/// }
/// ```
final class Browser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-prefers-reduced-motion");

    private static final String AXE = axe();

    private final ChromeDriver driver;
    private final Kind kind;

    /// What somebody looks with.
    enum Kind {
        DESKTOP(1280, 900, "en", true),
        PHONE(360, 740, "en", true),
        FRENCH(1280, 900, "fr", true),
        /// Whose system is dark.
        DARK(1280, 900, "en", true),
        /// Whose system is dark too.
        FRENCH_PHONE(360, 740, "fr", true),
        WITHOUT_SCRIPTS(1280, 900, "en", false);

        private final int width;
        private final int height;
        private final String language;
        private final boolean scripts;

        Kind(int width, int height, String language, boolean scripts) {
            this.width = width;
            this.height = height;
            this.language = language;
            this.scripts = scripts;
        }

        String language() {
            return language;
        }

        private boolean dark() {
            return this == DARK || this == FRENCH_PHONE;
        }

        private boolean phone() {
            return this == PHONE || this == FRENCH_PHONE;
        }
    }

    private Browser(ChromeDriver driver, Kind kind) {
        this.driver = driver;
        this.kind = kind;
    }

    /// Without a browser or its driver the test is skipped, unless this is CI (`CI=true`): there it fails.
    static Browser start(Kind kind) {
        Optional<Path> chromium =
                CHROMIUM.stream().flatMap(c -> onPath(c).stream()).findFirst();
        Optional<Path> driver = onPath("chromedriver");
        boolean there = chromium.isPresent() && driver.isPresent();
        Assumptions.assumeTrue(there || "true".equals(System.getenv("CI")), "no chromium and chromedriver on the path");
        if (!there) {
            throw new AssertionError("CI without chromium and chromedriver: the pages were not tested");
        }
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get().toFile())
                .build();
        var chrome = new ChromeDriver(service, options(kind, chromium.get()));
        chrome.manage().window().setSize(new Dimension(kind.width, kind.height));
        if (kind.dark()) {
            var dark = Map.of("name", "prefers-color-scheme", "value", "dark");
            chrome.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(dark)));
        }
        return new Browser(chrome, kind);
    }

    private static ChromeOptions options(Kind kind, Path chromium) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var preferences = new HashMap<String, Object>(Map.of("intl.accept_languages", kind.language));
        if (!kind.scripts) {
            preferences.put("profile.managed_default_content_settings.javascript", 2);
        }
        var options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(FLAGS);
        options.addArguments("--accept-lang=" + kind.language);
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("prefs", preferences);
        if (kind.phone()) {
            // A window is never this small; a phone is.
            var screen = Map.of("width", kind.width, "height", kind.height, "pixelRatio", 1.0, "touch", false);
            options.setExperimentalOption("mobileEmulation", Map.of("deviceMetrics", screen));
        }
        return options;
    }

    private static Optional<Path> onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    void open(URI page) {
        driver.get(page.toString());
    }

    /// Opens a page that may say that something is wrong.
    ///
    /// @param status what it has to answer with
    void open(URI page, int status) {
        open(page);
        if (status >= 400) {
            requireRefused(status);
        }
    }

    /// Requires that the page answered with an error, which a browser says on its console, and nothing else there.
    void requireRefused(int status) {
        List<String> said = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
        boolean only = !said.isEmpty() && said.stream().allMatch(m -> m.contains("a status of " + status + " "));
        if (!only) {
            throw new AssertionError(driver.getCurrentUrl() + " did not answer " + status + ": " + said);
        }
    }

    /// As if from this address, behind a proxy that the instance trusts.
    void comeFrom(String address) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("X-Forwarded-For", address)));
    }

    /// From now on this browser has a device that keeps passkeys, and that knows its owner.
    VirtualAuthenticator keepPasskeys() {
        return driver.addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                .setHasResidentKey(true)
                .setHasUserVerification(true)
                .setIsUserVerified(true));
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /// @param where a CSS selector, or a path that begins with `//`
    WebElement find(String where) {
        return driver.findElement(by(where));
    }

    boolean has(String where) {
        return !driver.findElements(by(where)).isEmpty();
    }

    private static By by(String where) {
        return where.startsWith("//") ? By.xpath(where) : By.cssSelector(where);
    }

    String text(String css) {
        return find(css).getText();
    }

    /// Waits until something is so; what is renewed meanwhile is looked at again.
    void await(String what, BooleanSupplier so) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptionsInstanceOf(WebDriverException.class)
                    .until(so::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            screenshot("failed");
            throw new AssertionError(what + "; the page says: " + text("body"), e);
        }
    }

    /// Waits until an element's text has something in it.
    void awaitText(String css, String text) {
        await("no “" + text + "” in " + css, () -> text(css).contains(text));
    }

    void type(String css, String text) {
        WebElement field = find(css);
        field.clear();
        field.sendKeys(text);
    }

    /// Clicks as soon as it is there and does not move.
    void click(String where) {
        await("cannot click " + where, () -> {
            find(where).click();
            return true;
        });
    }

    /// Presses a key where the focus is.
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /// Goes on with the tabulator until the focus is on an element.
    void tabTo(String css) {
        for (int i = 0; i < 200; i++) {
            press(Keys.TAB);
            boolean there = (Boolean) script("return document.activeElement.matches(arguments[0])", css);
            if (there) {
                return;
            }
        }
        throw new AssertionError("no way with the tabulator to " + css);
    }

    Object script(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments));
    }

    /// Leaves a picture, and requires that the page is usable: it says nothing on the console, keeps to its policy,
    /// fits the window, and has no fault that axe calls serious.
    void requireSound(String name) {
        screenshot(name);
        requireQuiet();
        if (kind.scripts) {
            requireFitting();
            requireApart();
            requireAccessible();
        }
    }

    /// Requires that nothing was said on the console, where a browser also says what the policy forbade.
    void requireQuiet() {
        List<String> said = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(e -> e.getLevel().intValue() >= Level.WARNING.intValue())
                .map(e -> e.getLevel() + " " + e.getMessage())
                .toList();
        if (!said.isEmpty()) {
            throw new AssertionError(driver.getCurrentUrl() + " said on the console: " + said);
        }
    }

    /// What was said on the console until now is no fault.
    void forgetWhatItSaid() {
        driver.manage().logs().get(LogType.BROWSER);
    }

    /// Requires that nothing on the page is of those who wrote what it shows: no script but ours, nothing that runs
    /// when it is clicked or loaded, nothing from elsewhere.
    void requireInert() {
        for (String foreign : List.of(
                "script:not([src^='/assets/'])",
                "[onerror], [onload], [onfocus], [onmouseover], [onclick], [autofocus]",
                "[href^='javascript:' i], [src^='javascript:' i], [action^='javascript:' i], [href^='data:' i]",
                "img, iframe, object, embed, base, style, [style]",
                "form[action]:not([action^='/'])")) {
            if (has(foreign)) {
                throw new AssertionError(driver.getCurrentUrl() + " has " + foreign + ": "
                        + find(foreign).getDomProperty("outerHTML"));
            }
        }
        if (kind.scripts && !Boolean.TRUE.equals(script("return window.pwned === undefined"))) {
            throw new AssertionError(driver.getCurrentUrl() + " ran what a stranger wrote");
        }
    }

    private void requireFitting() {
        String wide = String.valueOf(script("""
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return "";
            return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1)
                .map(e => e.tagName + "." + e.className).slice(0, 10).join(", ") || "something";
            """));
        if (!wide.isEmpty()) {
            throw new AssertionError(driver.getCurrentUrl() + " is wider than " + kind.width + ": " + wide);
        }
    }

    /// Requires that each text is set by itself: what is written from right to left turns nothing around beside it.
    private void requireApart() {
        String leaking = String.valueOf(script("""
            const apart = ["isolate", "plaintext", "isolate-override"];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = new Set();
            while (texts.nextNode()) {
                const around = texts.currentNode.parentElement;
                if (texts.currentNode.data.trim() && !apart.includes(getComputedStyle(around).unicodeBidi)) {
                    found.add(around.tagName + "." + around.className);
                }
            }
            return [...found].slice(0, 10).join(", ");
            """));
        if (!leaking.isEmpty()) {
            throw new AssertionError(driver.getCurrentUrl() + " lets the direction of a text out of " + leaking);
        }
    }

    @SuppressWarnings("unchecked")
    private void requireAccessible() {
        driver.executeScript(AXE);
        var faults = (List<String>) driver.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            axe.run({resultTypes: ["violations"]}).then(r => done(r.violations
                .filter(v => v.impact === "serious" || v.impact === "critical")
                .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " " + n.failureSummary)
                    .join(" | "))));
            """);
        if (!Objects.requireNonNull(faults).isEmpty()) {
            throw new AssertionError(driver.getCurrentUrl() + " shuts people out: " + faults);
        }
    }

    private void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(
                    SCREENSHOTS.resolve(name + "-" + kind.name().toLowerCase(Locale.ROOT) + ".png"),
                    driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String axe() {
        try (var in = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
