package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.Endpoint;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/// A web server on loopback for some endpoints by themselves, mounted as those of an instance are.
public final class EndpointServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @Import(WebMount.class)
    static class Web {}

    private EndpointServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /// @param origin `http://localhost:PORT`
    /// @param logging levels by `logging.level.…`
    public static EndpointServer start(URI origin, List<Endpoint> endpoints, Map<String, String> logging) {
        var gate = new Gate();
        gate.open();
        var reader = new CallReader(origin, new TrustedProxies(List.of()));
        var properties = new HashMap<String, Object>(Map.of(
                "server.port",
                origin.getPort(),
                "server.address",
                "127.0.0.1",
                "spring.main.banner-mode",
                "off",
                "spring.main.log-startup-info",
                false,
                // Who started it ends it: told to stop, the bridge says goodbye to a demo's world that is still there.
                "spring.main.register-shutdown-hook",
                false,
                "spring.threads.virtual.enabled",
                true,
                "spring.web.resources.add-mappings",
                false,
                "spring.config.location",
                "optional:classpath:/dev/drawbridge/config/nothing/"));
        properties.putAll(logging);
        return new EndpointServer(new SpringApplicationBuilder(Web.class)
                .web(WebApplicationType.SERVLET)
                .properties(properties)
                .initializers(c -> {
                    var context = (GenericApplicationContext) c;
                    context.registerBean(EndpointTable.class, () -> new EndpointTable(endpoints));
                    context.registerBean(Gate.class, () -> gate);
                    context.registerBean(CallReader.class, () -> reader);
                })
                .run());
    }

    @Override
    public void close() {
        context.close();
    }
}
