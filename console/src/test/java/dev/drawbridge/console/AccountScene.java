package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.support.GenericApplicationContext;

/// A browser before the page of somebody's account, and what is asked for there.
@Timeout(120)
abstract class AccountScene {
    static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    final VirtualClock clock = new VirtualClock();
    final SignIns signIns = new SignIns(URI.create("https://bridge.example/account"), new Random(1), clock);
    /// What went into the inbox.
    final List<NativeEvent> told = new ArrayList<>();
    final PageServer server =
            new PageServer(PageTexts.DEFAULT, "203.0.113.7", List.of(AccountPages.class), this::beans);

    private void beans(GenericApplicationContext context, PageServer pages) {
        context.registerBean(SignIns.class, () -> signIns);
        context.registerBean(
                AccountPages.Access.class,
                () -> new AccountPages.Access(URI.create("https://bridge.example"), new SecureRandom(), clock));
        context.registerBean(
                MyAccount.class,
                () -> new MyAccount(
                        pages.ports,
                        new Connectors(List.of(pages.fedi, pages.nostr, pages.sky)),
                        new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                        told::add,
                        clock,
                        new Random(1)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    HttpResponse<String> signIn(String code) throws Exception {
        return server.post("/account/sign-in", Map.of("code", code));
    }

    static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    }

    /// Signs somebody in.
    ///
    /// @return the cookie of their session
    String inside(NativeId person) throws Exception {
        return cookie(signIn(signIns.issue(person)));
    }

    /// The token that forms of a session have.
    String token(String cookie) throws Exception {
        Matcher token = CSRF.matcher(server.get("/account", "Cookie", cookie).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    /// Sends a form of the page.
    HttpResponse<String> form(String cookie, String path, Map<String, String> fields) throws Exception {
        var all = new HashMap<>(fields);
        all.put("csrf", token(cookie));
        return server.post(path, all, "Cookie", cookie);
    }

    /// Sends a form of the page.
    ///
    /// @return where it leads
    String ask(String cookie, String path, Map<String, String> fields) throws Exception {
        return form(cookie, path, fields).headers().firstValue("location").orElse("");
    }
}
