package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.support.GenericApplicationContext;

/// A web server with endpoints and nothing else.
final class TestServer implements AutoCloseable {
    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    static class Web {}

    private final ServletWebServerApplicationContext context;
    private final int port;

    private TestServer(ServletWebServerApplicationContext context) {
        this.context = context;
        this.port = context.getWebServer().getPort();
    }

    static TestServer start(List<? extends Endpoint> endpoints, List<String> proxies, Class<?>... more) {
        var sources = Stream.concat(Stream.of(Web.class, WebMount.class), Stream.of(more))
                .toArray(Class<?>[]::new);
        var gate = new Gate();
        gate.open();
        var reader = new CallReader(URI.create("https://bridge.example"), new TrustedProxies(proxies));
        return new TestServer((ServletWebServerApplicationContext) new SpringApplicationBuilder(sources)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "spring.main.banner-mode",
                        "off",
                        "spring.threads.virtual.enabled",
                        true,
                        "spring.web.resources.add-mappings",
                        false))
                .initializers(context -> {
                    var generic = (GenericApplicationContext) context;
                    generic.registerBean(EndpointTable.class, () -> new EndpointTable(endpoints));
                    generic.registerBean(Gate.class, () -> gate);
                    generic.registerBean(CallReader.class, () -> reader);
                })
                .run());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Gate gate() {
        return context.getBean(Gate.class);
    }

    String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
