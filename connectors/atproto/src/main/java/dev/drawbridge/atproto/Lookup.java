package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.wire.HostClient;
import dev.drawbridge.atproto.wire.People;
import dev.drawbridge.atproto.wire.RecordFetcher;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Looks at people and records where they live.
final class Lookup {
    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);
    private static final RepoPath PROFILE = RepoPath.parse("app.bsky.actor.profile/self");
    private static final RepoPath INTENTS = RepoPath.parse("org.user-intents.declaration/self");

    private final People people;
    private final HostClient hosts;
    private final RecordFetcher fetcher;
    private final Translator translator;
    private final InstantSource clock;

    Lookup(People people, HostClient hosts, RecordFetcher fetcher, Translator translator, InstantSource clock) {
        this.people = people;
        this.hosts = hosts;
        this.fetcher = fetcher;
        this.translator = translator;
        this.clock = clock;
    }

    /// False only if the DID is known to lead nowhere.
    boolean mayExist(Did did) {
        try {
            return people.document(did).flatMap(DidDocument::pds).isPresent();
        } catch (Unavailable e) {
            LOG.debug("{} cannot be looked up now: {}", did, e.getMessage());
            return true;
        }
    }

    /// See [People#paused()].
    List<PausedHost> paused() {
        return people.paused();
    }

    /// A record with proof; empty if it is not there or cannot be believed.
    ///
    /// @throws Unavailable if nobody can tell now
    Optional<NativeEvent> record(NativeId object) {
        Optional<AtUri> uri = AtUri.tryParse(object.value());
        Optional<Did> did = uri.flatMap(AtUri::did);
        Optional<RepoPath> path = uri.flatMap(AtUri::path);
        if (did.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        return fetcher.fetch(did.get(), path.get())
                .map(found -> placed(found.written(did.get(), path.get(), clock.instant()), did.get()))
                .flatMap(this::event);
    }

    /// What a person shows, and what they declare of the use of their data; empty if they are gone.
    ///
    /// @throws Unavailable if nobody can tell now whether they refuse
    Optional<Profile> profile(Did did) {
        return people.document(did).map(found -> {
            String handle = people.handle(found).map(Handle::value).orElse(did.value());
            return found.pds().flatMap(pds -> shown(pds, did, handle)).orElseGet(() -> bare(did, handle));
        });
    }

    private Optional<Profile> shown(URI pds, Did did, String handle) {
        Optional<ObjectNode> profile = written(pds, did, PROFILE, handle);
        Optional<Profile> refusing = profile.flatMap(this::event)
                .flatMap(event -> shown(event, handle))
                .filter(Profile::refusesBridging);
        if (refusing.isPresent()) {
            // Enough, whether anybody can tell what they declare or not.
            return refusing;
        }
        Optional<ObjectNode> intents = written(pds, did, INTENTS, handle);
        profile.ifPresent(record -> intents.ifPresent(declared -> record.set("intents", declared.path("record"))));
        return profile.flatMap(this::event)
                .flatMap(event -> shown(event, handle))
                .or(() -> intents.flatMap(this::event).flatMap(this::declared));
    }

    private Optional<ObjectNode> written(URI pds, Did did, RepoPath path, String handle) {
        return hosts.record(pds, did, path)
                .flatMap(answer -> answer.map("value")
                        .flatMap(value -> answer.text("cid").map(cid -> {
                            ObjectNode record = document(did, path, cid)
                                    .put("handle", handle)
                                    .put("pds", pds.toString());
                            record.set("record", DataJson.toNode(value));
                            return record;
                        })));
    }

    private static Profile bare(Did did, String handle) {
        return Profile.bare(new NativeId(Network.ATPROTO, did.value()), handle);
    }

    private Optional<Profile> shown(NativeEvent event, String handle) {
        return switch (translator.toCanonical(event, Resolved.NOTHING, clock.instant())) {
            case Translation.Translated<List<Activity>>(List<Activity> activities, var _) -> profile(activities);
            // A bridge made this account: it has no say over being bridged.
            case Translation.Skipped<List<Activity>> _ -> Optional.of(refusing(event.author(), handle));
            case Translation.Malformed<List<Activity>> _ -> Optional.empty();
        };
    }

    /// What somebody refuses who shows nothing.
    private Optional<Profile> declared(NativeEvent event) {
        return translator.toCanonical(event, Resolved.NOTHING, clock.instant())
                        instanceof Translation.Translated<List<Activity>>(List<Activity> activities, var _)
                ? profile(activities)
                : Optional.empty();
    }

    private static Optional<Profile> profile(List<Activity> activities) {
        return activities.stream()
                .<Profile>mapMulti((activity, into) -> {
                    if (activity instanceof Activity.ProfileUpdate update) {
                        into.accept(update.profile());
                    }
                })
                .findFirst();
    }

    private static Profile refusing(NativeId author, String handle) {
        return Profile.builder(author, handle).refusesBridging(true).build();
    }

    private Optional<NativeEvent> event(ObjectNode document) {
        return translator.decode(document.toString(), clock.instant())
                        instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)
                ? Optional.of(event)
                : Optional.empty();
    }

    /// With the host, which hands out the files of the record.
    private ObjectNode placed(ObjectNode document, Did did) {
        people.document(did).flatMap(DidDocument::pds).ifPresent(pds -> document.put("pds", pds.toString()));
        return document;
    }

    private ObjectNode document(Did did, RepoPath path, String cid) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("did", did.value())
                .put("collection", path.collection().value())
                .put("rkey", path.rkey().value())
                .put("operation", "create")
                .put("cid", cid)
                .put("time", clock.instant().toString());
    }
}
