package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Audience;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.store.Utterance;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.translate.QuoteAmendment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What our actors say, kept where everybody can ask for it, before anybody is told. Saying it again changes nothing.
public final class Outbox {
    private static final int REMEMBERED = 10_000;
    private final Utterances utterances;
    private final LocalActors actors;
    private final ActorDocuments actorDocuments;
    private final ProofKeys proofs;
    /// An activity goes to many inboxes: it is stored for the first of them.
    private final Cache<String, byte[]> said = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    public Outbox(Utterances utterances, LocalActors actors, ActorDocuments actorDocuments, ProofKeys proofs) {
        this.utterances = utterances;
        this.actors = actors;
        this.actorDocuments = actorDocuments;
        this.proofs = proofs;
    }

    /// Stores what an activity says or takes back.
    ///
    /// @param draft as the translator wrote it
    /// @return the activity as it is sent, the same bytes for everybody: not to be changed
    /// @throws IllegalArgumentException if it is not an activity, which would be our own mistake
    public byte[] say(String draft) {
        byte[] known = said.getIfPresent(draft);
        if (known != null) {
            return known;
        }
        if (!(Documents.parse(draft) instanceof Reading.Read<As2>(As2(ObjectNode activity)))) {
            throw new IllegalArgumentException("not an activity: " + draft);
        }
        store(new As2(activity), activity);
        new As2(activity)
                .ref("actor")
                .ifPresent(id -> actors.byId(id).ifPresent(a -> proofs.prove(activity, id, a.origin())));
        byte[] sent = Documents.write(activity).getBytes(StandardCharsets.UTF_8);
        said.put(draft, sent);
        return sent;
    }

    private void store(As2 activity, ObjectNode json) {
        String actor = activity.ref("actor").orElseThrow(() -> new IllegalArgumentException("nobody says " + json));
        var object = activity.object("object");
        switch (activity.type()) {
            case "Create", "Update" ->
                object.ifPresent(o -> {
                    if (Actor.looksLike(o)) {
                        show(actor, o, json);
                    } else if ((!o.has("name") || o.has("content")) && !isLetter(o, actor)) {
                        // A vote or a letter is between two, and not for everybody who asks.
                        if (o.has("quote") || activity.isA("Update")) {
                            keepStamp(o);
                        }
                        utterances.put(note(actor, o, activity));
                    }
                });
            case "Accept" -> activity.object("result").ifPresent(stamp -> stamped(actor, stamp, json));
            case "Like", "EmojiReact", "Follow", "Announce", "QuoteRequest" ->
                utterances.put(activity(actor, activity, json));
            case "Delete" ->
                object.flatMap(As2::id)
                        .ifPresentOrElse(gone -> utterances.bury(gone, actor, Instant.EPOCH), () -> leave(actor));
            case "Add", "Remove" -> pin(actor, activity);
            case "Undo" -> object.ifPresent(o -> undo(o, json));
            default -> {}
        }
    }

    private static boolean isLetter(As2 note, String author) {
        return Audience.of(note).reach(author) == Audience.Reach.DIRECT;
    }

    private void keepStamp(As2 note) {
        note.id()
                .flatMap(utterances::find)
                .flatMap(before -> Documents.parse(before.json()).found())
                .ifPresent(before -> QuoteAmendment.keep((ObjectNode) note.node(), before));
    }

    /// What an actor puts in front of the rest; a reader finds it in the actor's `featured`.
    private void pin(String actor, As2 activity) {
        Instant at = activity.instant("published").orElse(Instant.EPOCH);
        activity.ref("object").ifPresent(note -> utterances.pin(note, actor, activity.isA("Add"), at));
    }

    /// What somebody said goes with them.
    private void leave(String actor) {
        actors.byId(actor).ifPresent(a -> {
            actors.leave(a.origin());
            utterances.buryAll(actor);
        });
    }

    /// A permission anybody may ask for; the answer names it by its id.
    private void stamped(String actor, As2 stamp, ObjectNode answer) {
        String id = stamp.id().orElseThrow(() -> new IllegalArgumentException("a stamp without id: " + answer));
        String json = Documents.write(stamp.node());
        utterances.put(new Utterance(id, actor, stamp.type(), json, Instant.EPOCH, Instant.EPOCH, false, false));
        answer.put("result", id);
    }

    /// The translator cannot know what an actor signs with: the whole document replaces its part of it.
    private void show(String actor, As2 card, ObjectNode update) {
        String shown = Documents.write(card.node());
        actors.byId(actor).ifPresent(a -> {
            actors.show(a.origin(), shown);
            ObjectNode whole = actorDocuments.of(a, shown);
            whole.remove("@context");
            update.set("object", whole);
        });
    }

    /// Some servers know what is undone only if they are told in full.
    private void undo(As2 undone, ObjectNode undo) {
        String id = undone.id().orElseThrow(() -> new IllegalArgumentException("nothing is undone by " + undo));
        if (!undone.has("object")) {
            stored(id).ifPresent(whole -> undo.set("object", whole));
        }
        utterances.retire(id);
    }

    private Optional<ObjectNode> stored(String id) {
        return utterances
                .find(id)
                .flatMap(u -> Documents.parse(u.json()).found())
                .map(d -> (ObjectNode) d.node());
    }

    /// A poll is as new as what tells of it: nobody edits it when its counters move.
    private static Utterance note(String actor, As2 note, As2 said) {
        Instant at = note.instant("published").orElse(Instant.EPOCH);
        Optional<Instant> told = said.instant("published").filter(_ -> note.isA("Question"));
        Instant version = note.instant("updated").or(() -> told).orElse(at);
        String id = note.id().orElseThrow(() -> new IllegalArgumentException("a note without id: " + note.node()));
        return new Utterance(id, actor, note.type(), Documents.write(note.node()), version, at, true, false)
                .about(note.ref("inReplyTo"));
    }

    private static Utterance activity(String actor, As2 activity, ObjectNode json) {
        String id = activity.id().orElseThrow(() -> new IllegalArgumentException("an activity without id: " + json));
        ObjectNode bare = json.deepCopy();
        bare.remove("@context");
        Instant at = activity.instant("published").orElse(Instant.EPOCH);
        boolean listed = activity.isA("Announce");
        return new Utterance(id, actor, activity.type(), Documents.write(bare), at, at, listed, false)
                .about(activity.ref("object"));
    }
}
