package dev.drawbridge.config.demo;

import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.settings.Version;
import dev.drawbridge.console.ConsoleInfo;
import dev.drawbridge.model.page.PageLanguage;
import dev.drawbridge.model.page.PagePolicy;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The three shores side by side, with a pen and a plug for each. Without a script the page is the same, only older,
/// and its forms lead back to it.
final class DemoPage implements AutoCloseable {
    static final String PATH = "/demo";

    /// Where the sample people's own picture is.
    static final String PICTURE = PATH + "/lagoon.png";

    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/webp", "image/gif");

    private final Sandbox sandbox;
    private final DemoViews views = new DemoViews();
    private final DemoStream stream = new DemoStream(views, this::now);
    private final DemoForms forms;
    private volatile Optional<Instance> instance = Optional.empty();

    DemoPage(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.forms = new DemoForms(sandbox, views, this::refused);
    }

    /// Begins to show an instance; until then there is only a word of patience.
    void show(Instance running) {
        instance = Optional.of(running);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get(PATH, this::page),
                Endpoint.Http.get(PATH + "/events", call -> stream.follow(language(call))),
                Endpoint.Http.get(PATH + "/demo.css", _ -> ours("demo.css", "text/css; charset=utf-8")),
                Endpoint.Http.get(PATH + "/demo.js", _ -> ours("demo.js", "text/javascript; charset=utf-8")),
                Endpoint.Http.get(PICTURE, _ -> guarded(SamplePicture.reply())),
                Endpoint.Http.get(PATH + "/pictures/{shore}/{post}/{number}", this::picture),
                Endpoint.Http.post(PATH + "/write", DemoForms.MAX, call -> guarded(forms.write(call))),
                Endpoint.Http.post(PATH + "/edit", DemoForms.MAX, call -> guarded(forms.edit(call))),
                Endpoint.Http.post(PATH + "/act", DemoForms.MAX, call -> guarded(forms.act(call))),
                Endpoint.Http.post(PATH + "/plug", DemoForms.MAX, call -> guarded(forms.plug(call))));
    }

    /// What there is to see; empty as long as the instance starts.
    private Optional<Columns.Moment> now() {
        return instance.map(running -> {
            long queued = running.depths().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new Columns(sandbox.shores(), running.ports(), queued).now();
        });
    }

    private HttpReply page(HttpCall call) {
        Locale language = language(call);
        HttpReply reply = html(200, language, Map.of());
        return call.query(PageLanguage.NAME).flatMap(PageLanguage::known).isPresent()
                ? reply.with("set-cookie", PageLanguage.cookie(language))
                : reply;
    }

    /// The page with a sentence about what is wrong with a form.
    private HttpReply refused(HttpCall call, String problem) {
        return html(400, language(call), Map.of("problem", problem));
    }

    private HttpReply html(int status, Locale language, Map<String, Object> more) {
        Optional<Columns.Moment> moment = now();
        if (moment.isEmpty()) {
            return HttpReply.text(503, views.words("demo.starting", language) + "\n")
                    .with("retry-after", "1");
        }
        var settings = instance.orElseThrow().settings();
        var model = new HashMap<>(more);
        model.put("info", new ConsoleInfo(settings.domain(), Version.current(), settings.contact(), true));
        model.put("moment", moment.get());
        model.put("limit", DemoForms.LONGEST_TEXT);
        return guarded(HttpReply.of(status, "text/html; charset=utf-8", views.whole("demo/shores", language, model)))
                .with("cache-control", "no-store");
    }

    private static HttpReply ours(String file, String type) {
        try (var in = Objects.requireNonNull(DemoPage.class.getResourceAsStream(file))) {
            return guarded(HttpReply.bytes(200, type, in.readAllBytes())).with("cache-control", "max-age=600");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A picture that a copy shows, fetched from where the copy says it is: the page itself takes nothing from
    /// elsewhere.
    private HttpReply picture(HttpCall call) {
        String post = call.path().getOrDefault("post", "");
        String number = call.path().getOrDefault("number", "");
        Optional<Shown.Picture> picture = sandbox.shore(call.path().getOrDefault("shore", "")).stream()
                .flatMap(shore -> shore.journal().sightings().stream())
                .filter(s -> Cards.anchor(s.id()).equals(post))
                .map(s -> s.shown().pictures())
                .filter(pictures -> number.matches("\\d") && Integer.parseInt(number) < pictures.size())
                .map(pictures -> pictures.get(Integer.parseInt(number)))
                .findFirst();
        return guarded(picture.flatMap(this::fetched).orElseGet(() -> HttpReply.text(404, "no such picture\n")));
    }

    private Optional<HttpReply> fetched(Shown.Picture picture) {
        try {
            OutboundHttp.Answer answer = sandbox.fetch(picture.url());
            return answer.header("content-type")
                    .filter(type -> answer.status() == 200 && SHOWN.contains(type))
                    .map(type -> HttpReply.bytes(200, type, answer.body()).with("cache-control", "max-age=600"));
        } catch (OutboundHttp.OutboundException e) {
            return Optional.empty();
        }
    }

    static HttpReply guarded(HttpReply reply) {
        HttpReply guarded = reply;
        for (var header : PagePolicy.HEADERS.entrySet()) {
            guarded = guarded.with(header.getKey(), header.getValue());
        }
        return guarded;
    }

    static Locale language(HttpCall call) {
        return PageLanguage.of(call);
    }

    /// Ends what is still being told to anybody.
    @Override
    public void close() {
        stream.close();
    }
}
