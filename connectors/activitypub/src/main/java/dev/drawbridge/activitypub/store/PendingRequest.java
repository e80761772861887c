package dev.drawbridge.activitypub.store;

import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import java.time.Instant;
import java.util.Optional;

/// A signed activity that arrived, was answered with 202 and is not verified yet.
///
/// @param id the same if the same signed request arrives again
/// @param lane requests of one lane are judged one after the other, in the order they arrived
/// @param host whose key it claims to be signed with
/// @param claim its signature; everything but the key was checked when it arrived
/// @param body as it arrived
/// @param followers the `Collection-Synchronization` header it came with (FEP-8fcf)
/// @param attempts how often somebody tried to verify it
/// @param next when to try next
public record PendingRequest(
        String id,
        String lane,
        String host,
        Claimed claim,
        byte[] body,
        Optional<String> followers,
        Instant arrivedAt,
        int attempts,
        Instant next) {
    /// The same without what is only needed to verify it.
    public Waiting waiting() {
        return new Waiting(id, lane, host, body.length, arrivedAt, attempts, next);
    }

    /// What is kept in memory of a pending request.
    ///
    /// @param size of the body, in bytes
    public record Waiting(
            String id, String lane, String host, int size, Instant arrivedAt, int attempts, Instant next) {
        /// After another attempt.
        public Waiting tried(Instant again) {
            return new Waiting(id, lane, host, size, arrivedAt, attempts + 1, again);
        }

        public Waiting at(Instant again) {
            return new Waiting(id, lane, host, size, arrivedAt, attempts, again);
        }
    }
}
