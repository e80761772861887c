package dev.drawbridge.console;

import static dev.drawbridge.console.OperatorScreen.cookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.console.oidc.Admission;
import dev.drawbridge.console.oidc.FakeProvider;
import dev.drawbridge.console.oidc.OidcClient;
import dev.drawbridge.console.oidc.OpenIdProvider;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/// A provider, the operator's pages, and somebody who goes between them.
abstract class OidcScene {
    static final String BACK = "/console/sign-in/oidc/back";
    private static final Pattern PAGE = Pattern.compile("href=\"(https://login[^\"]*)\"");

    private final List<FakeProvider> providers = new ArrayList<>();
    final List<OperatorScreen> screens = new ArrayList<>();

    @AfterEach
    void stop() {
        screens.forEach(OperatorScreen::close);
    }

    FakeProvider provider() {
        return providers.getLast();
    }

    OperatorScreen screen() {
        return screens.getLast();
    }

    void open(String... allow) {
        open(Optional.of(FakeProvider.SECRET), false, allow);
    }

    void open(Optional<String> secret, boolean near, String... allow) {
        screens.add(new OperatorScreen(
                OperatorScreen.HOME, (back, clock) -> Optional.of(provider(back, clock, secret, near, allow))));
    }

    private OpenIdProvider provider(
            URI back, VirtualClock clock, Optional<String> secret, boolean near, String... allow) {
        providers.add(new FakeProvider(clock));
        var admitted = Arrays.stream(allow)
                .map(one -> Admission.parse(one).orElseThrow())
                .toList();
        var client = new OidcClient(
                FakeProvider.ISSUER, FakeProvider.CLIENT, secret, admitted, List.of("email", "groups"), near);
        return new OpenIdProvider(client, back, provider(), new SecureRandom(), clock);
    }

    /// A question, and the browser that began it.
    record Begun(URI page, String browser) {}

    Begun begin() throws Exception {
        return begin(Map.of());
    }

    Begun begin(Map<String, String> fields) throws Exception {
        var answer = screen().server.post("/console/sign-in/oidc", fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher page = PAGE.matcher(answer.body());
        assertThat(page.find()).as(answer.body()).isTrue();
        return new Begun(URI.create(page.group(1).replace("&amp;", "&")), cookie(answer));
    }

    HttpResponse<String> back(Begun begun, Map<String, String> answer) throws Exception {
        var query = new StringBuilder();
        answer.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(PageServer.encoded(value)));
        return screen().get(BACK + query, begun.browser());
    }

    HttpResponse<String> signIn() throws Exception {
        Begun begun = begin();
        return back(begun, provider().saysYes(begun.page()));
    }
}
