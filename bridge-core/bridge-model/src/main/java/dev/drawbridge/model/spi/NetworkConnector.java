package dev.drawbridge.model.spi;

import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.DeadLetters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One network. Methods may block (they run on virtual threads) and may be called from many threads at once.
public interface NetworkConnector {
    Network network();

    Capabilities capabilities();

    Translator translator();

    /// What this network serves over HTTP and WebSocket. Mounted before [#start(EventSink)].
    List<Endpoint> endpoints();

    /// Starts to listen. Returns once listening is under way, not once it has connected.
    void start(EventSink sink);

    /// Stops listening and lets go of everything. Idempotent.
    void stop();

    /// Makes the stand-in, or finds the one that is there. Idempotent.
    GhostOutcome ensureGhost(GhostRequest request);

    /// Where a person of this network is reached; empty if they are gone or unknown. May ask the network.
    Optional<Destination> locate(NativeId actor);

    /// Where somebody takes letters who never wrote to us; empty if they did not say so, or nobody can write to them.
    /// Asks the network anew: [#profile(NativeId)] tells afterwards what they show now.
    default Optional<Destination> mailbox(NativeId stranger) {
        return locate(stranger);
    }

    /// Where a follower gets what the followed says to everybody: where they are reached, unless this network has
    /// followers come and read.
    default Optional<Destination> locateFollower(NativeId follower) {
        return locate(follower);
    }

    /// Where something goes that `origin` says to `audience`, on this network.
    ///
    /// @param origin the author on their own network
    /// @param audience where the followers and the people named are reached
    /// @return every destination once; never empty
    Set<Destination> route(NativeId origin, Set<Destination> audience);

    /// The server behind an id or an address of this network: a word from anybody there shows that it is up, and one
    /// that is gone takes all its places along. Empty where places are not somebody's server.
    default Optional<String> home(String address) {
        return Optional.empty();
    }

    /// Signs and sends. Idempotent: delivering a draft twice has one effect.
    DeliveryOutcome deliver(NativeDraft draft, Destination destination);

    /// Makes the deliveries of one draft to several places ready. What they have in common is done once, and what
    /// only costs processor time one right after the other, which is cheaper than in between of other work.
    ///
    /// @return what brings the draft to each place, in their order, as [#deliver(NativeDraft, Destination)] does;
    ///     carried out once, on any thread
    default List<Supplier<DeliveryOutcome>> prepare(NativeDraft draft, List<Destination> places) {
        List<Supplier<DeliveryOutcome>> ready = new ArrayList<>();
        places.forEach(place -> ready.add(() -> deliver(draft, place)));
        return ready;
    }

    /// Takes up again what this connector gave up itself, and removes the letter once what is in it is durable.
    ///
    /// @param letter one of [DeadLetters.Stage#CONNECTOR] that the operator wants to be tried again
    /// @return false if that is not possible, or not wanted any more because something newer was said
    default boolean resume(DeadLetters.DeadLetter letter) {
        return false;
    }

    /// Keeps a file for a ghost, where this network shows only files it keeps. Idempotent: a file that was kept has
    /// the same outcome for a day at least. May ask the server of the file.
    ///
    /// @param ghost who shows it
    default FileOutcome host(Media file, NativeId ghost) {
        return new FileOutcome.Linked();
    }

    /// Gives a stand-in another signing key, because somebody else may have the one it has. May ask the network.
    ///
    /// @return why not, in a sentence for the operator; empty if it is so now
    default Optional<String> renewKey(NativeId ghost) {
        return Optional.of("on this network an account is its key");
    }

    /// Whether people can choose under which handle their stand-in is shown: [#rename(NativeId, String)].
    default boolean letsChooseHandles() {
        return false;
    }

    /// Shows a stand-in under a handle that its owner chose and shows to be theirs. May ask the network.
    ///
    /// @param name what they want to be called; empty for the handle they had first
    default Renaming rename(NativeId ghost, String name) {
        return new Renaming.NoName();
    }

    /// Whether stand-ins can go to another server of this network: [#moveOut(NativeId)].
    default boolean letsMoveOut() {
        return false;
    }

    /// Lets the owner of a stand-in take it to another server of this network. Whatever was handed out for it before is
    /// good no more.
    ///
    /// @return empty if there is no such stand-in, or this network knows no such thing
    default Optional<MovingOut> moveOut(NativeId ghost) {
        return Optional.empty();
    }

    /// Whether those who follow a stand-in go along when it says that it went on under another account of this network
    /// that names it as its own: [#claim(NativeId, NativeId)].
    default boolean followersGoAlong() {
        return false;
    }

    /// Whether an account of this network says itself that a stand-in is its own. Asks the network anew.
    ///
    /// @param account whom nobody here stands for
    default Claim claim(NativeId account, NativeId ghost) {
        return Claim.MISSING;
    }

    /// What an account of this network says about who it is: by which names others may know it, and which accounts it
    /// says are its owner's. Asks the network anew.
    default Testimony testimony(NativeId account) {
        return new Testimony.Nobody();
    }

    /// What a post of an account says, fetched from its source now.
    ///
    /// @param post its id, or where else it can be read, as somebody of another network wrote it down
    /// @return empty if there is no such post, if it is not by exactly this account, or not for everybody to
    /// read
    /// @throws UnavailableException if nobody can tell now
    default Optional<String> words(NativeId account, String post) {
        return Optional.empty();
    }

    /// Looks an object up at its source, verified like one that was received; empty if it is gone or not public.
    ///
    /// @throws UnavailableException if nobody can tell now
    Optional<NativeEvent> fetch(NativeId object);

    /// What an author published before, newest first, as if it had just been received; where [#recall(NativeEvent)]
    /// gives the rest, only what each is. May ask the network.
    ///
    /// @param most how many posts are wanted
    /// @return empty if it cannot be said now; nothing inside if there is nothing, or this network does not tell
    default Optional<List<NativeEvent>> history(NativeId author, int most) {
        return Optional.of(List.of());
    }

    /// Something of [#history(NativeId, int)] as it is when its turn comes, verified like what was received. May ask
    /// the network.
    ///
    /// @return empty if it is gone since, or cannot be believed
    /// @throws UnavailableException if nobody can tell now
    default Optional<NativeEvent> recall(NativeEvent past) {
        return Optional.of(past);
    }

    /// What a person of this network shows of themselves; empty if they are gone. May ask the network.
    Optional<Profile> profile(NativeId actor);

    /// Who is meant by a handle, an id or an address that somebody typed. May ask the network; keeps nothing.
    ///
    /// @param name without space around it; anything else may be in it
    default Sought seek(String name) {
        return new Sought.Foreign();
    }

    /// What is on a list that somebody keeps for others to block or mute by. Asks the network.
    ///
    /// @param address as the network names lists
    default Listing list(String address) {
        return new Listing.Foreign();
    }

    /// What is on such a list that the operator has as a document. Nobody is asked.
    default Listing readList(String document) {
        return new Listing.Foreign();
    }

    /// The key of a stand-in for its owner, encrypted with a password of theirs, as people of this network keep keys.
    ///
    /// @param ghost a stand-in of ours
    /// @param password not blank
    /// @return empty where nobody could use it
    default Optional<String> key(NativeId ghost, String password) {
        return Optional.empty();
    }

    /// Hands out everything that is kept here of what a stand-in said, in the network's own form, for its owner to take
    /// along: nothing that others said. Written as it is read, so that its size costs no memory.
    ///
    /// @param ghost a stand-in of ours; of another one there is nothing
    /// @throws IOException if whoever reads is gone
    default void archive(NativeId ghost, Shelf shelf) throws IOException {}

    /// How people show in a browser that an account of this network is theirs, the best way first; empty if only a bot
    /// can tell.
    default List<AccountProof> proofs() {
        return List.of();
    }

    /// Where anybody looks at an actor in a browser; empty if there is no such place. Nobody is asked.
    default Optional<java.net.URI> actorPage(NativeId actor) {
        return Optional.empty();
    }

    /// Where anybody reads an object in a browser; empty if there is no such place. Nobody is asked.
    default Optional<java.net.URI> objectPage(NativeId object) {
        return Optional.empty();
    }

    /// Servers that are spared now, those that failed most often first; at most some hundred.
    default List<PausedHost> paused() {
        return List.of();
    }

    /// What an operator should know, worst first; empty if all is well.
    default List<String> troubles() {
        return List.of();
    }

    /// Looks at itself from outside, as the network sees it: through its public addresses, with real requests. Asked
    /// for by an operator while it runs; may take some seconds.
    default List<Finding> examine() {
        return List.of();
    }
}
