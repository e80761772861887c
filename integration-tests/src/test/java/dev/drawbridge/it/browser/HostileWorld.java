package dev.drawbridge.it.browser;

import dev.drawbridge.config.instance.Additions;
import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.instance.RunningHere;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.console.PostTexts;
import dev.drawbridge.engine.crypto.PasswordHash;
import dev.drawbridge.it.browser.Pages.Door;
import dev.drawbridge.it.browser.Pages.Page;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.mongo.DeliveryFormat;
import dev.drawbridge.mongo.MongoStores;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.fake.FakeNetwork;
import dev.drawbridge.testkit.fake.FakeNetworkFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/// An instance on which everything that came from elsewhere wants to do harm: names, handles, ids, reasons, losses.
final class HostileWorld implements AutoCloseable {
    static final String OPERATOR = "op";
    static final String PASSWORD = "a long enough password";
    /// Runs if it is taken for markup, wherever it stands.
    static final String SCRIPT = "<script>window.pwned=1</script>";

    /// Does harm wherever it is taken for more than text.
    static final String ATTACK = "\u202e\u2066\u200b" + SCRIPT + "\"' onmouseover='window.pwned=1' autofocus"
            + " onfocus=window.pwned=1><img src=x onerror=window.pwned=1><svg/onload=window.pwned=1>${7*7}"
            + "<a href=\"javascript:window.pwned=1\">x</a>";
    static final String LONG = ATTACK + "W".repeat(10_000);
    private static final String ADDRESS = "javascript:window.pwned=1//\"><script>window.pwned=1</script>";
    private static final Pattern CODE = Pattern.compile("[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}");

    private final TestMongo mongo = new TestMongo();
    private final FakeNetwork fedi = new FakeNetwork(Network.ACTIVITYPUB, true, InstantSource.system());
    private final FakeNetwork nostr = new FakeNetwork(Network.NOSTR, false, InstantSource.system());
    private final FakeNetwork sky = new FakeNetwork(Network.ATPROTO, false, InstantSource.system());
    private final NativeId amal =
            new NativeId(Network.ACTIVITYPUB, "https://social.example/" + SCRIPT + "\"'\u202eamal");
    private final NativeId post = new NativeId(Network.ACTIVITYPUB, ADDRESS);
    private final Instance instance;
    private volatile Duration ahead = Duration.ZERO;

    HostileWorld(Path data) {
        this(data, Map.of());
    }

    /// @param more settings, in the place of those that are usual here
    HostileWorld(Path data, Map<String, String> more) {
        String store = mongo.uri() + "/pages";
        operator(store);
        List<ConnectorFactory> networks =
                List.of(new FakeNetworkFactory(fedi), new FakeNetworkFactory(nostr), new FakeNetworkFactory(sky));
        var settings = new SettingsReader(networks, Map.of()).values(told(data, store, more));
        var failing = Endpoint.Http.get("/fails", _ -> {
            throw new IllegalStateException("at dev.drawbridge.Secret.inside(Secret.java:7)");
        });
        instance = Instance.start(
                settings,
                networks,
                new Additions(
                        PostTexts.UNKNOWN, List.of(failing), () -> Instant.now().plus(ahead)));
        seed();
    }

    private static Map<String, String> told(Path data, String store, Map<String, String> more) {
        var told = new HashMap<>(Map.of(
                "drawbridge.domain", "localhost:0",
                "drawbridge.dev.loopback", "true",
                "drawbridge.data-dir", data.toString(),
                "drawbridge.contact", "mailto:op@bridge.example",
                "drawbridge.trusted-proxies", "127.0.0.1, ::1",
                "drawbridge.store.uri", store,
                "server.port", "0"));
        told.putAll(more);
        return told;
    }

    /// Every page, with what there is to see on it.
    Pages pages() {
        String person = "network=activitypub&id=" + encoded(amal.value());
        List<Page> all = new ArrayList<>(List.of(
                Page.open("/"),
                Page.open("/lookup"),
                Page.open("/lookup").asked("q=" + encoded(amal.value())),
                Page.open("/lookup").asked("q=" + encoded(SCRIPT + "\"'")).answering(400),
                Page.open("/feed"),
                Page.open("/post").asked("network=activitypub&id=" + encoded(post.value())),
                Page.open("/person").asked(person),
                Page.open("/privacy"),
                Page.open("/age"),
                Page.open("/status"),
                Page.open("/demo"),
                Page.open("/error").answering(404),
                Page.open("/account"),
                Page.open("/account/sign-in/back/{server}")
                        .asked("state=x&code=y")
                        .answering(403),
                Page.open("/console/sign-in"),
                Page.open("/console/set-up").asked("token=no").answering(403),
                Page.open("/console/sign-in/oidc/back").asked("state=x&code=y").answering(403),
                Page.behind(Door.ACCOUNT, "/account"),
                Page.behind(Door.CONSOLE, "/console"),
                Page.behind(Door.CONSOLE, "/console/dead-letters"),
                Page.behind(Door.CONSOLE, "/console/dead-letter").asked("id=" + encoded(SCRIPT)),
                Page.behind(Door.CONSOLE, "/console/dead-letter").answering(404),
                Page.behind(Door.CONSOLE, "/console/accounts"),
                Page.behind(Door.CONSOLE, "/console/accounts").asked("mirrors=true"),
                Page.behind(Door.CONSOLE, "/console/account").asked(person),
                Page.behind(Door.CONSOLE, "/console/hosts"),
                Page.behind(Door.CONSOLE, "/console/relays"),
                Page.behind(Door.CONSOLE, "/console/blocks"),
                Page.behind(Door.CONSOLE, "/console/keys"),
                Page.behind(Door.CONSOLE, "/console/passkeys"),
                Page.behind(Door.CONSOLE, "/console/operators"),
                Page.behind(Door.CONSOLE, "/console/settings"),
                Page.behind(Door.CONSOLE, "/console/audit")));
        all.addAll(speakers());
        return new Pages(all);
    }

    /// The pages of people whose names are hard to set.
    List<Page> speakers() {
        return Speaker.all().stream()
                .map(speaker -> Page.open("/person")
                        .asked("network=activitypub&id=" + encoded(speaker.id().value())))
                .toList();
    }

    FakeNetwork fedi() {
        return fedi;
    }

    FakeNetwork nostr() {
        return nostr;
    }

    /// Operators have been signed in for longer now.
    void later(Duration by) {
        ahead = ahead.plus(by);
    }

    /// Where the operator decides about Amal.
    URI account() {
        return at("/console/account?network=activitypub&id=" + encoded(amal.value()));
    }

    URI at(String path) {
        return instance.baseUrl().resolve(path);
    }

    /// Where the operator chooses a password anew, as who has the machine is told.
    URI invitation() {
        String answer = new RunningHere(instance.settings())
                .post("/api/v1/operators/invite", "{\"name\": \"" + OPERATOR + "\"}");
        return URI.create(JsonMapper.shared().readTree(answer).path("link").asString());
    }

    /// A code that lets Amal in, as their bot writes it to them.
    String code() {
        NativeId bot = instance.ports()
                .identities()
                .find(Ghost.botOrigin(Network.NOSTR), Network.ACTIVITYPUB)
                .orElseThrow()
                .id();
        int before = codes().size();
        fedi.says(amal, bot, "signin");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> codes().size() > before);
        return codes().getLast();
    }

    private List<String> codes() {
        return fedi.all().stream()
                .flatMap(a -> a instanceof Activity.Publish told
                        ? Optional.of(told.post().text().text()).stream()
                        : Optional.<String>empty().stream())
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    /// Somebody runs the instance already.
    private static void operator(String store) {
        try (var stores = MongoStores.open(store, new NoDeliveries())) {
            var random = new SecureRandom();
            stores.operators()
                    .first(new Operators.Operator(OPERATOR, PasswordHash.of(PASSWORD, random), Instant.now()));
            stores.operators().note(new Operators.Deed(Instant.now(), OPERATOR, "removed", ATTACK));
        }
    }

    record NoDeliveries() implements DeliveryFormat {
        @Override
        public String write(Delivery delivery) {
            throw new UnsupportedOperationException("not here");
        }

        @Override
        public Delivery read(String text) {
            throw new UnsupportedOperationException("not here");
        }
    }

    /// They are carried from now on.
    void carried(NativeId person) {
        Network target = person.network().equals(Network.ATPROTO) ? Network.NOSTR : Network.ATPROTO;
        instance.ports().consents().put(new Consent(person, target, Consent.State.GIVEN, "asked", Instant.now()));
    }

    private void seed() {
        var ports = instance.ports();
        Instant now = Instant.now();
        fedi.profile(Profile.builder(amal, "@amal" + LONG)
                .displayName(LONG)
                .bio(RichText.plain(LONG))
                .build());
        for (Network target : List.of(Network.NOSTR, Network.ATPROTO)) {
            ports.consents().put(new Consent(amal, target, Consent.State.GIVEN, "mirror: " + ATTACK, now));
        }
        ports.identities()
                .putIfAbsent(new Ghost(amal, new NativeId(Network.NOSTR, ADDRESS), "ghost" + LONG, true, now));
        ports.ledger().recordOriginal(new Ledger.Original(ObjectRef.of(post), amal, Optional.empty(), now));
        ports.ledger()
                .recordCopy(new Ledger.Copy(
                        post,
                        amal,
                        ObjectRef.of(new NativeId(Network.NOSTR, ADDRESS + "copy")),
                        Set.of(new Destination(Network.NOSTR, ATTACK)),
                        now));
        Speaker.all().forEach(this::speaks);
        crossed("one", Crossings.State.CROSSED, Optional.of(new NativeId(Network.NOSTR, ADDRESS + "copy")));
        crossed("two", Crossings.State.WAITING, Optional.empty());
        for (String id : List.of(SCRIPT, LONG.substring(0, 900))) {
            ports.deadLetters()
                    .put(new DeadLetters.DeadLetter(
                            id, DeadLetters.Stage.DELIVER, "nostr|" + ATTACK, ATTACK, LONG, now));
        }
        nostr.troubled(ATTACK, LONG);
        nostr.proving((AccountProof.BySignature) _ -> new Verdict.Refused(Refusal.STALE));
        fedi.proving((AccountProof.ByTheirServer) (_, _, _) -> new Start.Refused(Refusal.NOBODY));
        nostr.finding(Finding.bad(ATTACK, LONG, ATTACK));
        nostr.pausing(new PausedHost(ATTACK, 5, now.plus(Duration.ofDays(1))));
        var far = new Destination(Network.NOSTR, ATTACK);
        var follow = new Activity.Follow(new NativeId(Network.ACTIVITYPUB, ATTACK), amal, now, amal);
        ports.parking()
                .park(
                        Delivery.of(follow, amal, far, now),
                        far.key(),
                        "subject",
                        ATTACK,
                        now,
                        now.plus(Duration.ofDays(30)));
    }

    /// They are carried, and something of theirs crossed.
    private void speaks(Speaker speaker) {
        var ports = instance.ports();
        Instant now = Instant.now();
        fedi.profile(Profile.builder(speaker.id(), speaker.handle())
                .displayName(speaker.name())
                .bio(RichText.plain(speaker.name()))
                .build());
        ports.consents()
                .put(new Consent(speaker.id(), Network.NOSTR, Consent.State.GIVEN, "mirror: " + speaker.name(), now));
        var said = new NativeId(Network.ACTIVITYPUB, speaker.id().value() + "/said");
        ports.ledger().recordOriginal(new Ledger.Original(ObjectRef.of(said), speaker.id(), Optional.empty(), now));
        ports.crossings()
                .record(new Crossings.Crossing(
                        "of " + speaker.handle(),
                        "Publish",
                        speaker.id(),
                        said,
                        Network.NOSTR,
                        Optional.empty(),
                        Crossings.State.WAITING,
                        speaker.name(),
                        List.of(new Loss("media", speaker.name())),
                        Duration.ofMillis(5),
                        now,
                        true));
    }

    private void crossed(String id, Crossings.State state, Optional<NativeId> copy) {
        instance.ports()
                .crossings()
                .record(new Crossings.Crossing(
                        id,
                        "Publish",
                        amal,
                        post,
                        Network.NOSTR,
                        copy,
                        state,
                        ATTACK,
                        List.of(new Loss(ATTACK, LONG)),
                        Duration.ofMillis(5),
                        Instant.now(),
                        true));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        instance.close();
        mongo.close();
    }
}
