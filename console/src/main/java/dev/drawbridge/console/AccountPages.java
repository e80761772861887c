package dev.drawbridge.console;

import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pages of whoever signed in, on top of [ConsolePages]. Needs [MyAccount], [SignIns] and an [Access].
@Configuration(proxyBeanMethods = false)
public class AccountPages {
    /// @param https whether the public address is one: then cookies are for encrypted connections only
    /// @param clock by which sessions end
    public record Access(boolean https, SecureRandom random, InstantSource clock) {}

    @Bean
    AccountController accountController(
            MyAccount mine, SignIns signIns, Access access, Overview overview, ConsoleInfo info, Callers callers) {
        return new AccountController(
                mine,
                signIns,
                new Sessions(access.random(), access.clock()),
                overview,
                info,
                callers,
                access.https(),
                access.clock());
    }
}
