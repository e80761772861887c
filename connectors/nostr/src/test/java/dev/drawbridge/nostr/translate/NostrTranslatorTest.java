package dev.drawbridge.nostr.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventReader;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NostrTranslatorTest {
    private static final Resolved RESOLVED = World.resolved(Set.of());
    private static final Instant EDITED = World.NOW.minusSeconds(60);
    private final NostrTranslator translator = new NostrTranslator(World.INSTANCE, false);

    @Test
    void saysTheSameThingOnEveryTry() {
        var publish = new Activity.Publish(World.FIRST, World.NOW.plusSeconds(9), post(World.FIRST, "hello"));

        assertThat(translator.fromCanonical(publish, RESOLVED, World.NOW))
                .isEqualTo(translator.fromCanonical(publish, RESOLVED, World.NOW));
    }

    @Test
    void anEditReachesTheSecondDestinationLikeTheFirst() {
        var edit = new Activity.Edit(World.FIRST, EDITED, post(World.FIRST, "edited"));
        NativeDraft first = draft(edit, RESOLVED);
        Resolved afterwards = with(World.FIRST, first.copy().orElseThrow());

        assertThat(draft(edit, afterwards)).isEqualTo(first);
    }

    @Test
    void anEditThatALaterOneOvertookIsNotMade() {
        var edit = new Activity.Edit(World.FIRST, EDITED, post(World.FIRST, "edited"));
        ObjectRef first = draft(edit, RESOLVED).copy().orElseThrow();
        var again = new Activity.Edit(World.FIRST, EDITED.plusSeconds(9), post(World.FIRST, "edited again"));
        ObjectRef second = draft(again, with(World.FIRST, first)).copy().orElseThrow();

        assertThat(translator.fromCanonical(edit, with(World.FIRST, second), World.NOW))
                .isEqualTo(Translation.skipped("a later edit is there already"));
        assertThat(second.version().orElseThrow()).isEqualTo(first.id().value() + " " + World.FIRST_HERE.value());
    }

    @Test
    void whatBecomesAnArticleAndANoteAgainIsTakenBackEachTime() {
        Post words = post(World.FIRST, "grown");
        Post grown =
                words.toBuilder().article(Optional.of(new Article("Grown", ""))).build();
        Instant late = World.NOW.plus(NostrTranslator.EDIT_WINDOW).plusSeconds(1);
        var grows = new Activity.Edit(World.FIRST, late, grown);
        NativeDraft article = value(translator.fromCanonical(grows, RESOLVED, late));
        ObjectRef here = article.copy().orElseThrow();
        assertThat(event(article, 0).tags("e").map(Tag::value)).containsExactly(World.FIRST_HERE.value());
        assertThat(event(article, 1).kind()).isEqualTo(30_023);
        assertThat(value(translator.fromCanonical(grows, with(World.FIRST, here), late)))
                .as("at the second place")
                .isEqualTo(article);
        Event goodbye = event(draft(delete(), with(World.FIRST, here)), 0);
        assertThat(goodbye.tags("e").map(Tag::value)).containsExactly(World.FIRST_HERE.value());
        assertThat(event(draft(delete(), with(World.FIRST, here)), 1).tags("a").map(Tag::value))
                .containsExactly(here.id().value());

        var shrinks = new Activity.Edit(World.FIRST, late.plusSeconds(9), words);
        NativeDraft note = value(translator.fromCanonical(shrinks, with(World.FIRST, here), late.plusSeconds(9)));
        ObjectRef last = note.copy().orElseThrow();
        assertThat(event(note, 1).tags("a").map(Tag::value))
                .containsExactly(here.id().value());
        assertThat(event(note, 2).kind()).isEqualTo(1);
        assertThat(value(translator.fromCanonical(shrinks, with(World.FIRST, last), late.plusSeconds(9))))
                .as("at the second place")
                .isEqualTo(note);
        NativeDraft gone = draft(delete(), with(World.FIRST, last));
        assertThat(event(gone, 0).tags("e").map(Tag::value))
                .containsExactly(last.id().value(), World.FIRST_HERE.value());
        assertThat(event(gone, 1).tags("a").map(Tag::value))
                .containsExactly(here.id().value());
    }

    @Test
    void aDeleteIsNeverTooLong() {
        Set<NativeId> parts = IntStream.range(0, 12_000)
                .mapToObj(n -> World.nostr("%064x".formatted(n)))
                .collect(Collectors.toSet());
        NativeDraft gone = draft(delete(), with(World.FIRST, ObjectRef.of(World.FIRST_HERE), parts));
        List<Event> events = IntStream.range(0, gone.documents().size())
                .mapToObj(n -> event(gone, n))
                .toList();
        assertThat(events).allSatisfy(e -> assertThat(e.tags()).hasSizeLessThanOrEqualTo(500));
        assertThat(events.stream().flatMap(e -> e.tags("e")).map(Tag::value).distinct())
                .hasSize(12_001);
    }

    @Test
    void theFirstResultThatIsToldStays() {
        ObjectRef poll = RESOLVED.objectHere(World.POLL).orElseThrow();
        NativeDraft four = draft(result(4), RESOLVED);
        Resolved told = with(World.POLL, poll, four.parts());

        assertThat(draft(result(4), told)).as("at the second place").isEqualTo(four);
        assertThat(translator.fromCanonical(result(5), told, World.NOW))
                .isEqualTo(Translation.skipped("its result is told already"));
    }

    private static Activity.Tally result(long votes) {
        var poll = new Poll(
                List.of(new Poll.Option("Yes", votes), new Poll.Option("No", 1)),
                false,
                Optional.empty(),
                Optional.of(EDITED),
                Optional.empty());
        Post post =
                post(World.POLL, "cats?").toBuilder().poll(Optional.of(poll)).build();
        return new Activity.Tally(World.ap("https://social.example/results/" + votes), EDITED, post);
    }

    private static Activity.Delete delete() {
        return new Activity.Delete(World.ap("x"), World.ALICE, World.NOW, World.FIRST);
    }

    @Test
    void aDeleteAfterEditsTakesEveryVersionBack() {
        var edit = new Activity.Edit(World.FIRST, EDITED, post(World.FIRST, "edited"));
        ObjectRef current = draft(edit, RESOLVED).copy().orElseThrow();
        var delete = new Activity.Delete(World.ap("x"), World.ALICE, World.NOW, World.FIRST);

        Event deletion = event(draft(delete, with(World.FIRST, current)), 0);
        assertThat(deletion.tags("e").map(Tag::value))
                .containsExactly(current.id().value(), World.FIRST_HERE.value());
    }

    @Test
    void anEditThatChangesNothingIsNotMade() {
        var edit = new Activity.Edit(World.FIRST, EDITED, post(World.FIRST, "edited"));
        ObjectRef same = ObjectRef.of(draft(edit, RESOLVED).copy().orElseThrow().id());

        assertThat(translator.fromCanonical(edit, with(World.FIRST, same), World.NOW))
                .isEqualTo(Translation.skipped("nothing changed"));
    }

    @Test
    void anUpdateOfSomethingElseThanTheWordsIsNoNoteBelow() {
        Post post = post(World.FIRST, "hello");
        ObjectRef copy = draft(new Activity.Publish(World.FIRST, World.NOW, post), RESOLVED)
                .copy()
                .orElseThrow();
        Resolved wantsNotes = with(World.FIRST, copy).choosing(Choices.NONE.withEdits(Choices.Edits.IN_PLACE));
        Instant dayAfter = World.NOW.plusSeconds(86_400);
        var stamped = new Activity.Edit(World.ap("https://social.example/updates/1"), post.published(), post);

        assertThat(translator.fromCanonical(stamped, with(World.FIRST, copy), dayAfter))
                .isEqualTo(Translation.skipped("nothing changed"));
        assertThat(translator.fromCanonical(stamped, wantsNotes, dayAfter))
                .isEqualTo(Translation.skipped("nothing changed"));
    }

    @Test
    void aLateEditIsANoteBelowThatGoesWithTheCopy() {
        Instant late = World.NOW.plus(NostrTranslator.EDIT_WINDOW).plusSeconds(1);
        var edit = new Activity.Edit(World.FIRST, late, post(World.FIRST, "edited"));
        NativeDraft note = value(translator.fromCanonical(edit, RESOLVED, late));
        assertThat(note.copy().map(ObjectRef::id)).as("the copy stays").contains(World.FIRST_HERE);
        assertThat(event(note, 0).content()).isEqualTo("Edited:\n\nedited");
        assertThat(event(note, 0).tags("e").map(Tag::value)).containsExactly(World.FIRST_HERE.value());
        assertThat(note.parts())
                .containsExactly(NativeEvents.id(event(note, 0).unsigned().id()));

        var delete = new Activity.Delete(World.ap("x"), World.ALICE, late, World.FIRST);
        Resolved afterwards = with(World.FIRST, note.copy().orElseThrow(), note.parts());
        assertThat(event(draft(delete, afterwards), 0).tags("e").map(Tag::value))
                .containsExactly(
                        World.FIRST_HERE.value(), note.parts().iterator().next().value());
    }

    @Test
    void ofLateEditsTheLastIsTold() {
        Instant late = World.NOW.plus(NostrTranslator.EDIT_WINDOW).plusSeconds(1);
        Instant later = late.plusSeconds(60);
        var first = new Activity.Edit(World.FIRST, late, post(World.FIRST, "edited"));
        var second = new Activity.Edit(World.FIRST, later, post(World.FIRST, "edited again"));
        NativeDraft one = value(translator.fromCanonical(first, RESOLVED, late));
        assertThat(one.documents()).hasSize(1);
        Resolved afterOne = with(World.FIRST, one.copy().orElseThrow(), one.parts());
        NativeDraft two = value(translator.fromCanonical(second, afterOne, later));

        Event goodbye = event(two, 1);
        assertThat(goodbye.kind()).isEqualTo(5);
        assertThat(goodbye.tags("e").map(Tag::value))
                .containsExactly(one.parts().iterator().next().value());
        assertThat(event(two, 0).content()).isEqualTo("Edited:\n\nedited again");
        assertThat(two.parts())
                .containsExactly(NativeEvents.id(event(two, 0).unsigned().id()));

        Set<NativeId> both =
                Set.of(one.parts().iterator().next(), two.parts().iterator().next());
        Resolved afterBoth = with(World.FIRST, two.copy().orElseThrow(), both);
        assertThat(value(translator.fromCanonical(second, afterBoth, later)))
                .as("at the next place")
                .isEqualTo(two);
        assertThat(translator.fromCanonical(first, afterBoth, later))
                .as("at a place that was slow")
                .isEqualTo(Translation.skipped("a later edit is there already"));
        var delete = new Activity.Delete(World.ap("x"), World.ALICE, later, World.FIRST);
        assertThat(event(draft(delete, afterBoth), 0).tags("e").map(Tag::value))
                .contains(World.FIRST_HERE.value())
                .hasSize(3);
    }

    @Test
    void ofTwoLateEditsInOneSecondTheOneThatCameLastStays() {
        Instant late = World.NOW.plus(NostrTranslator.EDIT_WINDOW).plusSeconds(1);
        var first = new Activity.Edit(World.FIRST, late, post(World.FIRST, "edited"));
        var second = new Activity.Edit(World.FIRST, late.plusMillis(9), post(World.FIRST, "edited again"));
        NativeDraft one = value(translator.fromCanonical(first, RESOLVED, late));
        NativeDraft two = value(
                translator.fromCanonical(second, with(World.FIRST, one.copy().orElseThrow(), one.parts()), late));
        assertThat(event(two, 1).tags("e").map(Tag::value))
                .containsExactly(one.parts().iterator().next().value());
        Resolved afterBoth = with(World.FIRST, two.copy().orElseThrow());
        assertThat(translator.fromCanonical(first, afterBoth, late))
                .as("told again, or at a place that was slow")
                .isEqualTo(Translation.skipped("a later edit is there already"));
        assertThat(value(translator.fromCanonical(second, afterBoth, late)).documents())
                .isEqualTo(two.documents());
    }

    @Test
    void whoWantsNothingReplacedGetsANoteAtOnce() {
        var edit = new Activity.Edit(World.FIRST, EDITED, post(World.FIRST, "edited"));
        Resolved chosen = RESOLVED.choosing(Choices.NONE.withEdits(Choices.Edits.IN_PLACE));
        assertThat(draft(edit, chosen).copy().map(ObjectRef::id)).contains(World.FIRST_HERE);
        assertThat(draft(edit, RESOLVED).copy().map(ObjectRef::id)).isNotEqualTo(Optional.of(World.FIRST_HERE));
    }

    @Test
    void protectsCopiesWhereTheOperatorWantsIt() {
        var shy = new NostrTranslator(World.INSTANCE, true);
        var publish = new Activity.Publish(World.FIRST, World.NOW, post(World.FIRST, "hello"));

        Event note = event(value(shy.fromCanonical(publish, RESOLVED, World.NOW)), 0);
        assertThat(note.isProtected()).isTrue();
        assertThat(event(draft(publish, RESOLVED), 0).isProtected()).isFalse();
    }

    @Test
    void asksForNobodyOnAFollowListButTheBridgesOwn() {
        NativeEvent list = envelope(3, "", Tag.of("p", "a1".repeat(32)), Tag.of("p", "99".repeat(32)));
        var gated = new NativeEvent(
                list.id(), list.author(), list.kind(), Set.of(World.ALICE_GHOST), list.body(), list.receivedAt());

        assertThat(translator.needs(gated)).isEqualTo(new Needs(Set.of(World.ALICE_GHOST), Set.of(), Set.of(), true));
        assertThat(list.kind()).isEqualTo(NativeEvent.Kind.FOLLOW);
    }

    @Test
    void asksForEverythingANoteRefersTo() {
        NativeEvent note = envelope(
                1,
                "hi nostr:" + new PublicKey(World.CAROL.value()).npub(),
                Tag.of("e", "e1".repeat(32), "", "root"),
                Tag.of("e", "e2".repeat(32), "", "reply"));

        assertThat(translator.needs(note))
                .isEqualTo(
                        new Needs(Set.of(World.CAROL), Set.of(World.FIRST_HERE, World.SECOND_HERE), Set.of(), false));
        assertThat(note.names()).containsExactly(World.SECOND_HERE);
    }

    @Test
    void tellsTheGateWhatEachEventIsAimedAt() {
        Tag alice = Tag.of("p", World.ALICE_GHOST.value());
        Tag note = Tag.of("e", World.FIRST_HERE.value());

        assertThat(envelope(7, "+", note, alice).names()).containsOnly(World.FIRST_HERE, World.ALICE_GHOST);
        assertThat(envelope(7, "+", note, alice).kind()).isEqualTo(NativeEvent.Kind.REACTION);
        assertThat(envelope(6, "", note, alice).kind()).isEqualTo(NativeEvent.Kind.REPOST);
        assertThat(envelope(5, "", note).names()).containsOnly(World.FIRST_HERE);
        assertThat(envelope(5, "", note).kind()).isEqualTo(NativeEvent.Kind.DELETE);
        assertThat(envelope(62, "").kind()).isEqualTo(NativeEvent.Kind.DELETE_ACCOUNT);
        assertThat(envelope(0, "{}").kind()).isEqualTo(NativeEvent.Kind.PROFILE);
        assertThat(envelope(1111, "x", note).kind()).isEqualTo(NativeEvent.Kind.POST);
        assertThat(envelope(4, "x").kind()).isEqualTo(NativeEvent.Kind.OTHER);
    }

    @Test
    void aCopyComesBackAsMadeByABridge() {
        var publish = new Activity.Publish(World.FIRST, World.NOW, post(World.FIRST, "hello"));
        String document = draft(publish, RESOLVED).documents().getFirst();

        NativeEvent event = value(translator.decode(document, World.NOW));
        assertThat(translator.toCanonical(event, RESOLVED, World.NOW))
                .isEqualTo(Translation.skipped("made by a bridge: it carries a proxy tag"));
    }

    @Test
    void anUnreadableBodyAsksForNothingAndIsMalformed() {
        var broken =
                new NativeEvent(World.CAROLS, World.CAROL, NativeEvent.Kind.POST, Set.of(), "{\"kind\":", World.NOW);

        assertThat(translator.needs(broken)).isEqualTo(Needs.NOTHING);
        assertThat(translator.toCanonical(broken, RESOLVED, World.NOW)).isInstanceOf(Translation.Malformed.class);
    }

    @Property(tries = 500, seed = "42")
    void noTextEverThrowsAndWhatIsReadCanBeWritten(@ForAll String text) {
        String content = dev.drawbridge.nostr.event.BridgedText.clean(text);
        NativeEvent event = envelope(1, content + " nostr:npub1xyz #" + content + " https://" + content);
        List<Activity> read = value(translator.toCanonical(event, RESOLVED, World.NOW));

        var publish = (Activity.Publish) read.getFirst();
        assertThat(value(translator.fromCanonical(publish, RESOLVED, World.NOW)).documents())
                .hasSize(1);
    }

    private static NativeEvent envelope(int kind, String content, Tag... tags) {
        var key = new PublicKey(World.CAROL.value());
        var unsigned = new dev.drawbridge.nostr.event.UnsignedEvent(key, 1_772_300_000, kind, List.of(tags), content);
        return NativeEvents.of(unsigned.signed(new byte[64]), World.NOW);
    }

    private static Post post(NativeId id, String text) {
        return Post.builder(id, World.ALICE, World.NOW)
                .text(RichText.plain(text))
                .build();
    }

    private NativeDraft draft(Activity activity, Resolved resolved) {
        return value(translator.fromCanonical(activity, resolved, World.NOW));
    }

    private static <T> T value(Translation<T> translation) {
        return ((Translation.Translated<T>) translation).value();
    }

    private static Event event(NativeDraft draft, int index) {
        return EventReader.readDraft(draft.documents().get(index)).found().orElseThrow();
    }

    private static Resolved with(NativeId original, ObjectRef copy) {
        return with(original, copy, Set.of());
    }

    private static Resolved with(NativeId original, ObjectRef copy, Set<NativeId> parts) {
        Map<NativeId, Resolved.Post> posts = new HashMap<>(RESOLVED.objects());
        Resolved.Post before = posts.get(original);
        posts.put(
                original,
                new Resolved.Post(
                        original,
                        before.author(),
                        Optional.of(copy),
                        before.rootHere(),
                        before.authorHere(),
                        before.url(),
                        List.of(),
                        parts));
        return new Resolved(RESOLVED.actors(), posts, Map.of(), Set.of());
    }
}
