package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Datetime;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.EventBody;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// From the network to the canonical model.
final class Inbound {
    /// Records in which somebody says something.
    private static final Set<String> SAID = Set.of(Lexicons.POST, Lexicons.LIKE, Lexicons.REPOST);

    private Inbound() {}

    static NativeEvent event(String text, Instant now) {
        ObjectNode json = RepoDocuments.parse(text);
        RepoDocument document = RepoDocuments.read(json, now);
        NativeId id = switch (document) {
            case RepoDocument.Write write -> write.version();
            case RepoDocument.Removal removal -> removal.event();
            case RepoDocument.Account account -> account.event();
            case RepoDocument.Identity identity -> identity.event();
            case RepoDocument.Report report -> report.event();
        };
        EventBody body = EventBody.of(text, RepoDocuments.PARSER, json);
        var event = new NativeEvent(id, document.author(), kind(document), names(document), body, now);
        return made(document).map(event::made).orElse(event);
    }

    private static Optional<NativeEvent.Made> made(RepoDocument document) {
        return document instanceof RepoDocument.Write write
                        && SAID.contains(write.path().collection().value())
                ? Optional.ofNullable(write.record().get("createdAt"))
                        .filter(JsonNode::isString)
                        .flatMap(text -> Datetime.tryParse(text.stringValue()))
                        .map(at -> new NativeEvent.Made(write.uri(), at))
                : Optional.empty();
    }

    private static NativeEvent.Kind kind(RepoDocument document) {
        return switch (document) {
            case RepoDocument.Account account ->
                deleted(account) ? NativeEvent.Kind.DELETE_ACCOUNT : NativeEvent.Kind.OTHER;
            case RepoDocument.Identity _ -> NativeEvent.Kind.OTHER;
            case RepoDocument.Report _ -> NativeEvent.Kind.REPORT;
            case RepoDocument.Removal removal ->
                switch (removal.path().collection().value()) {
                    case Lexicons.FOLLOW -> NativeEvent.Kind.UNFOLLOW;
                    case Lexicons.POST, Lexicons.LIKE, Lexicons.REPOST, Lexicons.BLOCK -> NativeEvent.Kind.DELETE;
                    default -> NativeEvent.Kind.OTHER;
                };
            case RepoDocument.Write write ->
                switch (write.path().collection().value()) {
                    case Lexicons.POST -> write.update() ? NativeEvent.Kind.EDIT : NativeEvent.Kind.POST;
                    case Lexicons.LIKE -> NativeEvent.Kind.REACTION;
                    case Lexicons.REPOST -> NativeEvent.Kind.REPOST;
                    case Lexicons.FOLLOW -> NativeEvent.Kind.FOLLOW;
                    case Lexicons.BLOCK -> NativeEvent.Kind.BLOCK;
                    case Lexicons.PROFILE, Lexicons.INTENTS -> NativeEvent.Kind.PROFILE;
                    default -> NativeEvent.Kind.OTHER;
                };
        };
    }

    private static Set<NativeId> names(RepoDocument document) {
        return switch (document) {
            case RepoDocument.Account _, RepoDocument.Identity _ -> Set.of();
            case RepoDocument.Removal removal -> Set.of(removal.uri());
            case RepoDocument.Report report ->
                report.about().isPresent() ? Set.of(report.person(), report.subject()) : Set.of(report.person());
            case RepoDocument.Write write -> {
                Needs needs = needs(write);
                Set<NativeId> names = new HashSet<>(needs.actors());
                for (NativeId object : needs.objects()) {
                    names.add(object);
                    AtUri.tryParse(object.value())
                            .ifPresent(uri -> names.add(new NativeId(
                                    Network.ATPROTO, uri.authority().value())));
                }
                yield names;
            }
        };
    }

    static Needs needs(RepoDocument document) {
        return switch (document) {
            case RepoDocument.Account _, RepoDocument.Identity _, RepoDocument.Report _ -> Needs.NOTHING;
            case RepoDocument.Removal removal ->
                switch (removal.path().collection().value()) {
                    case Lexicons.FOLLOW, Lexicons.BLOCK -> new Needs(Set.of(), Set.of(), Set.of(removal.uri()), false);
                    default -> Needs.NOTHING;
                };
            case RepoDocument.Write write -> needs(write);
        };
    }

    private static Needs needs(RepoDocument.Write write) {
        ObjectNode record = write.record();
        return switch (write.path().collection().value()) {
            case Lexicons.POST -> needsOfPost(record);
            case Lexicons.LIKE, Lexicons.REPOST ->
                new Needs(Set.of(), Set.of(Fields.strongRef(record, "subject").id()), Set.of(), false);
            case Lexicons.FOLLOW, Lexicons.BLOCK -> new Needs(Set.of(subject(record)), Set.of(), Set.of(), false);
            default -> Needs.NOTHING;
        };
    }

    private static Needs needsOfPost(ObjectNode record) {
        Set<NativeId> objects = new HashSet<>();
        PostReader.reply(record).ifPresent(reply -> {
            objects.add(Fields.strongRef(reply, "parent").id());
            objects.add(Fields.strongRef(reply, "root").id());
        });
        PostReader.quoted(record).ifPresent(quote -> objects.add(quote.id()));
        return new Needs(PostReader.mentions(record).collect(Collectors.toSet()), objects, Set.of(), false);
    }

    static Translation<List<Activity>> activities(RepoDocument document, Resolved resolved, Instant receivedAt) {
        List<Loss> losses = new ArrayList<>();
        Activity activity = switch (document) {
            case RepoDocument.Write write -> activity(write, resolved, losses);
            case RepoDocument.Removal removal -> activity(removal, resolved);
            case RepoDocument.Account account -> activity(account, receivedAt);
            case RepoDocument.Report report ->
                new Activity.Report(
                        report.event(),
                        report.author(),
                        report.time(),
                        report.person(),
                        report.about().map(_ -> report.subject()),
                        report.words());
            case RepoDocument.Identity _ ->
                throw new Uncrossable("a new handle or key: nothing to tell other networks");
        };
        return Translation.of(List.of(activity), losses);
    }

    private static Activity activity(RepoDocument.Write write, Resolved resolved, List<Loss> losses) {
        ObjectNode record = write.record();
        String collection = write.path().collection().value();
        requireType(record, collection);
        refuseCopies(record);
        return switch (collection) {
            case Lexicons.POST -> {
                Post post = PostReader.read(write, resolved, losses);
                yield write.update()
                        ? new Activity.Edit(write.version(), write.time(), post)
                        : new Activity.Publish(write.uri(), post.published(), post);
            }
            case Lexicons.LIKE ->
                new Activity.React(write.uri(), write.author(), made(record), target(record), Optional.empty());
            case Lexicons.REPOST -> new Activity.Repost(write.uri(), write.author(), made(record), target(record));
            case Lexicons.FOLLOW -> new Activity.Follow(write.uri(), write.author(), made(record), subject(record));
            case Lexicons.BLOCK -> new Activity.Block(write.uri(), write.author(), made(record), subject(record));
            case Lexicons.PROFILE -> {
                if (!write.path().rkey().value().equals(Lexicons.SELF)) {
                    throw new BadField("rkey", "a profile lives at self");
                }
                yield new Activity.ProfileUpdate(write.version(), write.time(), ProfileRecords.read(write));
            }
            case Lexicons.INTENTS -> UserIntents.read(write);
            default -> throw new Uncrossable("records of " + collection + " are not carried");
        };
    }

    private static Activity activity(RepoDocument.Removal removal, Resolved resolved) {
        return switch (removal.path().collection().value()) {
            case Lexicons.POST, Lexicons.LIKE, Lexicons.REPOST ->
                new Activity.Delete(removal.event(), removal.author(), removal.time(), removal.uri());
            case Lexicons.FOLLOW -> {
                Follows.Edge edge = Optional.ofNullable(resolved.follows().get(removal.uri()))
                        .orElseThrow(() -> new Uncrossable("the end of a follow the bridge does not know"));
                yield new Activity.Unfollow(
                        removal.event(), removal.author(), removal.time(), edge.followed(), Optional.of(removal.uri()));
            }
            case Lexicons.BLOCK ->
                new Activity.Unblock(
                        removal.event(),
                        removal.author(),
                        removal.time(),
                        Optional.ofNullable(resolved.blocks().get(removal.uri()))
                                .orElseThrow(() -> new Uncrossable("the end of a block the bridge does not know")));
            default -> throw new Uncrossable("records of " + removal.path().collection() + " are not carried");
        };
    }

    /// Their host said so when it was asked, whenever that was.
    private static Activity activity(RepoDocument.Account account, Instant receivedAt) {
        if (!deleted(account)) {
            throw new Uncrossable(
                    account.active() ? "the account is active" : "the account is " + account.status() + " for now");
        }
        return new Activity.DeleteAccount(account.event(), account.author(), receivedAt);
    }

    private static boolean deleted(RepoDocument.Account account) {
        return !account.active() && account.status().equals("deleted");
    }

    private static void requireType(ObjectNode record, String collection) {
        if (!Fields.string(record, "$type").equals(collection)) {
            throw new BadField("$type", "is not that of its collection");
        }
    }

    /// What a bridge made is never bridged.
    private static void refuseCopies(ObjectNode record) {
        for (String mark :
                List.of(Lexicons.ORIGINAL_URL, Lexicons.ORIGINAL_TEXT, Lexicons.FEDIVERSE_ID, Lexicons.OURS)) {
            if (record.has(mark)) {
                throw new Uncrossable("a copy made by a bridge");
            }
        }
    }

    private static Instant made(ObjectNode record) {
        return Fields.datetime(record, "createdAt");
    }

    private static ObjectRef target(ObjectNode record) {
        return Fields.strongRef(record, "subject");
    }

    private static NativeId subject(ObjectNode record) {
        return new NativeId(Network.ATPROTO, Fields.did(record, "subject").value());
    }
}
