package dev.drawbridge.console;

import dev.drawbridge.engine.InstanceStatus;
import dev.drawbridge.engine.Lookup;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The operator's pages, on top of [ConsolePages]. Needs a [ConsoleAccess] and an [EngineRoom].
@Configuration(proxyBeanMethods = false)
public class OperatorPages implements WebMvcConfigurer {
    private final ConsoleGuard guard;
    private final OperatorWay way;
    private final PasskeyDesk passkeys;

    OperatorPages(ConsoleAccess access, Callers callers) {
        way = new OperatorWay(access, callers, access.random());
        passkeys = new PasskeyDesk(access.door(), access.operators(), access.random(), access.clock());
        guard = new ConsoleGuard(access.door(), way, new ShowAgain(access.door(), way, passkeys));
    }

    @Bean
    DoorController doorController(ConsoleAccess access, ConsoleInfo info) {
        return new DoorController(access, info, way, passkeys);
    }

    @Bean
    ShowAgainPage showAgainPage(ConsoleAccess access, ConsoleInfo info, MessageSource words) {
        return new ShowAgainPage(access, way, passkeys, info, words);
    }

    @Bean
    PasskeyController passkeyController(ConsoleInfo info, MessageSource words) {
        return new PasskeyController(passkeys, way, info, words);
    }

    @Bean
    OperatorsController operatorsController(ConsoleAccess access, ConsoleInfo info) {
        return new OperatorsController(access.door(), info);
    }

    @Bean
    OidcController oidcController(ConsoleAccess access, Questions questions, ConsoleInfo info) {
        return new OidcController(
                access.provider(),
                access.door(),
                way,
                questions,
                info,
                new OpenSignIns<>(access.random(), access.clock()));
    }

    @Bean
    ConsoleController consoleController(ConsoleAccess access, InstanceStatus status, Lookup lookup, ConsoleInfo info) {
        return new ConsoleController(access, status, lookup, info, access.clock());
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
