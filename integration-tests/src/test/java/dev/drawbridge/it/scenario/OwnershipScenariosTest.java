package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What somebody made is theirs: others can neither change it nor take it back, whatever id they name.
class OwnershipScenariosTest extends Scenario {
    private final NativeId mallory = fedi.person("mallory");

    @BeforeEach
    void everybodyIsHere() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(mallory, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
    }

    private void deletes(NativeId who, NativeId what) {
        fedi.happens(new Activity.Delete(id(who, "delete"), who, clock.instant(), what));
        bridge.settle();
    }

    private List<NativeId> deletedOnNostr() {
        return only(Activity.Delete.class, nostr.all()).stream()
                .map(Activity.Delete::author)
                .toList();
    }

    private NativeId noteHere() {
        var post = post(nora, "hello", Optional.empty());
        nostr.happens(post);
        bridge.settle();
        return ports.ledger()
                .copy(post.post().id(), Network.ACTIVITYPUB)
                .orElseThrow()
                .ref()
                .id();
    }

    private void staysAlices(NativeId made) {
        assertThat(ports.ledger().copy(made, Network.NOSTR)).isPresent();
        deletes(mallory, made);
        assertThat(deletedOnNostr()).isEmpty();
        assertThat(ports.ledger().copy(made, Network.NOSTR)).isPresent();
        deletes(alice, made);
        assertThat(deletedOnNostr()).containsExactly(ghost(alice, Network.NOSTR));
    }

    @Test
    void aLikeIsTakenBackByWhoeverLiked() {
        var like = new Activity.React(
                id(alice, "like"), alice, clock.instant(), ObjectRef.of(noteHere()), Optional.empty());
        fedi.happens(like);
        bridge.settle();
        staysAlices(like.id());
    }

    @Test
    void aRepostIsTakenBackByWhoeverReposted() {
        var repost = new Activity.Repost(id(alice, "share"), alice, clock.instant(), ObjectRef.of(noteHere()));
        fedi.happens(repost);
        bridge.settle();
        staysAlices(repost.id());
    }

    @Test
    void aPostIsChangedByWhoeverWroteIt() {
        var mine = post(alice, "mine", Optional.empty());
        fedi.happens(mine);
        bridge.settle();
        Post stolen = Post.builder(mine.post().id(), mallory, clock.instant())
                .text(RichText.plain("stolen"))
                .build();
        fedi.happens(new Activity.Edit(id(mallory, "edit"), clock.instant(), stolen));
        fedi.happens(new Activity.Publish(id(mallory, "create"), clock.instant(), stolen));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("mine");
        assertThat(only(Activity.Edit.class, nostr.all())).isEmpty();
        staysAlices(mine.post().id());
    }
}
