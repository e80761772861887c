package dev.drawbridge.config.demo;

import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.settings.Version;
import dev.drawbridge.console.ConsoleInfo;
import dev.drawbridge.console.PageHeaders;
import dev.drawbridge.console.PageLanguage;
import dev.drawbridge.console.PageWords;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/// The three shores side by side, with a pen and a plug for each. Reading works without a script, and so do the forms.
final class DemoPage {
    private static final String PATH = "/demo";
    private static final long MAX_FORM = 20_000;
    private static final int MAX_TEXT = 280;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Sandbox sandbox;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private volatile Optional<Instance> instance = Optional.empty();

    DemoPage(Sandbox sandbox) {
        this.sandbox = sandbox;
        var templates = new ClassLoaderTemplateResolver(DemoPage.class.getClassLoader());
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(PageWords.with());
    }

    /// Begins to show an instance; until then there is only a word of patience.
    void show(Instance running) {
        instance = Optional.of(running);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get(PATH, this::page),
                Endpoint.Http.get(PATH + "/demo.css", _ -> resource("demo.css", "text/css; charset=utf-8")),
                Endpoint.Http.get(PATH + "/demo.js", _ -> resource("demo.js", "text/javascript; charset=utf-8")),
                Endpoint.Http.post(PATH + "/write", MAX_FORM, call -> form(call, this::write)),
                Endpoint.Http.post(PATH + "/plug", MAX_FORM, call -> form(call, this::plug)));
    }

    private HttpReply page(HttpCall call) {
        return instance.map(running -> page(running, language(call)))
                .orElseGet(() -> HttpReply.text(503, "The bridge is starting. Look again in a moment.\n")
                        .with("retry-after", "1"));
    }

    private HttpReply page(Instance running, Locale language) {
        var columns = new Columns(sandbox.shores(), running.ports());
        long queued =
                running.depths().values().stream().mapToLong(Long::longValue).sum();
        var model = new HashMap<String, Object>();
        var settings = running.settings();
        model.put("info", new ConsoleInfo(settings.domain(), Version.current(), settings.contact(), true));
        model.put("columns", columns.all());
        model.put("numbers", columns.numbers(queued));
        model.put("limit", MAX_TEXT);
        String html = engine.process("demo/shores", new Context(language, model));
        return guarded(HttpReply.of(200, "text/html; charset=utf-8", html)).with("cache-control", "no-store");
    }

    private static HttpReply resource(String name, String type) {
        try (var in = Objects.requireNonNull(DemoPage.class.getResourceAsStream(name), name)) {
            return guarded(HttpReply.bytes(200, type, in.readAllBytes())).with("cache-control", "max-age=600");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpReply guarded(HttpReply reply) {
        HttpReply guarded = reply;
        for (var header : PageHeaders.ALL.entrySet()) {
            guarded = guarded.with(header.getKey(), header.getValue());
        }
        return guarded;
    }

    private static Locale language(HttpCall call) {
        Optional<String> cookie = call.header("cookie").stream()
                .flatMap(cookies -> Arrays.stream(cookies.split(";\\s*")))
                .filter(pair -> pair.startsWith(PageLanguage.NAME + "="))
                .map(pair -> pair.substring(PageLanguage.NAME.length() + 1))
                .findFirst();
        return PageLanguage.of(call.query(PageLanguage.NAME), cookie, call.header("accept-language"));
    }

    /// What a form asks for.
    private interface Wish {
        /// @return what is wrong with it; empty if it is done
        Optional<String> grant(Map<String, String> fields, Shore shore);
    }

    /// Only the page itself may write: neither another site's form nor a name that leads here by a trick.
    private HttpReply form(HttpCall call, Wish wish) {
        boolean foreign = call.header("sec-fetch-site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
        if (foreign || !HERE.contains(call.host())) {
            return HttpReply.text(403, "Only the page of the demo itself may write here.\n");
        }
        Map<String, String> fields = fields(new String(call.body(), StandardCharsets.UTF_8));
        Optional<Shore> shore = sandbox.shore(fields.getOrDefault("shore", ""));
        Optional<String> problem =
                shore.isEmpty() ? Optional.of("There is no such shore.") : wish.grant(fields, shore.get());
        return problem.map(text -> HttpReply.text(400, text + "\n"))
                .orElseGet(() -> HttpReply.of(303)
                        .with("location", PATH + "#" + shore.orElseThrow().network()));
    }

    private Optional<String> write(Map<String, String> fields, Shore shore) {
        String text = fields.getOrDefault("text", "").strip();
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            return Optional.of("A post has 1 to " + MAX_TEXT + " characters.");
        }
        Optional<NativeId> parent = Optional.ofNullable(fields.get("parent"))
                .filter(id -> !id.isBlank())
                .map(id -> new NativeId(shore.network(), id));
        if (parent.isPresent() && shore.journal().post(parent.get()).isEmpty()) {
            return Optional.of("What you answer is not here any more.");
        }
        shore.write(text, parent);
        return Optional.empty();
    }

    private Optional<String> plug(Map<String, String> fields, Shore shore) {
        shore.plug().pulled("true".equals(fields.get("pulled")));
        return Optional.empty();
    }

    private static Map<String, String> fields(String body) {
        var fields = new HashMap<String, String>();
        for (String pair : body.split("&")) {
            int is = pair.indexOf('=');
            if (is > 0) {
                fields.put(decoded(pair.substring(0, is)), decoded(pair.substring(is + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
