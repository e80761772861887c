package dev.drawbridge.config.demo;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Endpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A directory of DIDs, a host with one person's repository, and a reader of the bridge's host.
final class SandboxAtproto implements Shore {
    private static final String PLC = "/plc";
    private static final Nsid POST = new Nsid("app.bsky.feed.post");
    private static final Nsid FOLLOW = new Nsid("app.bsky.graph.follow");
    private static final RepoPath PROFILE = RepoPath.parse("app.bsky.actor.profile/self");

    private final World world;
    private final Plug plug = new Plug();
    private final Journal journal = new Journal();
    private final SandboxPlc plc;
    private final SandboxPds pds;
    private final Person person;
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
    public Written write(String text, Optional<NativeId> parent) {
        DataMap.Builder post =
                record(POST).put("text", text).put("langs", List.of(dev.drawbridge.atproto.record.cbor.Data.of("en")));
        List<DataMap> facets = facets(text);
        if (!facets.isEmpty()) {
            post.put("facets", facets);
        }
        parent.flatMap(this::reply).ifPresent(reply -> post.put("reply", reply));
        var stored = pds.create(POST, post.build());
        var id =
                new NativeId(Network.ATPROTO, AtUri.of(pds.did(), stored.path()).toString());
        return journal.wrote(new Written(id, text, parent, world.clock().instant()));
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
            DataMap ref = DataMap.builder()
                    .put("uri", parent.value())
                    .put("cid", answered.version().orElseThrow())
                    .build();
            DataMap root = DataJson.parse(answered.document())
                    .map("reply")
                    .flatMap(reply -> reply.map("root"))
                    .orElse(ref);
            return DataMap.builder().put("root", root).put("parent", ref).build();
        });
    }

    /// Spans in bytes of UTF-8.
    private static List<DataMap> facets(String text) {
        List<DataMap> facets = new ArrayList<>();
        for (Span span : Span.in(text)) {
            DataMap feature = span.hashtag()
                    ? DataMap.builder()
                            .put("$type", "app.bsky.richtext.facet#tag")
                            .put("tag", span.value())
                            .build()
                    : DataMap.builder()
                            .put("$type", "app.bsky.richtext.facet#link")
                            .put("uri", span.value())
                            .build();
            DataMap index = DataMap.builder()
                    .put("byteStart", bytes(text, span.start()))
                    .put("byteEnd", bytes(text, span.end()))
                    .build();
            facets.add(DataMap.builder()
                    .put("index", index)
                    .put("features", List.of(feature))
                    .build());
        }
        return facets;
    }

    private static long bytes(String text, int end) {
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }

    private void seen(CommitEvent commit, RepoOp op, Optional<DataMap> record) {
        var author = new NativeId(Network.ATPROTO, commit.did().value());
        var id = new NativeId(Network.ATPROTO, AtUri.of(commit.did(), op.path()).toString());
        Instant now = world.clock().instant();
        if (op.path().collection().equals(POST)) {
            if (record.isEmpty()) {
                journal.takenBack(id);
            }
            record.ifPresent(post -> journal.saw(new Sighting(
                    Sighting.Kind.POST,
                    id,
                    author,
                    post.text("text").orElse(""),
                    post.map("reply")
                            .flatMap(reply -> reply.map("parent"))
                            .flatMap(parent -> parent.text("uri"))
                            .map(uri -> new NativeId(Network.ATPROTO, uri)),
                    op.cid().map(Object::toString),
                    DataJson.write(post),
                    now)));
        } else if (op.path().collection().equals(FOLLOW)) {
            record.filter(follow -> follow.text("subject")
                            .equals(Optional.of(person.id().value())))
                    .ifPresent(
                            follow -> journal.saw(Sighting.follow(author, person.id(), DataJson.write(follow), now)));
        }
    }
}
