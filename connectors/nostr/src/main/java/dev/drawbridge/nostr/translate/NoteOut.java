package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.TextOnly;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A post as kind 1. An edit takes the old note back and says it anew, because events cannot change.
final class NoteOut {
    private NoteOut() {}

    static Translation<NativeDraft> publish(Activity.Publish publish, Outbound out) {
        if (isNarrow(publish.post())) {
            return Translation.skipped("only public posts cross");
        }
        List<Loss> losses = new ArrayList<>();
        EventTemplate note = note(publish.post(), out.seconds(publish), out, losses);
        return Translation.of(out.speaker(publish).draft(note, new CopyHistory(Kind.NOTE, List.of())), losses);
    }

    static Translation<NativeDraft> edit(Activity.Edit edit, Outbound out) {
        if (isNarrow(edit.post())) {
            return Translation.skipped("only public posts cross");
        }
        List<Loss> losses = new ArrayList<>();
        EventTemplate note = note(edit.post(), out.seconds(edit), out, losses);
        Speaker speaker = out.speaker(edit);
        Optional<EventId> id = speaker.id(note);
        Optional<ObjectRef> before = out.resolved().objectHere(edit.post().id());
        if (before.isEmpty() || id.isEmpty()) {
            return Translation.of(speaker.draft(note, new CopyHistory(Kind.NOTE, List.of())), losses);
        }
        EventId current = new EventId(before.get().id().value());
        CopyHistory history = CopyHistory.of(before.get());
        if (history.former().contains(id.get())) {
            return Translation.skipped("a later edit is there already");
        }
        if (id.get().equals(current) && history.former().isEmpty()) {
            return Translation.skipped("nothing changed");
        }
        losses.add(
                new Loss("edit", "the old note is taken back and a new one stands in its place; answers stay behind"));
        CopyHistory now = id.get().equals(current) ? history : history.after(current);
        EventTemplate goodbye = DeletionOut.of(
                now, now.former(), out.seconds(edit), out, edit.post().id());
        return Translation.of(speaker.draft(Optional.of(now.ref(id.get())), goodbye, note), losses);
    }

    /// Nobody can move on Nostr: those who follow the old account are told, once, where the person went.
    static Translation<NativeDraft> moved(Activity.Move move, Outbound out) {
        Optional<Resolved.Actor> there = out.resolved().actor(move.target());
        String handle =
                there.flatMap(Resolved.Actor::handle).orElse(move.target().value());
        String said = "This account moved to ";
        var mention = new Facet.Mention(said.length(), said.length() + handle.length(), move.target());
        String page = there.filter(actor -> actor.here().isEmpty())
                .flatMap(Resolved.Actor::url)
                .map(url -> "\n" + url)
                .orElse("");
        Post notice = Post.builder(move.id(), move.author(), move.at())
                .text(new RichText(said + handle + page, List.of(mention)))
                .build();
        List<Loss> losses = new ArrayList<>(List.of(new Loss("move", "a note says where: nobody can move on Nostr")));
        EventTemplate note = note(notice, out.seconds(move), out, losses);
        return Translation.of(out.speaker(move).draft(note, new CopyHistory(Kind.NOTE, List.of())), losses);
    }

    private static boolean isNarrow(Post post) {
        return post.visibility() != Visibility.PUBLIC && post.visibility() != Visibility.UNLISTED;
    }

    private static EventTemplate note(Post given, long seconds, Outbound out, List<Loss> losses) {
        Post post = TextOnly.of(given, TextOnly.Links.WRITTEN_OUT, losses);
        TextOut.Result text = TextOut.write(post.text(), out.resolved(), losses);
        ThreadTags thread = ThreadTags.of(post, out.resolved(), out.marks(), losses);
        List<Tag> tags = new ArrayList<>(thread.events());
        people(thread, text).forEach(p -> tags.add(Tag.of("p", p.hex())));
        text.hashtags().forEach(t -> tags.add(Tag.of("t", t)));
        post.warning().map(NoteOut::warning).ifPresent(tags::add);
        tags.addAll(LanguageLabel.write(post.languages(), losses));
        tags.addAll(out.marks().of(post.id()));
        String content = Stream.concat(
                        Stream.of(text.content()), thread.link().stream().map(Object::toString))
                .filter(t -> !t.isBlank())
                .collect(java.util.stream.Collectors.joining("\n\n"));
        return new EventTemplate(seconds, Kind.NOTE, tags, content);
    }

    private static Set<PublicKey> people(ThreadTags thread, TextOut.Result text) {
        Set<PublicKey> people = new LinkedHashSet<>();
        thread.answered().ifPresent(people::add);
        people.addAll(text.people());
        return people;
    }

    private static Tag warning(ContentWarning warning) {
        String reason = BridgedText.clean(warning.reason());
        return reason.isBlank() ? Tag.of("content-warning") : Tag.of("content-warning", reason);
    }
}
