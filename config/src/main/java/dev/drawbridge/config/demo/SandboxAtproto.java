package dev.drawbridge.config.demo;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Endpoint;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A directory of DIDs, a host with one person's repository, and a reader of the bridge's host.
final class SandboxAtproto implements Shore {
    private static final String PLC = "/plc";
    private static final Nsid POST = new Nsid("app.bsky.feed.post");
    private static final Nsid FOLLOW = new Nsid("app.bsky.graph.follow");
    private static final Nsid LIKE = new Nsid("app.bsky.feed.like");
    private static final Nsid REPOST = new Nsid("app.bsky.feed.repost");
    private static final RepoPath PROFILE = RepoPath.parse("app.bsky.actor.profile/self");

    private final World world;
    private final Plug plug = new Plug();
    private final Journal journal = new Journal();
    private final SandboxPlc plc;
    private final SandboxPds pds;
    private final Person person;
    private volatile Optional<URI> bridge = Optional.empty();
    private volatile Optional<AppView> view = Optional.empty();

    SandboxAtproto(World world) {
        this.world = world;
        this.plc = new SandboxPlc(PLC, world.verifier(), world.clock());
        this.pds = new SandboxPds(world, plc, new Handle("chen.harbour.example"));
        this.person = new Person(
                new NativeId(Network.ATPROTO, pds.did().value()),
                "Chen",
                pds.handle().value());
        pds.put(
                PROFILE,
                DataMap.builder()
                        .put("$type", PROFILE.collection().value())
                        .put("displayName", person.name())
                        .put("description", "Boats, herons, harbours.")
                        .build());
    }

    /// Where DIDs are made.
    URI directory() {
        return world.resolve(PLC);
    }

    /// Begins to read what the bridge's host says.
    ///
    /// @param host `ws://localhost:PORT`
    void read(URI host) {
        bridge = Optional.of(host);
        view = Optional.of(new AppView(world, plug, plc, host, this::seen));
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
        // The directory is a public service of the network: no plug of ours takes it away.
        return Stream.concat(
                        plc.endpoints().stream(),
                        new PdsMethods(pds).endpoints().stream().map(plug::through))
                .toList();
    }

    @Override
    public void follow(NativeId whom) {
        pds.create(FOLLOW, record(FOLLOW).put("subject", whom.value()).build());
    }

    @Override
    public Written write(Draft draft) {
        DataMap.Builder post = said(record(POST), draft.text());
        post.put("langs", List.of(Data.of("en")));
        draft.parent().flatMap(this::reply).ifPresent(reply -> post.put("reply", reply));
        Optional<DataMap> picture =
                draft.alt().map(alt -> AtprotoPosts.images(pds.blob(SamplePicture.bytes(), SamplePicture.TYPE), alt));
        Optional<DataMap> quoted = draft.quoted().flatMap(journal::post).map(SandboxAtproto::reference);
        AtprotoPosts.embed(picture, quoted).ifPresent(embed -> post.put("embed", embed));
        draft.warning().ifPresent(_ -> post.put("labels", AtprotoPosts.GRAPHIC));
        var stored = pds.create(POST, post.build());
        var id =
                new NativeId(Network.ATPROTO, AtUri.of(pds.did(), stored.path()).toString());
        return journal.wrote(Written.of(id, draft, world.clock().instant()));
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(Feature.EDIT);
    }

    @Override
    public void edit(Written post, String text) {
        RepoPath path = path(post);
        DataMap before = pds.record(path).orElseThrow().value();
        pds.put(path, said(before.toBuilder(), text).build());
        journal.rewrote(post.id(), text);
    }

    @Override
    public void retract(Written post) {
        pds.delete(path(post));
        journal.retracted(post.id());
    }

    @Override
    public void react(Sighting.Kind kind, Sighting post) {
        Nsid type = kind == Sighting.Kind.LIKE ? LIKE : REPOST;
        pds.create(type, record(type).put("subject", reference(post)).build());
    }

    private static RepoPath path(Written post) {
        return AtUri.tryParse(post.id().value()).flatMap(AtUri::path).orElseThrow();
    }

    private static DataMap.Builder said(DataMap.Builder post, String text) {
        return post.put("text", text).put("facets", AtprotoPosts.facets(text));
    }

    /// Names a post and the version of it that is meant.
    private static DataMap reference(Sighting post) {
        return DataMap.builder()
                .put("uri", post.id().value())
                .put("cid", post.version().orElseThrow())
                .build();
    }

    @Override
    public Optional<String> unheard() {
        if (pds.readers() == 0) {
            return Optional.of("nobody reads the repository of " + person.name());
        }
        boolean reading = view.filter(AppView::reading).isPresent();
        return reading ? Optional.empty() : Optional.of("the bridge's own host does not answer");
    }

    @Override
    public void close() {
        view.ifPresent(AppView::close);
    }

    private DataMap.Builder record(Nsid type) {
        return DataMap.builder()
                .put("$type", type.value())
                .put(
                        "createdAt",
                        world.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /// References to what is answered and to where the thread began.
    private Optional<DataMap> reply(NativeId parent) {
        return journal.post(parent).map(answered -> {
            DataMap ref = reference(answered);
            DataMap root = DataJson.parse(answered.document())
                    .map("reply")
                    .flatMap(reply -> reply.map("root"))
                    .orElse(ref);
            return DataMap.builder().put("root", root).put("parent", ref).build();
        });
    }

    private void seen(CommitEvent commit, RepoOp op, Optional<DataMap> record) {
        var author = new NativeId(Network.ATPROTO, commit.did().value());
        var id = new NativeId(Network.ATPROTO, AtUri.of(commit.did(), op.path()).toString());
        if (record.isEmpty()) {
            journal.takenBack(id);
            return;
        }
        Instant now = world.clock().instant();
        DataMap value = record.get();
        Nsid type = op.path().collection();
        if (type.equals(POST)) {
            journal.saw(Sighting.post(
                    id,
                    author,
                    value.text("text").orElse(""),
                    value.map("reply").flatMap(reply -> reply.map("parent")).flatMap(SandboxAtproto::target),
                    op.cid().map(Object::toString),
                    AtprotoPosts.shown(value, cid -> blobAddress(commit.did(), cid)),
                    DataJson.write(value),
                    now));
        } else if (type.equals(FOLLOW)) {
            value.text("subject")
                    .filter(person.id().value()::equals)
                    .ifPresent(_ -> journal.saw(Sighting.follow(author, person.id(), DataJson.write(value), now)));
        } else if (type.equals(LIKE) || type.equals(REPOST)) {
            Sighting.Kind kind = type.equals(LIKE) ? Sighting.Kind.LIKE : Sighting.Kind.REPOST;
            value.map("subject")
                    .flatMap(SandboxAtproto::target)
                    .ifPresent(post -> journal.saw(Sighting.of(kind, id, author, post, DataJson.write(value), now)));
        }
    }

    private static Optional<NativeId> target(DataMap reference) {
        return reference.text("uri").map(uri -> new NativeId(Network.ATPROTO, uri));
    }

    /// Where the bridge's host has a file of one of its accounts.
    private URI blobAddress(Did account, Cid file) {
        String host = bridge.map(URI::toString).orElse("").replaceFirst("^ws", "http");
        return URI.create(host + "/xrpc/com.atproto.sync.getBlob?did=" + account.value() + "&cid=" + file);
    }
}
