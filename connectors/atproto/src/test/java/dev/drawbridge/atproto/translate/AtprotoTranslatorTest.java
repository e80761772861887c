package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AtprotoTranslatorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String CID = "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq";
    private static final String FOLLOW = "at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.graph.follow/3mfcb2bsk2k2a";
    private final AtprotoTranslator translator = new AtprotoTranslator();

    private static String write(String collection, String record) {
        return """
            {"did":"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb","collection":"%s","rkey":"3mfcb2bsk2k2a",
             "operation":"create","cid":"%s","rev":"3mfcb2bsk2k2b","time":"2026-03-01T11:59:59Z","record":%s}\
            """.formatted(collection, CID, record);
    }

    private static String post(String fields) {
        return write(
                "app.bsky.feed.post",
                "{\"$type\":\"app.bsky.feed.post\",\"createdAt\":\"2026-03-01T11:59:59Z\"," + fields + "}");
    }

    private NativeEvent decode(String document) {
        return ((Translation.Translated<NativeEvent>) translator.decode(document, NOW)).value();
    }

    private Translation<List<Activity>> read(String document) {
        return translator.toCanonical(decode(document), People.known(), NOW);
    }

    private Activity.Publish published(String document) {
        return (Activity.Publish) ((Translation.Translated<List<Activity>>) read(document))
                .value()
                .getFirst();
    }

    private JsonNode draft(Activity activity) {
        return JsonMapper.shared().readTree(drafted(activity).documents().getFirst());
    }

    private NativeDraft drafted(Activity activity) {
        return ((Translation.Translated<NativeDraft>) translator.fromCanonical(activity, People.known(), NOW)).value();
    }

    /// What the engine knows after a draft was sent.
    private static Resolved after(NativeDraft draft, Resolved before) {
        Resolved.Post known = before.object(People.THREADED).orElseThrow();
        Set<NativeId> parts = new HashSet<>(known.parts());
        parts.addAll(draft.parts());
        var posts = new HashMap<>(before.objects());
        posts.put(
                People.THREADED,
                new Resolved.Post(
                        People.THREADED,
                        known.author(),
                        draft.copy(),
                        known.rootHere(),
                        known.authorHere(),
                        known.url(),
                        known.options(),
                        parts));
        return new Resolved(before.actors(), posts, Map.of(), Set.of()).choosing(before.choices());
    }

    private Translation<NativeDraft> edited(String version, Resolved known) {
        var post = People.says(version).toBuilder().id(People.THREADED).build();
        return translator.fromCanonical(
                new Activity.Edit(People.here("edit " + version), People.NOON, post), known, NOW);
    }

    @Test
    void whatIsWrittenAnewIsSaidOnceAndAnOlderEditComesTooLate() {
        Resolved before = People.known().choosing(Choices.NONE.withEdits(Choices.Edits.REPLACE));
        NativeDraft first = ((Translation.Translated<NativeDraft>) edited("two", before)).value();
        assertThat(first.parts()).as("the former one is known").contains(People.THREADED_HERE.id());
        assertThat(first.copy()).isNotEqualTo(Optional.of(People.THREADED_HERE));

        Resolved then = after(first, before);
        NativeDraft again = ((Translation.Translated<NativeDraft>) edited("two", then)).value();
        assertThat(again.copy()).isEqualTo(first.copy());
        assertThat(again.documents())
                .as("a crash in between leaves nothing out")
                .isEqualTo(first.documents());

        NativeDraft second = ((Translation.Translated<NativeDraft>) edited("three", then)).value();
        assertThat(edited("two", after(second, then))).isEqualTo(Translation.skipped("a later edit is there already"));
        var delete = new Activity.Delete(People.here("x"), People.ALICE, NOW, People.THREADED);
        NativeDraft gone = ((Translation.Translated<NativeDraft>)
                        translator.fromCanonical(delete, after(second, then), NOW))
                .value();
        assertThat(gone.documents())
                .as("both versions, the first and its two parts")
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"did\":5}",
                "{\"did\":\"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb\"}",
                "{\"did\":\"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb\",\"collection\":\"x\",\"rkey\":\"..\"}",
                "{\"did\":\"bob.test\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"a\"}",
                "{\"did\":\"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb\",\"account\":{\"active\":\"no\"}}"
            })
    void whatIsNotADocumentIsMalformed(String document) {
        assertThat(translator.decode(document, NOW)).isInstanceOf(Translation.Malformed.class);
    }

    @Test
    void deepNestingIsMalformedAndDoesNotThrow() {
        String deep = "{\"did\":" + "[".repeat(100_000);
        assertThat(translator.decode(deep, NOW)).isInstanceOf(Translation.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"text\":null",
                "\"txt\":\"a\"",
                "\"text\":5",
                "\"text\":\"a\",\"langs\":null",
                "\"text\":\"a\",\"langs\":\"en\"",
                "\"text\":\"a\",\"reply\":{}",
                "\"text\":\"a\",\"reply\":{\"parent\":{\"uri\":\"at://x\",\"cid\":\"y\"}}"
            })
    void aPostThatBreaksItsLexiconIsMalformed(String fields) {
        assertThat(translator.decode(post(fields), NOW)).satisfies(decoded -> {
            if (decoded instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)) {
                assertThat(translator.toCanonical(event, Resolved.NOTHING, NOW))
                        .isInstanceOf(Translation.Malformed.class);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01", "2026-03-01T12:00:00", "2026-03-01 12:00:00Z", "2026-13-01T12:00:00Z", "x"})
    void aPostWithoutAProperDateIsMalformed(String date) {
        String document = write(
                "app.bsky.feed.post",
                "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":\"" + date + "\"}");
        assertThat(read(document)).isEqualTo(Translation.malformed("createdAt", "is not a date and time with a zone"));
    }

    @Test
    void aPostOf301GraphemesIsMalformed() {
        assertThat(read(post("\"text\":\"" + "a".repeat(301) + "\""))).isInstanceOf(Translation.Malformed.class);
    }

    @Test
    void facetsPastTheEndAreDroppedWithALoss() {
        var read = read(post("""
            "text":"héllo #x","facets":[
              {"index":{"byteStart":7,"byteEnd":9},
               "features":[{"$type":"app.bsky.richtext.facet#tag","tag":"x"}]},
              {"index":{"byteStart":7,"byteEnd":90},
               "features":[{"$type":"app.bsky.richtext.facet#tag","tag":"y"}]},
              {"index":{"byteStart":2,"byteEnd":4},
               "features":[{"$type":"app.bsky.richtext.facet#tag","tag":"z"}]},
              {"index":{"byteStart":8,"byteEnd":9},
               "features":[{"$type":"app.bsky.richtext.facet#tag","tag":"over"}]},
              {"index":{"byteStart":0,"byteEnd":1},"features":[{"$type":"unknown"}]},
              {"index":5},{}]\
            """));
        var translated = (Translation.Translated<List<Activity>>) read;
        var publish = (Activity.Publish) translated.value().getFirst();
        assertThat(publish.post().text().facets()).containsExactly(new Facet.Hashtag(6, 8, "x"));
        assertThat(translated.losses()).hasSize(6).extracting(Loss::field).containsOnly("facet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"bridgyOriginalUrl\":\"https://social.example/@a/1\"",
                "\"fediverseId\":\"https://wafrn.example/p/1\"",
                "\"bridgyOriginalText\":\"<p>x</p>\""
            })
    void whatABridgeMadeIsNotBridged(String mark) {
        assertThat(read(post("\"text\":\"a\"," + mark))).isEqualTo(Translation.skipped("a copy made by a bridge"));
    }

    @Test
    void anUnknownCollectionIsSkipped() {
        assertThat(read(write("app.bsky.graph.list", "{\"$type\":\"app.bsky.graph.list\"}")))
                .isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void aRecordOfAnotherTypeThanItsCollectionIsMalformed() {
        String like = "{\"$type\":\"app.bsky.feed.like\",\"text\":\"a\",\"createdAt\":\"2026-03-01T11:59:59Z\"}";
        assertThat(read(write("app.bsky.feed.post", like)))
                .isEqualTo(Translation.malformed("$type", "is not that of its collection"));
    }

    @Test
    void jetstreamAndGetRecordFormsSayTheSame() {
        String record = "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":\"2026-03-01T11:59:59Z\"}";
        String jetstream = """
            {"did":"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb","time_us":1772366399000000,"kind":"commit","commit":{
             "rev":"3mfcb2bsk2k2b","operation":"create","collection":"app.bsky.feed.post",
             "rkey":"3mfcb2bsk2k2a","cid":"%s","record":%s}}\
            """.formatted(CID, record);
        String fetched = """
            {"uri":"at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/3mfcb2bsk2k2a","cid":"%s","value":%s}\
            """.formatted(CID, record);
        Activity.Publish flat = published(write("app.bsky.feed.post", record));
        assertThat(published(jetstream)).isEqualTo(flat);
        assertThat(published(fetched)).isEqualTo(flat);
        assertThat(decode(jetstream).id()).isEqualTo(decode(fetched).id());
    }

    @Test
    void theSameRecordIsTheSameEventAndANewVersionIsAnother() {
        String record = "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":\"2026-03-01T11:59:59Z\"}";
        String document = write("app.bsky.feed.post", record);
        assertThat(decode(document).id()).isEqualTo(decode(document).id());
        assertThat(decode(document.replace(CID, People.BOBS_ROOT.version().orElseThrow()))
                        .id())
                .isNotEqualTo(decode(document).id());
    }

    @Test
    void aReplyNamesItsParentAndTheParentsAuthor() {
        NativeEvent event = decode(post("""
            "text":"a","reply":{
            "root":{"uri":"%s","cid":"%s"},"parent":{"uri":"%s","cid":"%s"}}\
            """.formatted(
                People.BOBS_ROOT.id().value(), CID, People.BOBS_POST.id().value(), CID)));
        assertThat(event.names()).contains(People.BOBS_POST.id(), People.BOB);
        assertThat(translator.needs(event).objects()).contains(People.BOBS_POST.id(), People.BOBS_ROOT.id());
    }

    @Test
    void theEndOfAFollowNeedsToKnowWhoWasFollowed() {
        NativeEvent event = decode("""
            {"did":"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb","collection":"app.bsky.graph.follow","rkey":"3mfcb2bsk2k2a",
             "operation":"delete","rev":"3mfcb2bsk2k2b","time":"2026-03-01T11:59:59Z"}\
            """);
        NativeId follow = People.here(FOLLOW);
        assertThat(event.kind()).isEqualTo(NativeEvent.Kind.UNFOLLOW);
        assertThat(translator.needs(event)).isEqualTo(new Needs(Set.of(), Set.of(), Set.of(follow), false));
        var edge = new Follows.Edge(People.BOB, People.ALICE, follow, Optional.empty(), true);
        var resolved = new Resolved(Map.of(), Map.of(), Map.of(follow, edge), Set.of());
        assertThat(translator.toCanonical(event, resolved, NOW))
                .isEqualTo(Translation.of(List.of(new Activity.Unfollow(
                        event.id(),
                        People.BOB,
                        Instant.parse("2026-03-01T11:59:59Z"),
                        People.ALICE,
                        Optional.of(follow)))));
        assertThat(translator.toCanonical(event, Resolved.NOTHING, NOW)).isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void theEndOfABlockNeedsToKnowWhoWasBlocked() {
        NativeEvent event = decode("""
            {"did":"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb","collection":"app.bsky.graph.block","rkey":"3mfcb2bsk2k2a",
             "operation":"delete","rev":"3mfcb2bsk2k2b","time":"2026-03-01T11:59:59Z"}\
            """);
        NativeId block = People.here("at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.graph.block/3mfcb2bsk2k2a");
        assertThat(event.kind()).as("read of whom the operator denies, too").isEqualTo(NativeEvent.Kind.DELETE);
        assertThat(translator.needs(event)).isEqualTo(new Needs(Set.of(), Set.of(), Set.of(block), false));
        var resolved = Resolved.NOTHING.withBlocks(Map.of(block, People.ALICE));
        assertThat(translator.toCanonical(event, resolved, NOW))
                .isEqualTo(Translation.of(List.of(new Activity.Unblock(
                        event.id(), People.BOB, Instant.parse("2026-03-01T11:59:59Z"), People.ALICE))));
        assertThat(translator.toCanonical(event, Resolved.NOTHING, NOW)).isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void onlyADeletedAccountIsGone() {
        String account = "{\"did\":\"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb\",\"time_us\":1,\"kind\":\"account\","
                + "\"account\":{\"active\":false,\"status\":\"%s\"}}";
        assertThat(decode(account.formatted("deleted")).kind()).isEqualTo(NativeEvent.Kind.DELETE_ACCOUNT);
        assertThat(read(account.formatted("deleted")))
                .isInstanceOfSatisfying(
                        Translation.Translated.class,
                        t -> assertThat((List<?>) t.value()).first().isInstanceOf(Activity.DeleteAccount.class));
        assertThat(read(account.formatted("deactivated"))).isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void aCopyLiesAtTheSameKeyEveryTime() {
        var publish = new Activity.Publish(People.POST, People.NOON, People.says("hi"));
        NativeDraft draft = drafted(publish);
        assertThat(drafted(publish)).isEqualTo(draft);
        assertThat(draft.ghost()).contains(People.ALICE_HERE);
        assertThat(draft.copy().map(ObjectRef::id).map(NativeId::value).orElseThrow())
                .startsWith("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3m");
    }

    @Test
    void anEditGoesWhereTheFirstVersionWent() {
        ObjectRef copy =
                ObjectRef.of(People.here("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3aaaaaaaaaaaa"));
        var resolved =
                new Resolved(Map.of(), Map.of(People.POST, People.post(copy, Optional.empty())), Map.of(), Set.of());
        var edit = new Activity.Edit(new NativeId(People.POST.network(), "e"), People.NOON, People.says("better"));
        var draft = ((Translation.Translated<NativeDraft>) translator.fromCanonical(edit, resolved, NOW)).value();
        assertThat(draft.documents().getFirst()).contains("\"rkey\":\"3aaaaaaaaaaaa\"");
    }

    @Test
    void anUnfollowFindsTheFollowWithoutKnowingWhenItWas() {
        var follow = new Activity.Follow(
                new NativeId(People.POST.network(), "f"), People.ALICE, People.NOON, People.BOB_THERE);
        var unfollow = new Activity.Unfollow(
                new NativeId(People.POST.network(), "u"), People.ALICE, NOW, People.BOB, Optional.empty());
        assertThat(draft(unfollow).path("rkey")).isEqualTo(draft(follow).path("rkey"));
        assertThat(draft(unfollow).path("delete").booleanValue()).isTrue();
        assertThat(drafted(follow).copy()).isEmpty();
    }

    @Test
    void aReplyWithoutItsParentHereIsSkipped() {
        var publish = new Activity.Publish(People.POST, People.NOON, People.answers(ObjectRef.of(People.POST), "hi"));
        assertThat(translator.fromCanonical(publish, People.known(), NOW)).isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void aReferenceWithoutAVersionIsSkipped() {
        ObjectRef parent = ObjectRef.of(People.BOBS_POST.id());
        var resolved =
                new Resolved(Map.of(), Map.of(parent.id(), People.post(parent, Optional.empty())), Map.of(), Set.of());
        var publish = new Activity.Publish(People.POST, People.NOON, People.answers(parent, "hi"));
        assertThat(translator.fromCanonical(publish, resolved, NOW)).isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void withoutAnythingResolvedThereIsStillARecord() {
        var publish = new Activity.Publish(People.POST, People.NOON, People.says("hi"));
        var translated = (Translation.Translated<NativeDraft>) translator.fromCanonical(publish, Resolved.NOTHING, NOW);
        assertThat(translated.value().ghost()).isEmpty();
        assertThat(translated.value().copy()).isEmpty();
        assertThat(translated.value().documents()).hasSize(1);
    }

    @Test
    void noMoreThanThreeLanguagesAndEightTagsAreWritten() {
        StringBuilder text = new StringBuilder("x".repeat(300));
        List<Facet> facets = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            facets.add(new Facet.Hashtag(text.length() + 1, text.length() + 5, "tag" + (char) ('a' + i)));
            text.append(" #tag").append((char) ('a' + i));
        }
        var says = People.says(text.toString(), facets.toArray(Facet[]::new));
        var post = says.toBuilder()
                .languages(List.of("en_US", "de", "not a tag", "fr", "it"))
                .build();
        JsonNode record =
                draft(new Activity.Publish(People.POST, People.NOON, post)).path("record");
        assertThat(record.path("langs")).hasToString("[\"en-US\",\"de\",\"fr\"]");
        assertThat(record.path("tags")).hasSize(8);
    }
}
