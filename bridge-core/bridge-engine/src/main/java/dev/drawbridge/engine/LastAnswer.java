package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What the author of a post said last about what one of our ghosts did with it: kept as the version of the ghost's
/// copy, so that whoever has the copy is told each thing once, however often it is said.
///
/// @param changes how often they changed their mind
/// @param said what they said, as a digest
/// @param at when we received it: the same word, bridged again after a crash, is the same
record LastAnswer(int changes, String said, Instant at) {
    /// Whoever changes their mind more often has said no.
    static final int MOST_CHANGES = 10;

    private static final String KIND = "answer";

    static LastAnswer after(Optional<LastAnswer> last, Activity.InteractionAnswer answer, Instant receivedAt) {
        String what = answer.target().id().key() + " " + answer.accepted() + " "
                + answer.stamp()
                        .filter(_ -> answer.accepted())
                        .map(Object::toString)
                        .orElse("");
        String said =
                (answer.accepted() ? "yes-" : "no-") + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
        Instant at = Instant.ofEpochMilli(receivedAt.toEpochMilli());
        boolean changed = last.filter(l -> !l.said().equals(said)).isPresent();
        int before = last.map(LastAnswer::changes).orElse(0);
        return new LastAnswer(before + (changed ? 1 : 0), said, at);
    }

    /// Whether this tells nobody anything after what was said before.
    boolean isIdle(LastAnswer before) {
        boolean again = said.equals(before.said()) && !at.equals(before.at());
        return again || (changes > MOST_CHANGES && said.startsWith("yes-"));
    }

    /// @return empty if it is the version of something else
    static Optional<LastAnswer> parse(String version) {
        String[] parts = version.split(" ");
        return parts.length == 4 && parts[0].equals(KIND)
                ? Optional.of(new LastAnswer(
                        Integer.parseInt(parts[1]), parts[2], Instant.ofEpochMilli(Long.parseLong(parts[3]))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return KIND + " " + changes + " " + said + " " + at.toEpochMilli();
    }
}
