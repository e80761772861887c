package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.testkit.InMemoryPorts;
import dev.drawbridge.testkit.fake.FakeNetwork;
import jakarta.servlet.ServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

@Timeout(120)
class ConsolePagesTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ATTACK = "<script>alert('x')</script>\"'&";

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.apache.camel.spring.boot.CamelAutoConfiguration",
                "org.apache.camel.component.jms.springboot.JmsComponentAutoConfiguration"
            })
    static class Web {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final Ports ports = InMemoryPorts.empty();
    private Optional<ServletWebServerApplicationContext> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(ServletWebServerApplicationContext::close);
        client.close();
    }

    private void start(boolean live, PostTexts texts) {
        var networks = List.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO).stream()
                .map(network -> new FakeNetwork(network, false, () -> NOON))
                .toList();
        Class<?>[] sources = live
                ? new Class<?>[] {Web.class, ConsolePages.class, LivePages.class}
                : new Class<?>[] {Web.class, ConsolePages.class};
        server = Optional.of((ServletWebServerApplicationContext) new SpringApplicationBuilder(sources)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "spring.main.banner-mode",
                        "off",
                        "spring.web.resources.add-mappings",
                        false))
                .initializers(context -> {
                    var generic = (GenericApplicationContext) context;
                    generic.registerBean(Ports.class, () -> ports);
                    var connectors = new Connectors(networks);
                    generic.registerBean(Connectors.class, () -> connectors);
                    generic.registerBean(Callers.class, () -> ServletRequest::getRemoteAddr);
                    generic.registerBean(PageTexts.class, () -> PageTexts.DEFAULT);
                    PageServer.uses(generic, ports, connectors, () -> NOON, Map.of());
                    generic.registerBean(PostTexts.class, () -> texts);
                    generic.registerBean(
                            ConsoleInfo.class,
                            () -> new ConsoleInfo("bridge.example", "1.2.3", "op@bridge.example", live));
                })
                .run());
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        int port = server.orElseThrow().getWebServer().getPort();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void crossing(String author, String reason, Crossings.State state) {
        ports.crossings()
                .record(new Crossings.Crossing(
                        "c1",
                        "Publish",
                        new NativeId(Network.ACTIVITYPUB, author),
                        new NativeId(Network.ACTIVITYPUB, "javascript:alert(1)"),
                        Network.NOSTR,
                        Optional.of(new NativeId(Network.NOSTR, "ab".repeat(32))),
                        state,
                        reason,
                        List.of(new Loss("warning", "shown as text")),
                        Duration.ofMillis(41),
                        NOON));
    }

    @Test
    void theLandingPageNamesTheBotsToFollow() throws Exception {
        ports.identities()
                .putIfAbsent(new Ghost(
                        Ghost.botOrigin(Network.NOSTR),
                        new NativeId(Network.ACTIVITYPUB, "https://bridge.example/ap/nostr"),
                        "@nostr@bridge.example",
                        true,
                        NOON));
        start(false, PostTexts.UNKNOWN);
        var page = get("/", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Drawbridge at bridge.example", "@nostr@bridge.example", "https://bridge.example/ap/nostr")
                .contains("op@bridge.example", "1.2.3")
                .doesNotContain("/demo", "htmx");
    }

    @Test
    void pagesSayWhatABrowserMayDoWithThem() throws Exception {
        start(true, PostTexts.UNKNOWN);
        for (String path : List.of(
                "/",
                "/status",
                "/demo",
                "/assets/drawbridge.css",
                "/assets/icon.svg",
                "/assets/htmx.org/htmx.min.js",
                "/assets/htmx-ext-sse/sse.js")) {
            var answer = get(path, "*/*");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-security-policy"))
                    .as(path)
                    .hasValueSatisfying(csp ->
                            assertThat(csp).contains("default-src 'none'").doesNotContain("unsafe"));
            assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
            assertThat(answer.headers().firstValue("x-frame-options")).contains("DENY");
        }
    }

    @Test
    void whatIsNotThereIsGuardedToo() throws Exception {
        start(true, PostTexts.UNKNOWN);
        for (String path : List.of("/assets/nothing.js", "/assets/htmx.org/..%2f..%2fpom.xml", "/nowhere")) {
            var answer = get(path, "text/html");
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            assertThat(answer.body()).as(path).doesNotContain("<project");
        }
        assertThat(get("/nowhere", "text/html").headers().firstValue("content-security-policy"))
                .isPresent();
    }

    @Test
    void pagesSpeakTheLanguageOfTheReader() throws Exception {
        crossing("https://social.example/amal", "", Crossings.State.GIVEN_UP);
        start(true, PostTexts.UNKNOWN);
        for (String path : List.of("/", "/status", "/demo")) {
            assertThat(get(path, "text/html").body())
                    .as(path)
                    .contains("<html lang=\"en\"")
                    .doesNotContain("??");
            assertThat(get(path + "?lang=fr", "text/html").body())
                    .as(path)
                    .contains("<html lang=\"fr\"", "Participer", "abandonnés")
                    .doesNotContain("??", "given up");
        }
        var asked = get("/status?lang=fr", "text/html");
        assertThat(asked.headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).startsWith("lang=fr;"));
        assertThat(get("/status?lang=xx", "text/html").headers().firstValue("set-cookie"))
                .isEmpty();
    }

    @Test
    void theDemoShowsWhatCrossedWithItsText() throws Exception {
        crossing("https://social.example/amal", "", Crossings.State.CROSSED);
        start(true, post -> Optional.of("Low tide at Oualidia"));
        assertThat(get("/demo", "text/html").body())
                .contains("https://social.example/amal", "wrote", "Low tide at Oualidia", "crossed", "41 ms")
                .contains("warning: shown as text");
    }

    @Test
    void whatPeopleWroteIsNeverMarkup() throws Exception {
        crossing(ATTACK, ATTACK, Crossings.State.WAITING);
        start(true, post -> Optional.of(ATTACK));
        assertThat(get("/demo", "text/html").body())
                .doesNotContain("<script>alert", "href=\"javascript:")
                .contains("&lt;script&gt;alert", "waiting");
    }

    @Test
    void crossingsAreServedAsJson() throws Exception {
        crossing("https://social.example/amal", "the relay is down", Crossings.State.WAITING);
        start(true, PostTexts.UNKNOWN);
        var answer = get("/api/v1/crossings?limit=9999999", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"from\":\"activitypub\"", "\"to\":\"nostr\"", "\"state\":\"WAITING\"", "\"tookMs\":41")
                .contains("\"reason\":\"the relay is down\"", "\"copy\":\"abab")
                .contains("\"losses\":[{\"field\":\"warning\",\"reason\":\"shown as text\"}]");
        assertThat(get("/api/v1/crossings?limit=some", "application/json").statusCode())
                .isEqualTo(400);
    }

    @Test
    void namesAreForTheOperatorsOwnMachine() throws Exception {
        crossing("https://social.example/amal", "", Crossings.State.CROSSED);
        start(false, PostTexts.UNKNOWN);
        assertThat(get("/demo", "text/html").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/crossings", "application/json").statusCode()).isEqualTo(404);
        assertThat(get("/status", "text/html").body()).contains("working").doesNotContain("amal");
    }
}
