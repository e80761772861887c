package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Nip05;
import dev.drawbridge.nostr.event.ProfileContent;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relay and one person with a key who writes there.
final class SandboxNostr implements Shore {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxNostr.class);
    private static final String RELAY = "/relay";
    private static final String MEDIA = "/nostr-media";
    private static final String NAME = "rosa";
    private static final String KEY = "nostr:" + NAME;
    private static final int MARKER = 3;

    private final World world;
    private final Plug plug = new Plug();
    private final Journal journal = new Journal();
    private final PublicKey key;
    private final Person person;
    private final SandboxRelay relay;
    private final Set<String> followed = new LinkedHashSet<>();
    private long lastSecond;
    private Optional<RelayFeed> feed = Optional.empty();

    SandboxNostr(World world) {
        this.world = world;
        this.key = PublicKey.ofCompressed(world.signer().ensure(KEY, KeyAlgorithm.SECP256K1));
        Nip05 name = new Nip05(NAME, world.origin().getRawAuthority());
        this.person = new Person(id(key), "Rosa", name.toString());
        this.relay = new SandboxRelay(RELAY, new EventVerifier(world.verifier()), this::taken);
        var profile = new ProfileContent(
                NAME,
                "Rosa",
                "Light, lagoons, long walks.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(name),
                false);
        publish(Kind.PROFILE, List.of(), profile.json());
        publish(Kind.RELAY_LIST, List.of(Tag.of("r", relayUrl())), "");
    }

    /// Where the relay is.
    String relayUrl() {
        return world.socket(RELAY).toString();
    }

    /// Looks at another relay as well from now on; what is new there is shown and kept with the rest.
    ///
    /// @param there `ws://localhost:PORT`
    void read(URI there) {
        feed = Optional.of(new RelayFeed(world, plug, there, this::read));
    }

    private void read(Event event) {
        relay.publish(event).ifPresent(problem -> LOG.warn("a relay that is read sent {}: {}", event.id(), problem));
    }

    @Override
    public Person person() {
        return person;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Plug plug() {
        return plug;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                plug.through(relay.endpoint()),
                plug.through(Endpoint.Http.get("/.well-known/nostr.json", this::names)),
                plug.through(Endpoint.Http.get(MEDIA + SamplePicture.PATH, _ -> SamplePicture.reply())));
    }

    @Override
    public void follow(NativeId whom) {
        List<Tag> list;
        synchronized (followed) {
            followed.add(whom.value());
            list = followed.stream().map(f -> Tag.of("p", f)).toList();
        }
        publish(Kind.FOLLOWS, list, "");
    }

    @Override
    public Written write(Draft draft) {
        List<Tag> tags = new ArrayList<>();
        draft.parent().flatMap(this::find).ifPresent(answered -> tags.addAll(thread(answered)));
        Span.in(draft.text()).stream()
                .filter(Span::hashtag)
                .forEach(s -> tags.add(Tag.of("t", s.value().toLowerCase(Locale.ROOT))));
        String text = draft.text()
                + NostrNotes.attach(draft, tags, media(), world.clock().instant());
        Event note = publish(draft.choices().isEmpty() ? Kind.NOTE : Kind.POLL, tags, text);
        return journal.wrote(Written.of(
                new NativeId(Network.NOSTR, note.id().hex()),
                draft,
                world.clock().instant()));
    }

    /// Where files are put beside notes.
    private String media() {
        return world.resolve(MEDIA + SamplePicture.PATH).toString();
    }

    private Optional<Event> find(NativeId id) {
        return EventId.tryParse(id.value()).flatMap(relay::find);
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(Feature.POLL, Feature.WORDED_WARNING);
    }

    @Override
    public void edit(Written post, String text) {
        throw new UnsupportedOperationException("an event stays as it was signed");
    }

    @Override
    public void retract(Written post) {
        int kind = post.draft().choices().isEmpty() ? Kind.NOTE : Kind.POLL;
        publish(Kind.DELETION, List.of(Tag.of("e", post.id().value()), Tag.of("k", Integer.toString(kind))), "");
        journal.retracted(post.id());
    }

    @Override
    public void react(Sighting.Kind kind, Sighting post) {
        Event event = find(post.id()).orElseThrow(() -> new IllegalStateException(post.id() + " is gone"));
        List<Tag> tags = List.of(
                Tag.of("e", event.id().hex(), relayUrl(), "", event.pubkey().hex()),
                Tag.of("p", event.pubkey().hex()),
                Tag.of("k", Integer.toString(event.kind())));
        if (kind == Sighting.Kind.LIKE) {
            publish(Kind.REACTION, tags, "+");
        } else {
            publish(event.kind() == Kind.NOTE ? Kind.REPOST : Kind.GENERIC_REPOST, tags, event.json());
        }
    }

    @Override
    public Optional<String> unheard() {
        return relay.clients() == 0 ? Optional.of("nobody reads the relay of " + person.name()) : Optional.empty();
    }

    @Override
    public void close() {
        feed.ifPresent(RelayFeed::close);
    }

    /// The tags of an answer ([NIP-10](https://nips.nostr.com/10)).
    private List<Tag> thread(Event answered) {
        Optional<String> root = answered.tags("e")
                .filter(t -> t.get(MARKER).equals("root"))
                .map(Tag::value)
                .findFirst();
        List<Tag> tags = new ArrayList<>();
        root.ifPresent(r -> tags.add(Tag.of("e", r, relayUrl(), "root")));
        tags.add(Tag.of(
                "e",
                answered.id().hex(),
                relayUrl(),
                root.isPresent() ? "reply" : "root",
                answered.pubkey().hex()));
        tags.add(Tag.of("p", answered.pubkey().hex()));
        return tags;
    }

    private Event publish(int kind, List<Tag> tags, String content) {
        var unsigned = new UnsignedEvent(key, nextSecond(), kind, tags, content);
        Event event = unsigned.signed(
                world.signer().sign(KEY, SignatureScheme.BIP340, unsigned.id().bytes()));
        relay.publish(event).ifPresent(problem -> {
            throw new IllegalStateException("the sandbox's own event is refused: " + problem);
        });
        return event;
    }

    /// Two versions of a list within one second would be a tie.
    private synchronized long nextSecond() {
        lastSecond = Math.max(lastSecond + 1, world.clock().instant().getEpochSecond());
        return lastSecond;
    }

    private HttpReply names(HttpCall call) {
        boolean asked = call.query("name").filter(NAME::equals).isPresent();
        String names = asked ? "\"%s\":\"%s\"".formatted(NAME, key.hex()) : "";
        return HttpReply.json(200, "{\"names\":{" + names + "}}").with("access-control-allow-origin", "*");
    }

    private void taken(Event event) {
        if (event.pubkey().equals(key)) {
            return;
        }
        Instant now = world.clock().instant();
        switch (event.kind()) {
            case Kind.NOTE, Kind.POLL ->
                journal.saw(Sighting.post(
                        new NativeId(Network.NOSTR, event.id().hex()),
                        id(event.pubkey()),
                        NostrNotes.text(event),
                        answered(event),
                        Optional.empty(),
                        NostrNotes.shown(event),
                        event.json(),
                        now));
            case Kind.REACTION -> reacted(Sighting.Kind.LIKE, event, now);
            case Kind.REPOST, Kind.GENERIC_REPOST -> reacted(Sighting.Kind.REPOST, event, now);
            case Kind.FOLLOWS -> {
                if (event.people().contains(key)) {
                    journal.saw(Sighting.follow(id(event.pubkey()), person.id(), event.json(), now));
                } else {
                    journal.unfollowed(id(event.pubkey()));
                }
            }
            case Kind.DELETION ->
                event.eventIds("e").forEach(gone -> journal.takenBack(new NativeId(Network.NOSTR, gone.hex())));
            default -> {
                // Profiles and lists are the relay's business alone.
            }
        }
    }

    private void reacted(Sighting.Kind kind, Event event, Instant now) {
        event.tags("e")
                .reduce((_, last) -> last)
                .ifPresent(post -> journal.saw(Sighting.of(
                        kind,
                        new NativeId(Network.NOSTR, event.id().hex()),
                        id(event.pubkey()),
                        new NativeId(Network.NOSTR, post.value()),
                        event.json(),
                        now)));
    }

    private static Optional<NativeId> answered(Event event) {
        List<Tag> marked = event.tags("e").toList();
        return marked.stream()
                .filter(t -> t.get(MARKER).equals("reply"))
                .findFirst()
                .or(() -> marked.stream().findFirst())
                .map(t -> new NativeId(Network.NOSTR, t.value()));
    }

    private static NativeId id(PublicKey key) {
        return new NativeId(Network.NOSTR, key.hex());
    }
}
