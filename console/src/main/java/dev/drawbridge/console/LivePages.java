package dev.drawbridge.console;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pages that name people, on top of [ConsolePages]: imported only where they may be served.
@Configuration(proxyBeanMethods = false)
public class LivePages {
    @Bean
    LiveController liveController(Overview overview, ConsoleInfo info) {
        return new LiveController(overview, info);
    }
}
