package dev.drawbridge.console;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.InstanceStatus;
import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.PublicPosts;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.testkit.InMemoryPorts;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The pages on a port of their own, over stores and networks in memory.
final class PageServer implements AutoCloseable {
    final VirtualClock clock = new VirtualClock();
    final Ports ports = ports();
    final FakeNetwork fedi = new FakeNetwork(Network.ACTIVITYPUB, true, clock);
    final FakeNetwork nostr = new FakeNetwork(Network.NOSTR, false, clock);
    final FakeNetwork sky = new FakeNetwork(Network.ATPROTO, false, clock);
    final Map<String, Long> depths = new HashMap<>();
    private final Connectors connectors = new Connectors(List.of(fedi, nostr, sky));
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServletWebServerApplicationContext server;

    /// @param address who asks
    PageServer(
            PageTexts texts,
            String address,
            List<Class<?>> more,
            BiConsumer<GenericApplicationContext, PageServer> beans) {
        this(texts, () -> address, more, beans);
    }

    /// @param address who asks now
    PageServer(
            PageTexts texts,
            Supplier<String> address,
            List<Class<?>> more,
            BiConsumer<GenericApplicationContext, PageServer> beans) {
        var sources = new java.util.ArrayList<Class<?>>(List.of(ConsolePagesTest.Web.class, ConsolePages.class));
        sources.addAll(more);
        server = (ServletWebServerApplicationContext) new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "server.tomcat.use-relative-redirects",
                        true,
                        "spring.main.banner-mode",
                        "off",
                        "spring.web.resources.add-mappings",
                        false))
                .initializers(context -> {
                    var generic = (GenericApplicationContext) context;
                    generic.registerBean(Ports.class, () -> ports);
                    generic.registerBean(Connectors.class, () -> connectors);
                    generic.registerBean(
                            ConsoleInfo.class, () -> new ConsoleInfo("bridge.example", "1.2.3", "", false));
                    generic.registerBean(Callers.class, () -> _ -> address.get());
                    generic.registerBean(PageTexts.class, () -> texts);
                    uses(generic, ports, connectors, clock, depths);
                    beans.accept(generic, this);
                })
                .run();
    }

    /// What answers requests, and which.
    Map<RequestMappingInfo, HandlerMethod> handlers() {
        return server.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
    }

    <T> T bean(Class<T> type) {
        return server.getBean(type);
    }

    static Ports ports() {
        return InMemoryPorts.empty();
    }

    /// The use cases that the pages ask.
    static void uses(
            GenericApplicationContext context,
            Ports ports,
            Connectors connectors,
            java.time.InstantSource clock,
            Map<String, Long> depths) {
        var terms = new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors());
        var lookup = new Lookup(ports, connectors, terms, clock);
        context.registerBean(Lookup.class, () -> lookup);
        context.registerBean(PublicPosts.class, () -> new PublicPosts(ports, connectors, lookup, clock));
        context.registerBean(InstanceStatus.class, () -> new InstanceStatus(ports, connectors, () -> depths, clock));
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(at(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .headers(headers)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Map<String, String> fields, String... headers) throws Exception {
        var body = new StringBuilder();
        fields.forEach((name, value) ->
                body.append(body.isEmpty() ? "" : "&").append(name).append('=').append(encoded(value)));
        var request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
