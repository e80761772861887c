package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.console.oidc.OpenIdProvider;
import dev.drawbridge.engine.Accounts;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.testkit.InMemoryOperators;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operator's pages, and somebody who goes through them without a browser.
final class OperatorScreen implements AutoCloseable {
    static final URI HOME = URI.create("https://bridge.example");
    static final String PASSWORD = "a long enough password";
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    final Operators operators;
    final VirtualClock clock;
    final OperatorDoor door;
    final PageServer server;
    String address = "203.0.113.7";

    private final Optional<OpenIdProvider> provider;

    OperatorScreen(URI home) {
        this(home, (_, _) -> Optional.empty());
    }

    /// @param provider who says who somebody is, made with where it leads back to and our clock
    OperatorScreen(URI home, BiFunction<URI, VirtualClock, Optional<OpenIdProvider>> provider) {
        this(home, provider, new InMemoryOperators(), new VirtualClock());
    }

    /// One process of several on one store.
    OperatorScreen(Operators operators, VirtualClock clock) {
        this(HOME, (_, _) -> Optional.empty(), operators, clock);
    }

    private OperatorScreen(
            URI home,
            BiFunction<URI, VirtualClock, Optional<OpenIdProvider>> provider,
            Operators operators,
            VirtualClock clock) {
        this.operators = operators;
        this.clock = clock;
        this.provider = provider.apply(home.resolve(ConsoleAccess.OIDC_BACK), clock);
        door = new OperatorDoor(operators, home, new SecureRandom(), clock);
        server = new PageServer(PageTexts.DEFAULT, () -> address, List.of(OperatorPages.class), (context, pages) -> {
            context.registerBean(ConsoleAccess.class, () -> access(pages));
            context.registerBean(
                    EngineRoom.class, () -> EngineRoomPagesTest.room(pages, MasterKeys.inMemory(new SecureRandom())));
        });
    }

    private ConsoleAccess access(PageServer pages) {
        return new ConsoleAccess(
                door,
                operators,
                pages.ports,
                new Accounts(pages.ports.consents()),
                new DeadLetterDesk(pages.ports.deadLetters(), _ -> {}, _ -> {}, new Connectors(List.of())),
                _ -> {},
                new SecureRandom(),
                clock,
                provider,
                List.of());
    }

    HttpResponse<String> setUp(String link, String name, String password) throws Exception {
        String token = link.replaceFirst(".*=", "");
        return server.post("/console/set-up", Map.of("token", token, "name", name, "password", password));
    }

    HttpResponse<String> signIn(String name, String password) throws Exception {
        return server.post("/console/sign-in", Map.of("name", name, "password", password));
    }

    /// Sets the console up and signs in.
    ///
    /// @return the cookie
    String inside() throws Exception {
        setUp(door.invitation().orElseThrow().toString(), "op", PASSWORD);
        return cookie(signIn("op", PASSWORD));
    }

    /// The one that was set last.
    static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("set-cookie").getLast().replaceFirst(";.*", "");
    }

    HttpResponse<String> get(String path, String cookie) throws Exception {
        return server.get(path, "Cookie", cookie);
    }

    boolean admits(String cookie) throws Exception {
        return get("/console/audit", cookie).statusCode() == 200;
    }

    String audit(String cookie) throws Exception {
        return get("/console/audit", cookie).body();
    }

    HttpResponse<String> form(String path, String cookie, Map<String, String> fields, String... headers)
            throws Exception {
        Matcher token = CSRF.matcher(get("/console/audit", cookie).body());
        assertThat(token.find()).isTrue();
        var all = new HashMap<>(fields);
        all.put("csrf", token.group(1));
        var more = new ArrayList<>(List.of(headers));
        more.addAll(List.of("Cookie", cookie));
        return server.post(path, all, more.toArray(String[]::new));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
