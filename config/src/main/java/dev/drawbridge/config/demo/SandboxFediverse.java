package dev.drawbridge.config.demo;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// A Fediverse server with one person: WebFinger, an actor, an inbox that takes only what is signed by who it is from.
///
/// See [ActivityPub](https://www.w3.org/TR/activitypub/).
final class SandboxFediverse implements Shore {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxFediverse.class);
    private static final String USER = "amal";
    private static final String KEY = "fediverse:" + USER;

    private final World world;
    private final Plug plug = new Plug();
    private final Journal journal = new Journal();
    private final FediversePost post;
    private final FediverseDocuments documents;
    private final FediverseSenders senders;
    private final Person person;
    private final Map<String, String> followers = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> notes = new ConcurrentHashMap<>();

    SandboxFediverse(World world) {
        this.world = world;
        String actor = world.resolve("/users/" + USER).toString();
        this.person = new Person(
                new NativeId(Network.ACTIVITYPUB, actor),
                "Amal Benali",
                "@" + USER + "@" + world.origin().getRawAuthority());
        this.documents = new FediverseDocuments(person, USER, world.signer().ensure(KEY, KeyAlgorithm.RSA_2048));
        this.post = new FediversePost(world, plug, documents.keyId(), KEY);
        this.senders = new FediverseSenders(world);
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
        String user = "/users/" + USER;
        return List.of(
                        Endpoint.Http.get("/.well-known/webfinger", this::webFinger),
                        Endpoint.Http.get(user, _ -> activityJson(documents.actor())),
                        Endpoint.Http.get(user + "/notes/{note}", this::note),
                        Endpoint.Http.get(user + SamplePicture.PATH, _ -> SamplePicture.reply()),
                        Endpoint.Http.post(user + "/inbox", Documents.MAX_BYTES, this::receive))
                .stream()
                .map(plug::through)
                .toList();
    }

    @Override
    public void follow(NativeId whom) {
        ObjectNode follow =
                documents.activity("Follow", "follows/" + Integer.toHexString(whom.hashCode()), whom.value());
        post.to(inbox(whom.value()), follow);
    }

    @Override
    public Written write(Draft draft) {
        Instant now = world.clock().instant();
        Optional<String> answered = author(draft);
        ObjectNode note = documents.note(draft, answered, now);
        String id = note.path("id").asString();
        notes.put(id, note);
        toReaders(documents.create(note), answered);
        return journal.wrote(Written.of(new NativeId(Network.ACTIVITYPUB, id), draft, now));
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.allOf(Feature.class);
    }

    @Override
    public void edit(Written post, String text) {
        Instant now = world.clock().instant();
        ObjectNode note = Objects.requireNonNull(
                notes.computeIfPresent(post.id().value(), (_, before) -> documents.edited(before, text, now)));
        toReaders(documents.update(note, Long.toString(now.toEpochMilli())), author(post.draft()));
        journal.rewrote(post.id(), text);
    }

    @Override
    public void retract(Written post) {
        ObjectNode note = Objects.requireNonNull(notes.remove(post.id().value()));
        toReaders(documents.delete(note), author(post.draft()));
        journal.retracted(post.id());
    }

    @Override
    public void react(Sighting.Kind kind, Sighting post) {
        String author = post.author().value();
        ObjectNode activity = documents.about(
                kind == Sighting.Kind.LIKE ? "Like" : "Announce",
                post.id().value(),
                author,
                world.clock().instant());
        toReaders(activity, Optional.of(author));
    }

    /// Who wrote what is answered.
    private Optional<String> author(Draft draft) {
        return draft.parent().flatMap(journal::post).map(s -> s.author().value());
    }

    @Override
    public Optional<String> unread() {
        return followers.isEmpty() ? Optional.of("nobody follows " + person.name() + " yet") : Optional.empty();
    }

    @Override
    public void close() {
        post.close();
    }

    /// Brings an activity to all followers.
    ///
    /// @param concerned whom it is about
    private void toReaders(ObjectNode activity, Optional<String> concerned) {
        var actors = new TreeSet<>(followers.keySet());
        concerned.ifPresent(actors::add);
        actors.stream().map(this::inbox).distinct().forEach(inbox -> post.to(inbox, activity));
    }

    private URI inbox(String actor) {
        return URI.create(senders.actor(actor)
                .orElseThrow(() -> new IllegalStateException(actor + " cannot be reached"))
                .preferredInbox());
    }

    private HttpReply webFinger(HttpCall call) {
        String resource = call.query("resource").orElse("");
        boolean known = resource.equals("acct:" + person.handle().substring(1))
                || resource.equals(person.id().value());
        return known
                ? HttpReply.of(200, "application/jrd+json", documents.webFinger())
                : HttpReply.text(404, "nobody here is called so\n");
    }

    private HttpReply note(HttpCall call) {
        String id = person.id().value() + "/notes/" + call.path().get("note");
        return Optional.ofNullable(notes.get(id))
                .map(SandboxFediverse::activityJson)
                .orElseGet(() -> HttpReply.text(404, "no such note\n"));
    }

    private static HttpReply activityJson(ObjectNode document) {
        return HttpReply.of(200, Vocabulary.ACTIVITY_JSON, Documents.write(document));
    }

    private HttpReply receive(HttpCall call) {
        return switch (senders.check(call)) {
            case FediverseSenders.Checked.Signed(As2 activity, Actor actor) -> {
                take(activity, actor);
                yield HttpReply.of(202);
            }
            case FediverseSenders.Checked.Refused(int status, String reason) -> {
                LOG.warn("the sandbox Fediverse refused an activity: {}", reason);
                yield HttpReply.text(status, reason + "\n");
            }
        };
    }

    private void take(As2 activity, Actor actor) {
        String object = activity.ref("object").orElse("");
        switch (activity.type()) {
            case "Follow" -> followed(activity, actor);
            case "Create" -> activity.object("object").ifPresent(note -> wrote(note, actor));
            case "Update" ->
                activity.object("object")
                        .filter(o -> o.isA("Note", "Question", "Article"))
                        .ifPresent(note -> wrote(note, actor));
            case "Like", "EmojiReact" -> reacted(Sighting.Kind.LIKE, activity, actor);
            case "Announce" -> reacted(Sighting.Kind.REPOST, activity, actor);
            case "Delete" -> journal.takenBack(new NativeId(Network.ACTIVITYPUB, object));
            case "Undo" -> {
                journal.takenBack(new NativeId(Network.ACTIVITYPUB, object));
                if (activity.object("object").filter(o -> o.isA("Follow")).isPresent()) {
                    followers.remove(actor.id());
                    journal.unfollowed(id(actor));
                }
            }
            default -> LOG.debug("{} from {}", activity.type(), actor.id());
        }
    }

    private void reacted(Sighting.Kind kind, As2 activity, Actor actor) {
        activity.ref("object")
                .ifPresent(post -> journal.saw(Sighting.of(
                        kind,
                        new NativeId(Network.ACTIVITYPUB, activity.id().orElse(post)),
                        id(actor),
                        new NativeId(Network.ACTIVITYPUB, post),
                        Documents.write(activity.node()),
                        world.clock().instant())));
    }

    private void followed(As2 follow, Actor actor) {
        followers.put(actor.id(), actor.preferredInbox());
        journal.saw(Sighting.follow(
                id(actor),
                person.id(),
                Documents.write(follow.node()),
                world.clock().instant()));
        post.to(URI.create(actor.inbox()), documents.accept(follow));
    }

    private void wrote(As2 note, Actor actor) {
        String id = note.id().orElse("");
        if (note.ref("attributedTo").filter(actor.id()::equals).isEmpty() || id.isEmpty()) {
            LOG.warn("the sandbox Fediverse refused a note of somebody else");
            return;
        }
        journal.saw(Sighting.post(
                new NativeId(Network.ACTIVITYPUB, id),
                id(actor),
                Html.plain(note.text("content").orElse("")),
                note.ref("inReplyTo").map(parent -> new NativeId(Network.ACTIVITYPUB, parent)),
                Optional.empty(),
                FediverseNotes.shown(note),
                Documents.write(note.node()),
                world.clock().instant()));
    }

    private static NativeId id(Actor actor) {
        return new NativeId(Network.ACTIVITYPUB, actor.id());
    }
}
