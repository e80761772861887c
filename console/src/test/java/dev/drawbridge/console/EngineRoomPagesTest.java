package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Accounts;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.Examiner;
import dev.drawbridge.engine.HostStates;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.KeyRotation;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.KeyStore.StoredKey;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.testkit.InMemoryOperators;
import dev.drawbridge.testkit.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;

/// The operator's pages about the machine.
@Timeout(180)
class EngineRoomPagesTest {
    private static final URI HOME = URI.create("https://bridge.example");
    private static final String PASSWORD = "a long enough password";
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");
    private static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");

    @TempDir
    private Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryOperators operators = new InMemoryOperators();
    private final OperatorDoor door = new OperatorDoor(operators, HOME, new SecureRandom(), clock);
    private Optional<PageServer> open = Optional.empty();
    private String cookie = "";

    static EngineRoom room(PageServer pages, MasterKeys masterKeys) {
        var connectors = new Connectors(List.of(pages.fedi, pages.nostr, pages.sky));
        return new EngineRoom(
                new Examiner(connectors, pages.clock),
                new KeyRotation(pages.ports.keys(), masterKeys),
                new HostStates(pages.ports, connectors));
    }

    private void beans(GenericApplicationContext context, PageServer pages) {
        context.registerBean(
                ConsoleAccess.class,
                () -> new ConsoleAccess(
                        door,
                        operators,
                        pages.ports,
                        new Accounts(pages.ports.consents()),
                        new DeadLetterDesk(
                                pages.ports.deadLetters(), _ -> {}, _ -> {}, new Connectors(List.of(pages.fedi))),
                        _ -> {},
                        new SecureRandom(),
                        clock,
                        Optional.empty(),
                        List.of()));
        context.registerBean(EngineRoom.class, () -> room(pages, oldAndNewKeys(pages)));
    }

    /// Two keys at rest that only the older master key encrypted.
    private MasterKeys oldAndNewKeys(PageServer pages) {
        String old = "2026 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
        var random = new SecureRandom();
        var signer = Cryptography.portable().signer(pages.ports.keys(), keys(old), random);
        signer.ensure("a", KeyAlgorithm.ED25519);
        signer.ensure("b", KeyAlgorithm.ED25519);
        byte[] newer = new byte[32];
        random.nextBytes(newer);
        return keys(old + "2027 " + Base64.getEncoder().encodeToString(newer) + "\n");
    }

    private MasterKeys keys(String lines) {
        try {
            return MasterKeys.open(Files.writeString(folder.resolve("master.keys"), lines), new SecureRandom());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void signIn() throws Exception {
        open = Optional.of(new PageServer(
                new PageTexts("", "", List.of("spam.example")),
                "203.0.113.7",
                List.of(OperatorPages.class),
                this::beans));
        String token = door.invitation().orElseThrow().toString().replaceFirst(".*=", "");
        server().post("/console/set-up", Map.of("token", token, "name", "op", "password", PASSWORD));
        cookie = server().post("/console/sign-in", Map.of("name", "op", "password", PASSWORD))
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
    }

    @AfterEach
    void stop() {
        open.ifPresent(PageServer::close);
    }

    private PageServer server() {
        return open.orElseThrow();
    }

    private String get(String path) throws Exception {
        return server().get(path, "Cookie", cookie).body();
    }

    private HttpResponse<String> press(String path) throws Exception {
        Matcher token = CSRF.matcher(get("/console/audit"));
        assertThat(token.find()).isTrue();
        return server().post(path, new HashMap<>(Map.of("csrf", token.group(1))), "Cookie", cookie);
    }

    private void waits(String name, String address, String reason, Duration since) {
        var follow = new Activity.Follow(new NativeId(Network.ACTIVITYPUB, name), AMAL, clock.instant(), AMAL);
        var place = new Destination(Network.NOSTR, address);
        Instant at = clock.instant().minus(since);
        server().ports
                .parking()
                .park(
                        Delivery.of(follow, AMAL, place, at),
                        "destination " + place.key(),
                        name,
                        reason,
                        at,
                        at.plus(Duration.ofHours(9)));
    }

    @Test
    void serversThatAreDownAreListedOnceEach() throws Exception {
        waits("one", "a@down.example", "it does not answer", Duration.ofHours(2));
        waits("two", "b@down.example", "it does not answer", Duration.ofHours(1));
        waits("three", "c@other.example", "busy", Duration.ofMinutes(1));
        server().nostr.pausing(new PausedHost("down.example", 7, clock.instant().plus(Duration.ofMinutes(1))));
        server().sky.pausing(new PausedHost("<b>", 3, clock.instant()));
        String page = get("/console/hosts");
        assertThat(page.split("down\\.example", -1)).hasSize(2);
        assertThat(page)
                .contains("after 7 failures", "<td>2</td>", "other.example", "busy", "&lt;b&gt;")
                .containsOnlyOnce(">tried<")
                .doesNotContain("<b>,", "<bdi><b>");
    }

    @Test
    void howTheNetworksSeeTheInstanceIsLookedUpOnRequest() throws Exception {
        server().nostr.troubled("no relay answers");
        server().sky
                .finding(
                        Finding.bad("relay relay.example", "throttled, does not carry 3 accounts", "Write to <them>."));
        assertThat(get("/console/relays"))
                .contains("no relay answers", "Look from outside now")
                .doesNotContain("throttled");
        assertThat(press("/console/relays/look").headers().firstValue("location"))
                .contains("/console/relays?done=looked");
        assertThat(get("/console/relays?done=looked"))
                .contains("does not carry 3 accounts", "Write to &lt;them&gt;.", ">wrong<", "seen just now");
        assertThat(operators.deeds(10)).extracting(d -> d.what()).contains("looked at the instance from outside");
    }

    @Test
    void keysOfAnOlderMasterKeyAreEncryptedAnew() throws Exception {
        assertThat(get("/console/keys")).contains("2026", "only opens", "2027", "Encrypt 2 keys");
        assertThat(press("/console/keys/rotate").headers().firstValue("location"))
                .contains("/console/keys?done=rotating");
        for (int i = 0; i < 500 && !get("/console/keys").contains("can be taken out"); i++) {
            Thread.onSpinWait();
        }
        assertThat(get("/console/keys")).contains("can be taken out").doesNotContain("2026", "Encrypt 2 keys");
        assertThat(server().ports.keys().counts()).isEqualTo(Map.of("2027", 2L));
        assertThat(operators.deeds(10)).extracting(d -> d.what()).contains("encrypts keys anew");
    }

    @Test
    void keysThatDoNotOpenAreNamed() throws Exception {
        var store = server().ports.keys();
        var key = store.find("a").orElseThrow();
        store.replace(
                key, new StoredKey("a", key.algorithm(), key.publicKey(), key.keyId(), new byte[12], new byte[48]));
        press("/console/keys/rotate");
        for (int i = 0; i < 500 && !get("/console/keys").contains("Encrypt 1 keys"); i++) {
            Thread.onSpinWait();
        }
        assertThat(get("/console/keys"))
                .contains("1 keys could not be opened", "<code>a</code>", "Encrypt 1 keys")
                .doesNotContain("can be taken out");
        assertThat(store.counts()).isEqualTo(Map.of("2026", 1L, "2027", 1L));
    }

    @Test
    void whomTheSettingsDenyIsShown() throws Exception {
        assertThat(get("/console/blocks")).contains("<code>spam.example</code>", "drawbridge.gates.denied");
    }

    @Test
    void whatArrivedIsDrawnMinuteByMinute() throws Exception {
        for (int i = 0; i < 3; i++) {
            crossed("n" + i, Network.NOSTR, Crossings.State.CROSSED, Duration.ofMinutes(5));
        }
        crossed("s", Network.ATPROTO, Crossings.State.CROSSED, Duration.ofMinutes(5));
        crossed("w", Network.ATPROTO, Crossings.State.WAITING, Duration.ofMinutes(5));
        crossed("old", Network.NOSTR, Crossings.State.CROSSED, Duration.ofMinutes(61));
        crossed("older", Network.NOSTR, Crossings.State.CROSSED, Duration.ofHours(25));
        var networks = List.of(Network.ACTIVITYPUB, Network.ATPROTO, Network.NOSTR);
        var hours = server().ports.crossings().arrived(clock.instant().minus(Duration.ofDays(2)));
        var chart = FlowChart.of(hours, networks, FlowChart.Span.HOUR, clock.instant());
        assertThat(chart.most()).isEqualTo(4);
        assertThat(chart.bars())
                .containsExactly(new FlowChart.Bar(540, 75, 25, "atproto"), new FlowChart.Bar(540, 0, 75, "nostr"));
        assertThat(chart.getSummary()).isEqualTo("Fediverse 0, Bluesky 1, Nostr 3");
        assertThat(chart.getViewBox()).isEqualTo("0 0 600 100");
        var day = FlowChart.of(hours, networks, FlowChart.Span.DAY, clock.instant());
        assertThat(day.getSummary()).isEqualTo("Fediverse 0, Bluesky 1, Nostr 4");
        assertThat(day.getViewBox()).isEqualTo("0 0 960 100");
        assertThat(get("/console"))
                .contains("<svg role=\"img\"", "What arrived in the last hour", "What arrived in the last day")
                .doesNotContain("style=");
    }

    @Test
    void aBusyDayIsCountedWhole() throws Exception {
        Instant now = clock.instant();
        for (int i = 0; i < 3_000; i++) {
            crossed("n" + i, Network.NOSTR, Crossings.State.CROSSED, now.minusSeconds(20L * i));
        }
        assertThat(get("/console")).contains("Fediverse 0, Bluesky 0, Nostr 3000");
    }

    private void crossed(String id, Network target, Crossings.State state, Duration ago) {
        crossed(id, target, state, clock.instant().minus(ago));
    }

    private void crossed(String id, Network target, Crossings.State state, Instant at) {
        server().ports
                .crossings()
                .record(new Crossings.Crossing(
                        id,
                        "Publish",
                        AMAL,
                        new NativeId(Network.ACTIVITYPUB, id),
                        target,
                        Optional.empty(),
                        state,
                        "",
                        List.of(),
                        Duration.ofMillis(1),
                        at));
    }
}
