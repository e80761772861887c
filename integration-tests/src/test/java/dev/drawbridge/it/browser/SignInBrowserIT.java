package dev.drawbridge.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.HttpCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signing in as people do it: with an app in their browser, and by way of their server, which is another site.
@Timeout(300)
class SignInBrowserIT {
    /// Where the server was told to send them.
    private static final AtomicReference<URI> BACK = new AtomicReference<>();

    private static final NativeId NORA = new NativeId(Network.NOSTR, "nora");
    private static final NativeId DORA = new NativeId(Network.ACTIVITYPUB, "dora");

    @TempDir
    private Path data;

    private static HostileWorld world;
    private static HttpServer theirs;

    /// A world of its own for each, as nobody may try as often as all of them do together.
    @BeforeEach
    void start() throws IOException {
        world = new HostileWorld(data);
        theirs = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        theirs.createContext("/ask", exchange -> {
            String state = exchange.getRequestURI().getQuery();
            exchange.getResponseHeaders().add("Location", BACK.get() + "?code=yes&state=" + state);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        theirs.start();
        world.carried(NORA);
        world.carried(DORA);
        world.nostr().proving((AccountProof.BySignature) SignInBrowserIT::check);
        world.fedi().proving((AccountProof.ByTheirServer) SignInBrowserIT::ask);
    }

    @AfterEach
    void stop() {
        theirs.stop(0);
        world.close();
    }

    private static Start ask(String name, String state, Function<String, URI> back) {
        if (!name.equals("@dora@social.example")) {
            return new Start.Refused(Refusal.NOBODY);
        }
        String origin = "http://127.0.0.1:" + theirs.getAddress().getPort();
        BACK.set(back.apply(origin));
        var page = URI.create(origin + "/ask?" + state);
        return new Start.Ask(
                page,
                DORA,
                BACK.get(),
                answer -> Map.of("code", "yes", "state", state).equals(answer)
                        ? new Verdict.Proven(DORA)
                        : new Verdict.Refused(Refusal.STALE));
    }

    /// What a network checks beside the signature itself.
    private static Verdict check(HttpCall call) {
        try {
            String header = call.header("authorization").orElse("").replaceFirst("^Nostr ", "");
            JsonNode event = JsonMapper.shared().readTree(Base64.getDecoder().decode(header));
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(call.body()));
            String tags = "[[\"u\",\"" + world.at("/account/sign-in/signed")
                    + "\"],[\"method\",\"POST\"],[\"payload\",\"" + hash + "\"]]";
            boolean right = event.path("kind").asInt() == 27_235
                    && event.path("tags").toString().equals(tags)
                    && event.path("sig").asString("").equals("s\u00efgned");
            return right ? new Verdict.Proven(NORA) : new Verdict.Refused(Refusal.STALE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAppInTheBrowserSignsIn() {
        try (var browser = Browser.start(Browser.Kind.DESKTOP)) {
            browser.open(world.at("/account"));
            browser.click("[data-sign-in='nostr'] button");
            browser.awaitText("[data-sign-in='nostr'] [role=alert]", "no app in this browser");
            browser.script("window.nostr = {signEvent: async () => { throw new Error('no'); }}; return 1");
            browser.click("[data-sign-in='nostr'] button");
            browser.awaitText("[data-sign-in='nostr'] [role=alert]", "declined");
            browser.requireSound("sign-in-declined");
            browser.script("window.nostr = {signEvent: async (e) => ({...e, sig: 's\u00efgned'})}; return 1");
            browser.click("[data-sign-in='nostr'] button");
            browser.awaitText("h1", "nora");
            browser.requireSound("sign-in-done");
            browser.open(world.at("/account"));
            assertThat(browser.text("h1")).contains("nora");
        }
    }

    @Test
    void aSignatureThatIsNotRightIsRefusedWithASentence() {
        try (var browser = Browser.start(Browser.Kind.FRENCH)) {
            browser.open(world.at("/account"));
            browser.script("window.nostr = {signEvent: async (e) => ({...e, kind: 1, sig: 'x'})}; return 1");
            browser.click("[data-sign-in='nostr'] button");
            browser.awaitText("[data-sign-in='nostr'] [role=alert]", "Recommencez");
            browser.requireRefused(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theirServerSendsThemBackSignedIn(Browser.Kind kind) {
        try (var browser = Browser.start(kind)) {
            browser.open(world.at("/account"));
            browser.type("input[name=name]", "@nobody@social.example");
            browser.click("form[action='/account/sign-in/server'] button");
            browser.await("not refused", () -> browser.has("[role=alert]"));
            browser.requireRefused(403);
            browser.requireSound("sign-in-refused");
            browser.open(world.at("/account"));
            browser.type("input[name=name]", " @dora@social.example ");
            browser.click("form[action='/account/sign-in/server'] button");
            browser.awaitText("h1", "127.0.0.1:" + theirs.getAddress().getPort());
            browser.requireSound("sign-in-leaving");
            browser.click("main a.button");
            browser.awaitText("h1", "dora");
            browser.requireSound("sign-in-back");
        }
    }
}
