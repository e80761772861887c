package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.TextOnly;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A post as an event. An edit takes the old event back and says it anew, because events cannot change; later, when
/// there may be answers, a note below it says how it reads now. An article is replaced where it stands; what becomes an
/// article, or is none any more, is taken back as well.
final class PostOut {
    private PostOut() {}

    static Translation<NativeDraft> publish(Activity.Publish publish, Outbound out) {
        Post post = publish.post();
        if (post.visibility() == Visibility.DIRECT && post.author().network().equals(Network.BRIDGE)) {
            return letter(publish, out);
        }
        if (isNarrow(publish.post())) {
            return Translation.skipped("only public posts cross");
        }
        List<Loss> losses = new ArrayList<>();
        EventTemplate event = PostEvent.of(publish.post(), out.seconds(publish), out, losses);
        return Translation.of(draft(out.speaker(publish), event), losses);
    }

    /// What a bot writes to one person, as a message for a gift wrap ([NIP-17](https://nips.nostr.com/17)). It is a
    /// second younger than what it answers, and the same however often it is made.
    private static Translation<NativeDraft> letter(Activity.Publish publish, Outbound out) {
        RichText text = publish.post().text();
        Optional<Facet.Mention> reader = text.facets().stream()
                .filter(f -> f instanceof Facet.Mention m && m.start() == 0)
                .map(f -> (Facet.Mention) f)
                .findFirst();
        Optional<PublicKey> key = reader.flatMap(m -> out.resolved().actorHere(m.actor()))
                .flatMap(here -> PublicKey.tryParse(here.value()));
        Optional<PublicKey> bot = out.speaker(publish).key();
        if (key.isEmpty() || bot.isEmpty()) {
            return Translation.skipped("whom it is for is not on Nostr");
        }
        String words = text.text().substring(reader.get().end()).strip();
        var tags = List.of(Tag.of("p", key.get().hex()));
        var letter = new UnsignedEvent(bot.get(), out.seconds(publish) + 1, Kind.MESSAGE, tags, words);
        return Translation.of(new NativeDraft(bot.map(NativeEvents::id), Optional.empty(), List.of(letter.json())));
    }

    private static NativeDraft draft(Speaker speaker, EventTemplate event) {
        return event.kind() == Kind.ARTICLE
                ? speaker.draft(speaker.address(event).map(CopyHistory.fresh(event)::ref), event)
                : speaker.draft(event, CopyHistory.fresh(event));
    }

    static Translation<NativeDraft> edit(Activity.Edit edit, Outbound out) {
        if (isNarrow(edit.post())) {
            return Translation.skipped("only public posts cross");
        }
        List<Loss> losses = new ArrayList<>();
        EventTemplate event = PostEvent.of(edit.post(), out.seconds(edit), out, losses);
        Speaker speaker = out.speaker(edit);
        Optional<NativeId> id = speaker.place(event);
        Optional<ObjectRef> before = out.resolved().objectHere(edit.post().id());
        return id.isEmpty() || before.isEmpty()
                ? Translation.of(draft(speaker, event), losses)
                : edit(edit, event, id.get(), before.get(), out, losses);
    }

    private static Translation<NativeDraft> edit(
            Activity.Edit edit, EventTemplate event, NativeId id, ObjectRef before, Outbound out, List<Loss> losses) {
        CopyHistory history = CopyHistory.of(before);
        if (history.kind() == Kind.POLL) {
            return Translation.skipped("a poll that people vote in stays as it is");
        }
        boolean there = id.equals(before.id());
        boolean article = event.kind() == Kind.ARTICLE;
        if (!article && there && history.isFirst()) {
            return Translation.skipped("nothing changed");
        }
        boolean sameSort = article == (history.kind() == Kind.ARTICLE);
        if (!article && sameSort && !there && !replaces(edit, out)) {
            return note(edit, before, out);
        }
        if (EventId.tryParse(id.value()).filter(history.former()::contains).isPresent()) {
            return Translation.skipped("a later edit is there already");
        }
        CopyHistory now = history.after(before.id(), id, event.kind());
        if (!article || !sameSort) {
            losses.add(new Loss(
                    "edit", "the old note is taken back and a new one stands in its place; answers stay behind"));
        }
        List<EventTemplate> events = new ArrayList<>(List.of(
                DeletionOut.goodbyes(now, out.seconds(edit), out, edit.post().id())));
        events.add(event);
        return Translation.of(
                out.speaker(edit).draft(Optional.of(now.ref(id)), events.toArray(EventTemplate[]::new)), losses);
    }

    /// Readers count votes themselves, so what was counted elsewhere is told once: when nobody can vote any more.
    static Translation<NativeDraft> tally(Activity.Tally tally, Outbound out) {
        if (isNarrow(tally.post())) {
            return Translation.skipped("only public posts cross");
        }
        Optional<ObjectRef> before = out.resolved().objectHere(tally.post().id());
        if (before.isEmpty()) {
            return Translation.skipped("its poll is not on Nostr");
        }
        if (CopyHistory.of(before.get()).kind() != Kind.POLL) {
            // An article asks in words, which are replaced as words are.
            return edit(new Activity.Edit(tally.id(), tally.at(), tally.post()), out);
        }
        return tally.post()
                .poll()
                .filter(poll -> poll.counted() && tally.hasEnded())
                .map(poll -> result(tally, poll, before.get(), out))
                .orElseGet(() -> Translation.skipped("readers of Nostr count the votes in it themselves"));
    }

    /// Votes cannot be given in the name of others: a comment says how many there were where the poll was asked. It is
    /// the same one however often the result is told; other counts that are told later are not said.
    private static Translation<NativeDraft> result(Activity.Tally tally, Poll poll, ObjectRef copy, Outbound out) {
        List<Loss> losses = new ArrayList<>();
        Post counted = tally.post().toBuilder()
                .text(RichText.EMPTY)
                .media(List.of())
                .quote(Optional.empty())
                .poll(Optional.of(poll))
                .build();
        RichText lines = TextOnly.of(counted, TextOnly.Links.WRITTEN_OUT, new ArrayList<>())
                .text();
        Instant end = poll.closed().orElseThrow();
        Post note = Post.builder(tally.post().id(), tally.author(), end)
                .text(lines)
                .warning(tally.post().warning())
                .languages(tally.post().languages())
                .emoji(tally.post().emoji())
                .inReplyTo(Optional.of(ObjectRef.of(tally.post().id())))
                .build();
        long seconds = Marks.seconds(end, out.now());
        EventTemplate event = PostEvent.of(note, seconds, out, losses);
        Set<NativeId> told = out.resolved()
                .object(tally.post().id())
                .map(Resolved.Post::parts)
                .orElse(Set.of());
        boolean first = told.isEmpty()
                || out.speaker(tally).place(event).filter(told::contains).isPresent();
        if (!first) {
            return Translation.skipped("its result is told already");
        }
        losses.add(new Loss("poll", "the votes cast at its origin are told below it"));
        return Translation.of(out.speaker(tally).beside(copy, event), losses);
    }

    private static boolean replaces(Activity.Edit edit, Outbound out) {
        boolean soon = !edit.at().isAfter(edit.post().published().plus(out.editWindow()));
        return soon && !out.resolved().choices().edits().equals(Optional.of(Choices.Edits.IN_PLACE));
    }

    private static Translation<NativeDraft> note(Activity.Edit edit, ObjectRef copy, Outbound out) {
        String edited = "Edited:\n\n";
        RichText text = edit.post().text();
        Post note = edit.post().toBuilder()
                .text(new RichText(
                        edited + text.text(),
                        text.facets().stream()
                                .map(facet -> facet.shifted(edited.length()))
                                .toList()))
                .inReplyTo(Optional.of(ObjectRef.of(edit.post().id())))
                .build();
        List<Loss> losses = new ArrayList<>();
        EventTemplate event = PostEvent.of(note, out.seconds(edit), out, losses);
        losses.add(new Loss("edit", "the note stays as it was; another below it says how it reads now"));
        return besides(edit, copy, event, out, losses);
    }

    /// The last edit is the one that is told: what was told of those before it is taken back, but after that, because
    /// it may be kept by relays that do not answer.
    private static Translation<NativeDraft> besides(
            Activity.Edit edit, ObjectRef copy, EventTemplate event, Outbound out, List<Loss> losses) {
        Speaker speaker = out.speaker(edit);
        CopyHistory history = CopyHistory.of(copy);
        Optional<CopyHistory.LateEdit> late =
                speaker.id(event).map(id -> new CopyHistory.LateEdit(event.createdAt(), id));
        if (late.filter(history::isNotedAfter).isPresent()) {
            return Translation.skipped("a later edit is there already");
        }
        List<EventId> before = late.map(history::notesBefore).orElse(List.of());
        EventTemplate[] goodbyes = DeletionOut.goodbyes(
                new CopyHistory(event.kind(), before),
                event.createdAt(),
                out,
                edit.post().id());
        ObjectRef noted = late.map(history::noting).orElse(history).ref(copy.id());
        return Translation.of(speaker.beside(noted, event, goodbyes), losses);
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
        EventTemplate note = PostEvent.of(notice, out.seconds(move), out, losses);
        return Translation.of(draft(out.speaker(move), note), losses);
    }

    private static boolean isNarrow(Post post) {
        return post.visibility() != Visibility.PUBLIC && post.visibility() != Visibility.UNLISTED;
    }
}
