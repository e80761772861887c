package dev.drawbridge.model.port;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which copy belongs to which original. Unique by (original, network) and by copy id.
public interface Ledger {
    /// An object of somebody who opted in, as its own network has it.
    ///
    /// @param ref the object, with its latest version where the network has versions
    /// @param author who made it
    /// @param root the first object of its thread, if it is not the object itself
    /// @param at when it was published
    /// @param interactions who may do what with it, where the author said so
    /// @param mentioned whom it mentions, on their own networks, where `interactions` depend on it
    /// @param options the texts of its poll, in order; empty if it has none
    /// @param plannedOn the networks it was planned for: its copy is there or on its way
    /// @param editedOn those a later version was planned for: an earlier one that comes again is not carried there
    record Original(
            ObjectRef ref,
            NativeId author,
            Optional<ObjectRef> root,
            Instant at,
            Optional<InteractionPolicy> interactions,
            Set<NativeId> mentioned,
            List<String> options,
            Set<Network> plannedOn,
            Set<Network> editedOn) {
        public Original {
            mentioned = Set.copyOf(mentioned);
            options = List.copyOf(options);
            plannedOn = Set.copyOf(plannedOn);
            editedOn = Set.copyOf(editedOn);
        }

        /// One whose author set no terms, that asks nothing and is not planned anywhere yet.
        public Original(ObjectRef ref, NativeId author, Optional<ObjectRef> root, Instant at) {
            this(ref, author, root, at, Optional.empty(), Set.of(), List.of(), Set.of(), Set.of());
        }
    }

    /// A copy the bridge made.
    ///
    /// @param original what it is a copy of
    /// @param author the original's author, on their own network
    /// @param ref the copy, with the version its network gave it
    /// @param destinations where it went: a delete goes there and nowhere else
    /// @param parts what it consists of, or once did, beside `ref`
    record Copy(
            NativeId original,
            NativeId author,
            ObjectRef ref,
            Set<Destination> destinations,
            Instant at,
            Set<NativeId> parts) {
        public Copy {
            destinations = Set.copyOf(destinations);
            parts = Set.copyOf(parts);
        }

        /// One that is one thing.
        public Copy(NativeId original, NativeId author, ObjectRef ref, Set<Destination> destinations, Instant at) {
            this(original, author, ref, destinations, at, Set.of());
        }

        public Network network() {
            return ref.id().network();
        }
    }

    /// Stores or renews an original. Does nothing if its author deleted it.
    void recordOriginal(Original original);

    Optional<Original> original(NativeId id);

    /// Stores a copy. If its original has one on that network already, adds destinations and parts and renews id and
    /// version, where one is given: a network without edits gives an edited post a new id. The former id still
    /// finds it and stays former. Also after a tombstone, so that a copy that was on its way when its original was
    /// deleted is known and can be taken back.
    ///
    /// @throws IllegalStateException if the id belongs to the copy of another original
    void recordCopy(Copy copy);

    Optional<Copy> copy(NativeId original, Network network);

    /// @param copy its id, one it had before, or that of a part
    Optional<Copy> byCopy(NativeId copy);

    List<Copy> copiesOf(NativeId original);

    /// Copies of a person's objects on a network, ordered by original id.
    ///
    /// @param after only originals after this one; empty for the first page
    List<Copy> copiesBy(NativeId author, Network network, Optional<NativeId> after, int limit);

    /// Notes that a copy was taken back at one of its destinations, and forgets it once none is left.
    void takenBack(NativeId copy, Destination destination);

    /// Remembers that somebody took an original back, also one that was never seen. If it is theirs, nothing of it is
    /// made or stored afterwards; what is stored of the original goes at once, its copies stay known until each is
    /// forgotten. If it is somebody else's, nothing happens to it: who knows an id early cannot keep the post of
    /// another away.
    ///
    /// @param author who says that it is gone
    void tombstone(NativeId original, NativeId author, Instant at);

    /// Whether `author` took it back.
    boolean tombstoned(NativeId original, NativeId author);
}
