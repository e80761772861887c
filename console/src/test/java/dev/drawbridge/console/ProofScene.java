package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.support.GenericApplicationContext;

/// A browser before the pages on which people show who they are, and networks that say what they are told to.
@Timeout(120)
abstract class ProofScene {
    static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");
    static final NativeId NPUB = new NativeId(Network.NOSTR, "ab".repeat(32));
    static final URI HOME = URI.create("https://bridge.example");
    static final Pattern FIELD = Pattern.compile("\"(challenge|url|payload|next|error)\":\"([^\"]*)\"");
    static final Pattern LINK = Pattern.compile("href=\"(https://social.example/ask[^\"]*)\"");

    final VirtualClock clock = new VirtualClock();
    final List<HttpCall> checked = new ArrayList<>();
    final List<Map<String, String>> answers = new ArrayList<>();
    Verdict verdict = new Verdict.Proven(NPUB);
    Optional<Refusal> beginning = Optional.empty();
    String address = "203.0.113.7";
    String origin = "https://social.example";
    final PageServer server =
            new PageServer(PageTexts.DEFAULT, () -> address, List.of(AccountPages.class), this::beans);

    void beans(GenericApplicationContext context, PageServer pages) {
        pages.nostr.proving((AccountProof.BySignature) call -> {
            checked.add(call);
            return verdict;
        });
        pages.fedi.proving((AccountProof.ByTheirServer) this::begin);
        for (NativeId person : List.of(AMAL, NPUB)) {
            pages.ports.consents().put(new Consent(person, Network.ATPROTO, Consent.State.GIVEN, "", clock.instant()));
        }
        context.registerBean(SignIns.class, () -> new SignIns(HOME, new Random(1), clock));
        context.registerBean(AccountPages.Access.class, () -> new AccountPages.Access(HOME, new SecureRandom(), clock));
        context.registerBean(
                MyAccount.class,
                () -> new MyAccount(
                        pages.ports,
                        new Connectors(List.of(pages.fedi, pages.nostr, pages.sky)),
                        new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                        _ -> {},
                        clock,
                        new Random(1)));
    }

    Start begin(String name, String state, Function<String, URI> places) {
        if (beginning.isPresent()) {
            return new Start.Refused(beginning.get());
        }
        URI back = places.apply(origin);
        assertThat(back).isEqualTo(HOME.resolve("/account/sign-in/back/" + Sessions.digest(origin)));
        var page = URI.create("https://social.example/ask?name=" + PageServer.encoded(name) + "&state=" + state);
        return new Start.Ask(page, AMAL, back, parameters -> {
            answers.add(parameters);
            return verdict;
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static String cookies(HttpResponse<String> answer) {
        return String.join(
                "; ",
                answer.headers().allValues("set-cookie").stream()
                        .map(c -> c.replaceFirst(";.*", ""))
                        .toList());
    }

    static Map<String, String> fields(String json) {
        var fields = new HashMap<String, String>();
        Matcher found = FIELD.matcher(json);
        while (found.find()) {
            fields.put(found.group(1), found.group(2));
        }
        return fields;
    }

    HttpResponse<String> challenge() throws Exception {
        return server.post("/account/sign-in/challenge", Map.of("network", "nostr"));
    }

    HttpResponse<String> signed(String challenge, String cookie, String... more) throws Exception {
        var headers = new ArrayList<>(List.of("Authorization", "Nostr e30=", "Cookie", cookie));
        headers.addAll(List.of(more));
        return server.post("/account/sign-in/signed", challenge, headers.toArray(String[]::new));
    }

    HttpResponse<String> ask(String name) throws Exception {
        return server.post("/account/sign-in/server", Map.of("network", "activitypub", "name", name));
    }

    static String state(HttpResponse<String> page) {
        Matcher link = LINK.matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1).replaceFirst(".*state=", "");
    }

    HttpResponse<String> back(String state, String cookie) throws Exception {
        return back("https://social.example", state, cookie);
    }

    HttpResponse<String> back(String from, String state, String cookie) throws Exception {
        String path = "/account/sign-in/back/" + Sessions.digest(from) + "?code=c1&state=" + state;
        return server.get(path, "Cookie", cookie);
    }
}
