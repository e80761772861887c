package dev.drawbridge.config.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.config.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The whole demo: a real instance, three networks on sockets, real signatures.
@Timeout(240)
class DemoTest {
    private record Outcome(int code, String out, String err) {}

    private static Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Commands.run(List.of(arguments), console, Commands.networks(), Map.of());
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everythingCrossesAndTheCommandEndsWell() {
        Outcome outcome = run("demo", "--once", "--patience", "150");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .containsPattern("Amal Benali +is on Bluesky")
                .containsPattern("Rosa +is on the Fediverse")
                .containsPattern("Chen +is on Nostr")
                .containsPattern("Rosa +follows Amal Benali +seen on the Fediverse")
                .containsPattern("Chen +follows Rosa +seen on Nostr")
                .containsPattern("Amal Benali +follows Chen +seen on Bluesky")
                .containsPattern("Amal Benali writes on the Fediverse: Low tide at #Oualidia")
                .containsPattern("Rosa answers on Nostr: What a light!")
                .containsPattern("→ the Fediverse +[0-9]")
                .contains("6 opt-ins, 6 follows, 3 posts to 2 shores each");
    }

    @Test
    void aPulledPlugIsSaidInASentence() {
        Outcome outcome = run("demo", "--once", "--pull", "nostr", "--patience", "2");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("drawbridge demo: not everything crossed within 2 s:"
                        + " Nostr is not connected to the bridge (the plug of Nostr is pulled).");
        assertThat(outcome.out()).doesNotContain("Everything crossed");
    }

    @Test
    void anUnknownNetworkIsWrongInput() {
        Outcome outcome = run("demo", "--once", "--pull", "myspace");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("there is no network myspace");
    }

    @Test
    void thePageShowsTheShoresAndTakesPosts() throws Exception {
        try (var demo = Demo.start(Commands.networks(), Demo.Options.DEFAULT);
                var client = HttpClient.newHttpClient()) {
            String page = get(client, demo.page());
            assertThat(page)
                    .contains("Fediverse", "Nostr", "Bluesky", "Write as Amal…", "Write as Rosa…", "Write as Chen…");
            URI write = demo.page().resolve("/demo/write");
            assertThat(post(client, write, "shore=atproto&text=Fog+over+%3Cthe%3E+harbour", "same-origin")
                            .statusCode())
                    .isEqualTo(303);
            assertThat(get(client, demo.page()))
                    .contains("Fog over &lt;the&gt; harbour")
                    .doesNotContain("<the>");
            assertThat(post(client, write, "shore=atproto&text=Spam", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(client, write, "shore=atproto&text=", "same-origin").body())
                    .contains("1 to 280 characters");
            assertThat(post(client, write, "shore=myspace&text=Hello", "same-origin")
                            .statusCode())
                    .isEqualTo(400);
            post(client, demo.page().resolve("/demo/plug"), "shore=nostr&pulled=true", "same-origin");
            assertThat(get(client, demo.page())).contains(">plug pulled<");
            assertThat(demo.sandbox().shore("atproto").orElseThrow().journal().written())
                    .extracting(Written::text)
                    .containsExactly("Fog over <the> harbour");
        }
    }

    @Test
    void anOpenPageIsToldWhatChanged() throws Exception {
        try (var demo = Demo.start(Commands.networks(), Demo.Options.DEFAULT);
                var client = HttpClient.newHttpClient()) {
            var stream = client.send(
                    HttpRequest.newBuilder(demo.page().resolve("/demo/events?lang=fr"))
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            assertThat(stream.headers().firstValue("content-type")).contains("text/event-stream;charset=utf-8");
            post(client, demo.page().resolve("/demo/write"), "shore=nostr&text=Fog+over+%3Cthe%3E+sea", "same-origin");
            var part = new StringBuilder();
            for (var lines = stream.body().iterator(); !part.toString().contains("Fog over"); ) {
                String line = lines.next();
                part.append(line).append('\n');
                if (line.isEmpty()) {
                    part.setLength(0);
                }
            }
            assertThat(part.toString())
                    .startsWith("event: posts-nostr\n")
                    .contains("data: ", "Fog over &lt;the&gt; sea")
                    .doesNotContain("<the>", "??");
            demo.close();
            stream.body().close();
        }
    }

    @Test
    void aFormThatCannotBeSaysWhy() throws Exception {
        try (var demo = Demo.start(Commands.networks(), Demo.Options.DEFAULT);
                var client = HttpClient.newHttpClient()) {
            URI write = demo.page().resolve("/demo/write");
            URI act = demo.page().resolve("/demo/act");
            URI edit = demo.page().resolve("/demo/edit");
            String poll = "&choice=one&choice=two";
            refused(client, write, "shore=nostr&text=Who%3F&choice=one", "two or three choices");
            refused(client, write, "shore=atproto&text=Who%3F" + poll, "has to have polls");
            refused(client, write, "shore=nostr&text=" + "x".repeat(281), "1 to 280 characters");
            refused(client, write, "shore=nostr&text=Hi&warning=" + "x".repeat(201), "longer than it may be");
            refused(client, write, "shore=nostr&text=Hi&quoted=nothing", "not here any more");
            refused(client, write, "shore=nostr&text=Hi&parent=nothing", "not here any more");
            refused(client, edit, "shore=nostr&text=Hi&post=nothing", "Nobody changes a post");
            refused(client, edit, "shore=atproto&text=Hi&post=nothing", "not here any more");
            refused(client, act, "shore=atproto&what=like&post=nothing", "not here any more");
            refused(client, act, "shore=atproto&what=delete&post=nothing", "not here any more");
            refused(client, act, "shore=atproto&what=explode&post=nothing", "nothing like that");
            refused(client, act, "%%%&&&===", "no such shore");
            assertThat(demo.sandbox().shores())
                    .allSatisfy(shore -> assertThat(shore.journal().written()).isEmpty());
            var picture = client.send(
                    HttpRequest.newBuilder(demo.page().resolve("/demo/pictures/nostr/p0/99"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(picture.statusCode()).isEqualTo(404);
        }
    }

    private static void refused(HttpClient client, URI uri, String form, String why) throws Exception {
        var answer = post(client, uri, form, "same-origin");
        assertThat(answer.statusCode()).as(form).isEqualTo(400);
        assertThat(answer.body()).as(form).contains(why).contains("</html>");
    }

    private static String get(HttpClient client, URI uri) throws Exception {
        var answer = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(p -> assertThat(p).contains("default-src 'none'"));
        return answer.body();
    }

    private static HttpResponse<String> post(HttpClient client, URI uri, String form, String site) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .header("sec-fetch-site", site)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
