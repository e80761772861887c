package dev.drawbridge.console;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pages of whoever signed in, on top of [ConsolePages]. Needs [MyAccount], [SignIns] and an [Access].
@Configuration(proxyBeanMethods = false)
public class AccountPages {
    /// @param home the public address: people are sent back there, and if it is encrypted, cookies are for encrypted
    ///     connections only
    /// @param clock by which sessions end
    public record Access(URI home, SecureRandom random, InstantSource clock) {}

    @Bean
    AccountDoor accountDoor(Access access, Callers callers, MyAccount mine) {
        return new AccountDoor(access.home(), callers, mine::knows, access.random(), access.clock());
    }

    @Bean
    AccountController accountController(
            MyAccount mine,
            SignIns signIns,
            AccountDoor door,
            Overview overview,
            Connectors connectors,
            ConsoleInfo info,
            Access access) {
        return new AccountController(mine, signIns, door, overview, connectors, info, access.clock());
    }

    @Bean
    LinkController linkController(MyAccount mine, AccountDoor door, Access access) {
        return new LinkController(mine, door, access.clock());
    }

    @Bean
    WaitingController waitingController(MyAccount mine, AccountDoor door, Access access) {
        return new WaitingController(mine, door, access.clock());
    }

    @Bean
    ProofController proofController(
            Connectors connectors,
            AccountDoor door,
            Questions questions,
            Access access,
            ConsoleInfo info,
            MessageSource words) {
        return new ProofController(
                connectors,
                door,
                questions,
                info,
                words,
                new OpenSignIns<>(access.random(), access.clock()),
                new OpenSignIns<>(access.random(), access.clock()));
    }
}
