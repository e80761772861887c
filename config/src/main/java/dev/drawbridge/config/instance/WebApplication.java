package dev.drawbridge.config.instance;

import dev.drawbridge.config.http.Gate;
import dev.drawbridge.config.http.SocketMount;
import dev.drawbridge.config.http.WebMount;
import dev.drawbridge.console.ConsolePages;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// What Spring takes care of: the web server, the pages, health and metrics, and stopping in order.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({WebMount.class, ConsolePages.class, Insight.class})
class WebApplication {
    /// First nothing new is taken in and sockets hear goodbye, then the server finishes what it is answering.
    @Bean
    StopStep takingNothingIn(Gate gate, SocketMount sockets) {
        return new StopStep(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1, () -> {
            gate.close();
            sockets.close();
        });
    }

    /// After the server: connectors, routes, broker, store.
    @Bean
    StopStep everythingBehind(WebFront.Behind behind) {
        return new StopStep(Integer.MIN_VALUE + 1_000, behind.stop());
    }
}
