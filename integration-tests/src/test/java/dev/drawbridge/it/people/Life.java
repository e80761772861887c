package dev.drawbridge.it.people;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.AccountPage;
import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.Correspondence;
import dev.drawbridge.it.sides.FediverseSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Side;
import dev.drawbridge.it.sides.Sighting;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What happens to anna, a stranger here, and to ben there, who is carried here. They have rare names, so that what is
/// kept of them can be found.
final class Life {
    private static final Pattern CODE = Pattern.compile("[a-z2-9]{4}(-[a-z2-9]{4}){2}");
    private static final String BEFORE = "quagmire";
    private static final String ANSWERED = "xylograph";

    private final World world;
    private final Side here;
    private final Side there;
    private final KeptBytes kept;
    private final String number;
    private final Person anna;
    private final Person ben;
    /// When they were gone, in seconds since 1970.
    private long left;

    private String bensGhost = "";
    private Words.Named annasGhost = new Words.Named("", "");

    Life(World world, Side here, Side there, KeptBytes kept, int number) {
        this.world = world;
        this.here = here;
        this.there = there;
        this.kept = kept;
        this.number = "n" + number;
        anna = here.join("annawyrmwood" + number);
        ben = there.join("benhuckleberry" + number);
        if (here instanceof Correspondence letters) {
            letters.takesLettersHere(anna);
        }
        if (there instanceof Correspondence letters) {
            letters.takesLettersHere(ben);
        }
    }

    void aFriendIsThere() {
        eventually(() -> {
            assertThat(here.bot(there.network())).isPresent();
            assertThat(there.bot(here.network())).isPresent();
        });
        there.follow(ben, there.bot(here.network()).orElseThrow().id());
        eventually(() -> assertThat(here.ghost(ben)).isPresent());
        bensGhost = here.ghost(ben).orElseThrow().id();
        listened(there, ben, here.network());
        watched(here, bensGhost);
    }

    /// Where servers bring posts to those who follow, a bot has to, before there is anything to carry.
    private static void listened(Side side, Person person, String target) {
        if (side instanceof FediverseSide fediverse) {
            String bot = fediverse.bot(target).orElseThrow().id();
            eventually(() -> assertThat(fediverse.follows(bot, person.id())).isTrue());
        }
    }

    /// Where servers bring posts to those who follow, somebody has to, or nothing is to be seen.
    private void watched(Side side, String ghost) {
        if (side instanceof FediverseSide fediverse) {
            Person witness = fediverse.join("witness" + number);
            fediverse.follow(witness, ghost);
            eventually(
                    () -> assertThat(fediverse.peer().following(witness.name())).contains(ghost));
        }
    }

    /// In public, and to somebody who is carried: what the bridge hears of strangers. Ben's next words come after.
    void nothingIsKeptOfAStranger() {
        there.publish(ben, Words.of("is anybody there " + number));
        eventually(() -> assertThat(here.posts(bensGhost)).hasSize(1));
        String question = here.posts(bensGhost).getFirst().id();
        here.publish(anna, Words.of(BEFORE + number + " for everybody"));
        answer(question, ANSWERED + number + " for ben");
        heardEverything("cleo");
        assertThat(kept.sizes()).as("what is read").containsKeys("consents", "ghosts", "copies");
        assertThat(kept.where(List.of("is anybody there " + number)))
                .as("what is kept of those who asked is found")
                .isNotEmpty();
        assertThat(kept.where(List.of(anna.name(), anna.id(), BEFORE + number, ANSWERED + number)))
                .as("what is kept of somebody who did not ask")
                .isEmpty();
    }

    private void answer(String question, String text) {
        if (here instanceof FediverseSide fediverse) {
            fediverse.answer(anna, question, bensGhost, Words.of(text));
        } else {
            here.reply(anna, question, Words.of(text));
        }
    }

    /// Everybody's words come one after the other: who opts in last was read after all others.
    private void heardEverything(String name) {
        Person last = here.join(name + number);
        here.follow(last, here.bot(there.network()).orElseThrow().id());
        eventually(() -> assertThat(there.ghost(last)).isPresent());
    }

    void whoAsksIsCarriedFromThenOn() {
        start();
        eventually(() -> assertThat(there.ghost(anna)).isPresent());
        annasGhost = there.ghost(anna).orElseThrow();
        watched(there, annasGhost.id());
        carries("first words");
        assertThat(there.posts(annasGhost.id())).as("nothing from before").hasSize(1);
    }

    private void carries(String text) {
        here.publish(anna, Words.of(text + ' ' + number));
        eventually(() -> assertThat(there.posts(annasGhost.id()))
                .extracting(Sighting::text)
                .anyMatch(seen -> seen.startsWith(text + ' ' + number)));
    }

    void othersFollowThem() {
        there.follow(ben, annasGhost.id());
        eventually(() -> assertThat(here.follows(bensGhost, anna.id())).isTrue());
        assertThat(follows()).isEqualTo(1);
    }

    void othersBlockThem() {
        switch (there) {
            case FediverseSide fediverse -> fediverse.block(ben, annasGhost.id());
            case AtprotoSide atproto -> atproto.block(ben, annasGhost.id());
            case NostrSide nostr ->
                nostr.tell(ben, nostr.bot(here.network()).orElseThrow().id(), "block " + annasGhost.handle());
            default -> throw new AssertionError("nobody blocks on " + there.network());
        }
        eventually(() -> assertThat(follows()).as("neither follows the other").isZero());
        if (here instanceof AtprotoSide atproto) {
            eventually(() -> assertThat(atproto.records(bensGhost, "app.bsky.graph.block"))
                    .singleElement()
                    .satisfies(block ->
                            assertThat(block.at("/record/subject").asString()).isEqualTo(anna.id())));
        } else if (here instanceof FediverseSide fediverse) {
            eventually(() -> assertThat(fediverse.peer().received("Block"))
                    .anyMatch(block -> block.path("actor").asString().equals(bensGhost)
                            && block.path("object").asString().equals(anna.id())));
        }
    }

    /// How many follows there are between the two.
    private long follows() {
        return kept.collection("follows").stream()
                .map(Object::toString)
                .filter(follow -> follow.contains(anna.id()) && follow.contains(ben.id()))
                .count();
    }

    void whoStopsIsTakenBack() {
        String post = there.posts(annasGhost.id()).getFirst().id();
        stop();
        eventually(() -> {
            assertThat(there.deleted(annasGhost.id(), post)).isTrue();
            assertThat(there.gone(annasGhost.id())).isTrue();
        });
        left = Instant.now().getEpochSecond();
        if (here instanceof FediverseSide fediverse) {
            String bot = fediverse.bot(there.network()).orElseThrow().id();
            eventually(() -> assertThat(fediverse.follows(bot, anna.id())).isFalse());
        }
        here.publish(anna, Words.of("said while away " + number));
    }

    void whoAsksAgainIsWhoTheyWere() {
        // On Nostr whoever leaves takes back everything of that second, too (NIP-62).
        eventually(() -> assertThat(Instant.now().getEpochSecond()).isGreaterThan(left + 1));
        start();
        eventually(() -> assertThat(kept.collection("consents"))
                .filteredOn(consent -> consent.toString().contains(anna.id()))
                .anyMatch(consent -> consent.containsKey("given")
                        && !consent.getArray("given").isEmpty()));
        carries("back again");
        assertThat(there.ghost(anna)).as("the same account").contains(annasGhost);
        assertThat(there.posts(annasGhost.id())).extracting(Sighting::text).noneMatch(t -> t.startsWith("said while"));
    }

    /// On a network where bots write nothing, people sign in with their own server, in a browser: `SignInBrowserIT`.
    void whatTheBridgeHasOfThemIsTheirs() {
        if (!(here instanceof Correspondence letters)) {
            return;
        }
        String bot = here.bot(there.network()).orElseThrow().id();
        letters.tell(anna, bot, "export");
        eventually(() -> assertThat(letters.letters(anna, bot)).anyMatch(CODE.asPredicate()));
        String code = letters.letters(anna, bot).stream()
                .flatMap(letter -> CODE.matcher(letter).results())
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
        Map<String, String> archive;
        try (var page = new AccountPage(world.instance().base(), code)) {
            archive = page.export("correct horse");
        }
        assertThat(archive.get("account.json")).contains(anna.id(), annasGhost.id(), "\"given\" : true");
        assertThat(archive.get("copies.ndjson").lines())
                .singleElement()
                .asString()
                .contains(there.posts(annasGhost.id()).getFirst().id());
        if (there instanceof NostrSide) {
            assertThat(archive.get("nostr-key.txt")).startsWith("ncryptsec1");
        }
        assertThat(String.join("\n", archive.values())).doesNotContain(BEFORE, ANSWERED, "said while away");
    }

    void whoLeavesIsGone() {
        String post = there.posts(annasGhost.id()).getFirst().id();
        if (here instanceof Correspondence letters) {
            letters.tell(anna, here.bot(there.network()).orElseThrow().id(), "delete");
        } else {
            stop();
        }
        eventually(() -> {
            assertThat(there.deleted(annasGhost.id(), post)).isTrue();
            assertThat(there.posts(annasGhost.id())).isEmpty();
        });
        here.publish(anna, Words.of("said after all " + number));
        heardEverything("dora");
        assertThat(there.posts(annasGhost.id())).isEmpty();
    }

    /// Relays repeat what was said minutes before an opt-in, and the journal on the way holds it until the next stage
    /// has
    /// seen that it is too old: what is asked here is the store.
    void whatTheySaidBeforeWasNeverKept() {
        assertThat(kept.stored(List.of(
                        BEFORE + number, ANSWERED + number, "said while away " + number, "said after all " + number)))
                .as("what they said when they were not carried")
                .isEmpty();
    }

    /// What was said before has to be from before.
    private void start() {
        if (here instanceof NostrSide nostr) {
            nostr.letTimePass();
        }
        String bot = here.bot(there.network()).orElseThrow().id();
        if (here instanceof Correspondence letters) {
            letters.tell(anna, bot, "start");
        } else {
            here.follow(anna, bot);
        }
        listened(here, anna, there.network());
    }

    private void stop() {
        String bot = here.bot(there.network()).orElseThrow().id();
        if (here instanceof Correspondence letters) {
            letters.tell(anna, bot, "stop");
        } else {
            here.unfollow(anna, bot);
        }
    }
}
