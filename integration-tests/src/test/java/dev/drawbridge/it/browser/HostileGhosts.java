package dev.drawbridge.it.browser;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.drawbridge.activitypub.ActivityPubFactory;
import dev.drawbridge.config.instance.Additions;
import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.it.peers.Http;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.ClientPlace;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.mongo.MongoStores;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.fake.FakeNetwork;
import dev.drawbridge.testkit.fake.FakeNetworkFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// An instance whose stand-ins in the Fediverse belong to somebody who wants to do harm: what people with a browser see
/// at the addresses of actors and posts.
final class HostileGhosts implements AutoCloseable {
    private static final String MODULE = "dev.drawbridge.activitypub";
    private static final NativeId NORA = new NativeId(Network.NOSTR, "nora");

    private final TestMongo mongo = new TestMongo();
    private final FakeNetwork nostr = new FakeNetwork(Network.NOSTR, false, InstantSource.system());
    private final Instance instance;

    HostileGhosts(Path data) {
        String store = mongo.uri() + "/ghosts";
        carried(store);
        List<ConnectorFactory> networks = List.of(new ActivityPubFactory(), new FakeNetworkFactory(nostr));
        nostr.profile(Profile.builder(NORA, "nora.example")
                .displayName(HostileWorld.ATTACK + "W".repeat(300))
                .bio(RichText.plain(HostileWorld.LONG))
                .url(Optional.of(URI.create("https://nora.example/")))
                .avatar(Optional.of(URI.create("https://tracker.example/nora.png")))
                .fields(List.of(new Profile.Field(HostileWorld.ATTACK, RichText.plain(HostileWorld.LONG))))
                .build());
        var settings = new SettingsReader(networks, Map.of())
                .values(Map.of(
                        "drawbridge.domain", "localhost:0",
                        "drawbridge.dev.loopback", "true",
                        "drawbridge.data-dir", data.toString(),
                        "drawbridge.store.uri", store,
                        "server.port", "0"));
        instance = Instance.start(settings, networks, Additions.NONE);
    }

    /// Nora asked for it before the instance started.
    private static void carried(String store) {
        try (var stores = MongoStores.open(store, new HostileWorld.NoDeliveries())) {
            stores.consents().put(new Consent(NORA, Network.ACTIVITYPUB, Consent.State.GIVEN, "asked", Instant.now()));
        }
    }

    /// @param maker the class that makes it
    /// @param path of the page, with its query
    record GhostPage(String maker, String path, int status) {
        private static GhostPage of(String maker, String path) {
            return new GhostPage(maker, path, 200);
        }

        /// For the picture that is left of it.
        String name() {
            return "ghost-" + maker.toLowerCase(Locale.ROOT) + "-" + status;
        }
    }

    /// What the network makes pages in, read from its code: whoever is not here is in no list either.
    static Set<String> makers() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(MODULE).stream()
                        .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().getSimpleName().equals("Page"))
                        .map(JavaConstructorCall::getOriginOwner)
                        .map(owner -> owner.getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Every page, with what there is to see on it.
    List<GhostPage> pages() {
        NativeId first = post("first", Optional.empty());
        URI note = copy(first);
        URI answer = copy(post("second", Optional.of(first)));
        var repost = new Activity.Repost(id("repost"), NORA, Instant.now(), ObjectRef.of(first));
        nostr.happens(repost);
        NativeId third = post("third", Optional.empty());
        URI gone = copy(third);
        nostr.happens(new Activity.Delete(id("delete"), NORA, Instant.now(), third));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status(gone) == 410);
        String ghost = instance.ports()
                .identities()
                .find(NORA, Network.ACTIVITYPUB)
                .map(Ghost::id)
                .orElseThrow()
                .value();
        String place = new ClientPlace(ClientPlace.BACK + "5e".repeat(32)).word();
        return List.of(
                GhostPage.of("ProfilePage", URI.create(ghost).getRawPath()),
                GhostPage.of("NotePage", note.getRawPath()),
                GhostPage.of("NotePage", answer.getRawPath()),
                GhostPage.of("NotePage", copy(repost.id()).getRawPath()),
                GhostPage.of(
                        "ActorEndpoint", "/ap/tags/" + HostileWorld.encoded("\u202e<img src=x>" + "W".repeat(200))),
                GhostPage.of("SubscribePage", "/ap/subscribe?uri=" + HostileWorld.encoded(HostileWorld.ATTACK)),
                GhostPage.of("ClientPage", "/oauth/activitypub/" + place),
                new GhostPage("Page", gone.getRawPath(), 410));
    }

    URI at(String path) {
        return instance.baseUrl().resolve(path);
    }

    private static NativeId id(String name) {
        return new NativeId(Network.NOSTR, name);
    }

    private NativeId post(String name, Optional<NativeId> parent) {
        var post = Post.builder(id(name), NORA, Instant.now())
                .text(RichText.plain(HostileWorld.LONG.substring(0, 5_000)))
                .warning(Optional.of(new ContentWarning(HostileWorld.ATTACK, Set.of())))
                .url(Optional.of(URI.create("https://nora.example/" + name)))
                .inReplyTo(parent.map(ObjectRef::of))
                .media(List.of(Media.of(URI.create("https://tracker.example/a.png"), Media.Kind.IMAGE)
                        .withMediaType("image/png")
                        .withAlt(HostileWorld.ATTACK)))
                .build();
        nostr.happens(new Activity.Publish(post.id(), post.published(), post));
        return post.id();
    }

    /// Where somebody finds the copy of something, once it is there.
    private URI copy(NativeId original) {
        var found = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> instance.ports()
                                .ledger()
                                .copy(original, Network.ACTIVITYPUB)
                                .map(Ledger.Copy::ref)
                                .map(ObjectRef::id)
                                .map(id -> URI.create(id.value()))
                                .filter(page -> status(page) == 200),
                        Optional::isPresent);
        return found.orElseThrow();
    }

    private static int status(URI page) {
        return new Http().get(page).status();
    }

    @Override
    public void close() {
        instance.close();
        mongo.close();
    }
}
