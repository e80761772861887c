package dev.drawbridge.console;

import dev.drawbridge.engine.InstanceStatus;
import dev.drawbridge.engine.Lookup;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The operator's pages, on top of [ConsolePages]. Needs a [ConsoleAccess] and an [EngineRoom].
@Configuration(proxyBeanMethods = false)
public class OperatorPages implements WebMvcConfigurer {
    private final ConsoleGuard guard;

    OperatorPages(ConsoleAccess access) {
        guard = new ConsoleGuard(access);
    }

    @Bean
    DoorController doorController(ConsoleAccess access, ConsoleInfo info, Callers callers) {
        return new DoorController(access, info, callers, guard);
    }

    @Bean
    ConsoleController consoleController(ConsoleAccess access, InstanceStatus status, Lookup lookup, ConsoleInfo info) {
        return new ConsoleController(access, status, lookup, info, InstantSource.system());
    }

    @Bean
    EngineRoomController engineRoomController(
            EngineRoom room, ConsoleAccess access, InstanceStatus status, ConsoleInfo info, PageTexts texts) {
        return new EngineRoomController(room, access.door(), status, info, texts);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(guard).addPathPatterns("/console", "/console/**");
    }
}
